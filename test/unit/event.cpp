#include "net/event.hpp"

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/strand.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using nakama::net::event;
namespace asio = boost::asio;
using boost::system::error_code;

namespace {

struct waiting {
    asio::cancellation_signal cancel;
    bool is_over = false;
    std::optional<error_code> failed;
};

/// Without an executor: for handlers that have one, Boost 1.81 posts the cancellation, be the context there
/// or not.
struct completion {
    using cancellation_slot_type = asio::cancellation_slot;
    cancellation_slot_type get_cancellation_slot() const noexcept { return into->cancel.slot(); }

    void operator()(std::exception_ptr thrown) {
        into->is_over = true;
        try {
            if (thrown) std::rethrow_exception(thrown);
        } catch (const boost::system::system_error& why) {
            into->failed = why.code();
        }
    }

    waiting* into;
};

void start(const asio::any_io_executor& executor, asio::awaitable<void> wait, waiting& into) {
    asio::co_spawn(executor, std::move(wait), completion{&into});
}

void settle(asio::io_context& io) {
    io.restart();
    io.poll();
}

/// Tells when its frame is destroyed.
struct sentinel {
    explicit sentinel(int& count) : destroyed{count} {}
    ~sentinel() { ++destroyed; }
    sentinel(const sentinel&) = delete;
    sentinel& operator=(const sentinel&) = delete;
    int& destroyed;
};

asio::awaitable<void> wait_for_its_own(int& destroyed) {
    const sentinel here{destroyed};
    event never{co_await asio::this_coro::executor};
    co_await never.wait();
}

asio::awaitable<void> wait_for_what_it_shares(std::shared_ptr<event> shared, int& destroyed) {
    const sentinel here{destroyed};
    co_await shared->wait();
}

/// Sets an event of somebody else's when its frame is destroyed.
asio::awaitable<void> wait_and_tell(std::shared_ptr<event> mine, std::shared_ptr<event> other) {
    struct teller {
        ~teller() { of->set(); }
        std::shared_ptr<event> of;
    } const telling{std::move(other)};
    co_await mine->wait();
}

} // namespace

TEST_CASE("an event lets go on who waits and who comes later, until it is reset") {
    asio::io_context io;
    event happened{io.get_executor()};
    waiting first, second, later, next;
    start(io.get_executor(), happened.wait(), first);
    start(io.get_executor(), happened.wait_uninterrupted(), second);
    settle(io);
    CHECK(!first.is_over);
    CHECK(!second.is_over);
    happened.set();
    CHECK(!first.is_over); // nobody goes on within set()
    settle(io);
    CHECK(first.is_over);
    CHECK(second.is_over);
    start(io.get_executor(), happened.wait(), later);
    settle(io);
    CHECK(later.is_over);
    happened.reset();
    start(io.get_executor(), happened.wait(), next);
    settle(io);
    CHECK(!next.is_over);
    happened.set();
    settle(io);
    CHECK(next.is_over);
}

TEST_CASE("an event that is reset before anybody could go on has not happened") {
    asio::io_context io;
    event happened{io.get_executor()};
    waiting one;
    start(io.get_executor(), happened.wait(), one);
    settle(io);
    happened.set();
    happened.reset();
    settle(io);
    CHECK(!one.is_over);
    happened.set();
    settle(io);
    CHECK(one.is_over);
    CHECK(!one.failed);
}

TEST_CASE("one that waits can be cancelled, the others go on waiting") {
    asio::io_context io;
    event happened{io.get_executor()};
    waiting one, other, deaf;
    start(io.get_executor(), happened.wait(), one);
    start(io.get_executor(), happened.wait(), other);
    start(io.get_executor(), happened.wait_uninterrupted(), deaf);
    settle(io);
    one.cancel.emit(asio::cancellation_type::terminal);
    deaf.cancel.emit(asio::cancellation_type::terminal);
    settle(io);
    CHECK(one.failed == asio::error::operation_aborted);
    CHECK(!other.is_over);
    CHECK(!deaf.is_over);
    happened.set();
    settle(io);
    CHECK(other.is_over);
    CHECK(!other.failed);
    CHECK(deaf.is_over);
    CHECK(!deaf.failed);
}

TEST_CASE("what has happened is not undone by being cancelled in the same moment") {
    asio::io_context io;
    event happened{io.get_executor()};
    waiting one, other;
    start(io.get_executor(), happened.wait(), one);
    start(io.get_executor(), happened.wait(), other);
    settle(io);
    happened.set();
    one.cancel.emit(asio::cancellation_type::terminal);
    settle(io);
    CHECK(one.is_over);
    CHECK(!one.failed);
    CHECK(other.is_over);
}

TEST_CASE("who waits on a strand goes on there") {
    asio::io_context io;
    const auto strand = asio::make_strand(io);
    event happened{io.get_executor()};
    waiting one;
    bool was_on_strand = false;
    start(
        strand,
        [](event& what, const asio::strand<asio::io_context::executor_type>& where,
           bool& found) -> asio::awaitable<void> {
            co_await what.wait();
            found = where.running_in_this_thread();
        }(happened, strand, was_on_strand),
        one);
    settle(io);
    happened.set();
    settle(io);
    CHECK(one.is_over);
    CHECK(was_on_strand);
}

TEST_CASE("a context that is destroyed takes with it those who wait, and the events that they own") {
    int destroyed = 0;
    {
        asio::io_context io;
        asio::co_spawn(io, wait_for_its_own(destroyed), asio::detached);
        asio::co_spawn(io, wait_for_its_own(destroyed), asio::detached);
        auto shared = std::make_shared<event>(io.get_executor());
        for (int i = 0; i < 3; ++i)
            asio::co_spawn(io, wait_for_what_it_shares(shared, destroyed), asio::detached);
        shared.reset();
        settle(io);
        CHECK(destroyed == 0);
    }
    CHECK(destroyed == 5);
}

TEST_CASE("who goes with a context may set events that others wait for") {
    for (int i = 0; i < 2; ++i) {
        asio::io_context io;
        const auto one = std::make_shared<event>(io.get_executor());
        const auto other = std::make_shared<event>(io.get_executor());
        asio::co_spawn(io, wait_and_tell(i == 0 ? one : other, i == 0 ? other : one), asio::detached);
        asio::co_spawn(io, wait_and_tell(i == 0 ? other : one, i == 0 ? one : other), asio::detached);
        settle(io);
        CHECK(!one->is_set());
    }
}

TEST_CASE("an event may be there longer than its context, and so may what would cancel a wait") {
    waiting one;
    std::optional<asio::io_context> io{std::in_place};
    auto happened = std::make_unique<event>(io->get_executor());
    start(io->get_executor(), happened->wait(), one);
    settle(*io);
    io.reset();
    one.cancel.emit(asio::cancellation_type::terminal);
    happened->set();
    happened.reset();
    CHECK(!one.is_over);
}
