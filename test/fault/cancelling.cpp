// A call that is cancelled after every single step it takes, in every way that Asio cancels.
#include "net/event.hpp"
#include "support/relay.hpp"
#include "support/test_server.hpp"
#include "support/virtual_run.hpp"

#include <nakama/cancellation_source.hpp>
#include <nakama/error.hpp>
#include <nakama/observer.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <memory>
#include <optional>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

struct pool_figures final : observer {
    pool last{};
    void on_pool_change(const pool& now) noexcept override { last = now; }
};

/// A client that is signed in, with a session that is to be refreshed and no connection yet, or with one
/// kept.
struct cancelling_world {
    explicit cancelling_world(bool kept_connection) {
        auto config = server.config();
        config.port = way.port();
        config.clock = time;
        config.seed = 1;
        config.retry = retries::fixed(2, 100ms);
        config.observer = figures;
        game.emplace(io.get_executor(), config);
        nakama::client direct{io.get_executor(), server.config()};
        spawned<session> signing_in;
        auto& signing = kept_connection ? *game : direct;
        finish(io, *time, signing_in, signing.authenticate_device({.id = "device-0000000001"}));
        ada = signing_in.value.value();
        time->advance(49s); // the token is due
    }

    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    test_server server{io, {.clock = time, .seed = 1}};
    relay way{io, server.port()};
    std::shared_ptr<pool_figures> figures = std::make_shared<pool_figures>();
    std::optional<client> game;
    session ada;
};

/// Runs `steps` handlers of the call, then `cancel`; true if the call was over before.
template <class Start, class Cancel>
bool cancel_after(cancelling_world& world, int steps, Start start, Cancel cancel) {
    int completions = 0;
    std::optional<error> failed;
    start([&](std::optional<error> failure) {
        ++completions;
        failed = std::move(failure);
    });
    world.io.restart();
    for (int step = 0; step < steps && completions == 0; ++step)
        if (world.io.run_one_for(2ms) == 0) {
            world.io.restart();
            world.time->advance_to_next();
        }
    const bool was_over = completions > 0;
    cancel();
    run_until(world.io, *world.time, [&] { return completions > 0; });
    CHECK(completions == 1);
    if (!was_over && failed) CHECK(failed->code() == errc::cancelled);

    // Whatever it was cut off from still serves.
    spawned<account> next;
    finish(world.io, *world.time, next, world.game->get_account(world.ada));
    CHECK(next.value.has_value());
    CHECK(!world.ada.is_expired(world.time->wall_now()));
    run_until(world.io, *world.time, [&] { return world.figures->last.open == world.figures->last.idle; });
    CHECK(world.figures->last.waiting == 0);
    return was_over;
}

using done = std::function<void(std::optional<error>)>;

/// How a call's end reaches the test.
auto told(done report) {
    return [report = std::move(report)](const std::exception_ptr& failure, auto&&...) {
        try {
            if (failure) std::rethrow_exception(failure);
            report({});
        } catch (const error& thrown) {
            report(thrown);
        } catch (const boost::system::system_error& thrown) {
            // Asio's own, when the coroutine had not begun.
            CHECK(thrown.code() == asio::error::operation_aborted);
            report(error{errc::cancelled, error_details{}});
        }
    };
}

template <class Begin>
void at_every_step(Begin begin) {
    for (const bool kept : {false, true}) {
        for (const bool faulty : {false, true}) {
            bool over = false;
            int steps = 0;
            for (; !over && steps < 500; ++steps) {
                cancelling_world world{kept};
                if (faulty) { // the refresh, then the call break once, and are repeated after a pause
                    world.way.add_fault({.how = relay_fault::kind::reset, .after_request = 50});
                    world.way.add_fault({.how = relay_fault::kind::close, .after_answer = 20});
                }
                over = begin(world, steps);
            }
            CHECK(over);
            CHECK(steps > 5);
        }
    }
}

} // namespace

TEST_CASE("a call may be cancelled at every step by its slot, and leaves client and session as they were") {
    at_every_step([](cancelling_world& world, int steps) {
        asio::cancellation_signal signal;
        return cancel_after(
            world, steps,
            [&](done report) {
                asio::co_spawn(world.io, world.game->get_account(world.ada),
                               asio::bind_cancellation_slot(signal.slot(), told(std::move(report))));
            },
            [&] { signal.emit(asio::cancellation_type::terminal); });
    });
}

TEST_CASE("the loser of || is cancelled at every step, and leaves client and session as they were") {
    using namespace asio::experimental::awaitable_operators;
    at_every_step([](cancelling_world& world, int steps) {
        net::event go{world.io.get_executor()};
        bool lost = false;
        const bool over = cancel_after(
            world, steps,
            [&](done report) {
                asio::co_spawn(
                    world.io,
                    [](cancelling_world& w, net::event& other, bool& loser) -> asio::awaitable<void> {
                        const auto first = co_await (w.game->get_account(w.ada) || other.wait());
                        loser = first.index() == 1;
                    }(world, go, lost),
                    told(std::move(report)));
            },
            [&] { go.set(); });
        return over;
    });
}

TEST_CASE("a source cancels all calls that were given to it, at every step") {
    at_every_step([](cancelling_world& world, int steps) {
        cancellation_source source;
        spawned<account> second;
        second.start(world.io, source.run(world.game->get_account(world.ada)));
        const bool over = cancel_after(
            world, steps,
            [&](done report) {
                asio::co_spawn(world.io, source.run(world.game->get_account(world.ada)),
                               told(std::move(report)));
            },
            [&] { source.cancel(); });
        CHECK(second.completions == 1);
        return over;
    });
}

TEST_CASE("a cancelled source refuses further calls before they begin, until it is reset") {
    cancelling_world world{true};
    cancellation_source source;
    source.cancel();
    CHECK(source.is_cancelled());
    const auto connections = world.way.connections();
    const auto bytes = world.way.request_bytes();
    spawned<account> call;
    finish(world.io, *world.time, call, source.run(world.game->get_account(world.ada)));
    CHECK(call.failed.value().code() == errc::cancelled);
    CHECK(world.way.connections() == connections);
    CHECK(world.way.request_bytes() == bytes);
    source.reset();
    spawned<account> again;
    finish(world.io, *world.time, again, source.run(world.game->get_account(world.ada)));
    CHECK(again.value.has_value());
    // One that ends while something runs leaves it alone, as a token that is dropped would.
    spawned<account> left;
    {
        cancellation_source short_lived;
        left.start(world.io, short_lived.run(world.game->get_account(world.ada)));
    }
    run_until(world.io, *world.time, [&] { return left.completions > 0; });
    CHECK(left.value.has_value());
}

TEST_CASE("two calls may be awaited together, and the failure of one cancels the other") {
    using namespace asio::experimental::awaitable_operators;
    cancelling_world world{true};
    std::optional<error> failed;
    bool ended = false;
    asio::co_spawn(
        world.io,
        [](cancelling_world& w) -> asio::awaitable<void> {
            auto [first, second] = co_await (w.game->get_account(w.ada) && w.game->list_friends(w.ada));
            CHECK(first.user.id == w.ada.user_id());
            CHECK(second.friends.empty());
            std::exception_ptr first_failure;
            try {
                co_await (w.game->rpc(w.ada, {.id = "no_such_function"}) && w.game->list_friends(w.ada));
            } catch (const asio::multiple_exceptions& both) {
                first_failure = both.first_exception(); // the other was cancelled in time
            }
            if (first_failure) std::rethrow_exception(first_failure);
        }(world),
        told([&](std::optional<error> failure) {
            ended = true;
            failed = std::move(failure);
        }));
    run_until(world.io, *world.time, [&] { return ended; });
    CHECK(failed.value().code() == grpc_code::not_found);
}
