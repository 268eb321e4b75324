// Everything that the demo's calls pass through, cut off at every step: whatever handler has run last,
// destroying the client, the sockets or the whole context must leave nothing behind and call nobody.
#include "support/test_server.hpp"

#include <nakama/deadline.hpp>
#include <nakama/error.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include <memory>
#include <optional>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

/// What the bots do, by one bot with two sockets, with everything that can be destroyed within reach.
struct play : std::enable_shared_from_this<play> {
    explicit play(asio::io_context& io, std::uint16_t port)
        : client_{std::in_place, io.get_executor(), client_config{.port = port, .observer = watcher}},
          left{client_->create_socket()}, right{client_->create_socket()} {
        listen(*left);
        listen(*right);
    }

    void listen(nakama::socket& socket) {
        socket.on_channel_message([this](const channel_message&) { called(); });
        socket.on_match_data([this](const match_data&) { called(); });
        socket.on_match_presence_event([this](const match_presence_event&) { called(); });
        socket.on_matchmaker_matched([this](const matchmaker_matched&) { called(); });
        socket.on_close([this](const close_info&) { called(); });
    }

    void called() {
        if (destroyed) ++calls_after_destruction;
    }

    /// For between two awaits: a program that has destroyed its client does not go on using it.
    void check() const {
        if (destroyed) throw error{errc::closed, "destroyed"};
    }

    static asio::awaitable<void> run(std::shared_ptr<play> self) {
        auto& p = *self;
        p.check();
        auto session = co_await p.client_->authenticate_device({.id = "device-0000000001", .create = true});
        p.check();
        co_await p.client_->update_account(session, {.display_name = "Ada"});
        p.check();
        co_await p.client_->get_account(session);
        p.check();
        co_await p.left->connect(session, {.appear_online = true});
        p.check();
        co_await p.right->connect(session);
        p.check();
        auto room = co_await p.left->channel_join({.target = "lobby"});
        p.check();
        co_await p.left->channel_message_send({.channel_id = room.id, .content = "{}"});
        p.check();

        auto matched = p.left->stream<matchmaker_matched>();
        auto moves = p.right->stream<match_data>();
        co_await p.left->matchmaker_add({.min_count = 2, .max_count = 2});
        p.check();
        co_await p.right->matchmaker_add({.min_count = 2, .max_count = 2});
        auto result = co_await with_deadline(matched.next(), 10s);
        p.check();
        auto match = co_await p.left->match_join({.token = result->token});
        p.check();
        co_await p.right->match_join({.match_id = match.match_id});
        p.check();
        for (int i = 0; i < 3; ++i) {
            co_await p.left->match_data_send({.match_id = match.match_id, .op_code = i, .data = "move"});
            p.check();
            co_await with_deadline(moves.next(), 10s);
            p.check();
        }
        co_await p.left->match_leave({.match_id = match.match_id});
        p.check();
        co_await p.left->close();
        p.check();
        co_await p.right->close();
        p.check();
        co_await p.client_->session_logout(session);
    }

    struct counting_observer final : observer {
        int calls = 0;
        void on_call_start(std::string_view) noexcept override { ++calls; }
        void on_attempt_end(const attempt&) noexcept override { ++calls; }
        void on_call_end(const call&) noexcept override { ++calls; }
        void on_connection_open(const connection&) noexcept override { ++calls; }
        void on_socket_open() noexcept override { ++calls; }
        void on_socket_close(const close_info&) noexcept override { ++calls; }
        void on_message_sent(std::size_t) noexcept override { ++calls; }
        void on_message_received(std::size_t) noexcept override { ++calls; }
    };

    std::shared_ptr<counting_observer> watcher = std::make_shared<counting_observer>();
    bool destroyed = false;
    int calls_after_destruction = 0;
    std::optional<client> client_;
    std::optional<nakama::socket> left, right;
};

/// How the play ended: nothing yet, without error, or with one.
struct ending {
    bool done = false;
    std::exception_ptr failure;
};

/// Runs the play for `steps` handlers; true if it has ended by then.
bool run_steps(asio::io_context& io, const std::shared_ptr<play>& play, ending& end, int steps) {
    asio::co_spawn(io, play::run(play), [&end](std::exception_ptr failure) {
        end.done = true;
        end.failure = std::move(failure);
    });
    for (int i = 0; i < steps && !end.done; ++i)
        if (io.run_one_for(10s) == 0) break;
    return end.done;
}

} // namespace

TEST_CASE("destroying client and sockets after any handler ends the play once, and calls nobody afterwards") {
    int steps = 0, answered_already = 0;
    for (bool complete = false; !complete; ++steps) {
        REQUIRE(steps < 5000);
        asio::io_context io;
        sandbox::server server{io.get_executor(), {.matchmaker_interval = 1ms}};
        ending end;
        const auto play = std::make_shared<struct play>(io, server.port());
        complete = run_steps(io, play, end, steps);
        if (complete) {
            CHECK(!end.failure);
            break;
        }
        play->destroyed = true;
        play->left.reset();
        play->client_.reset();
        play->right.reset();
        const int observed = play->watcher->calls;
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!end.done && io.run_one_until(limit) > 0) {
        }
        INFO("after " << steps << " handlers");
        REQUIRE(end.done);
        if (!end.failure) ++answered_already;
        else try {
                std::rethrow_exception(end.failure);
            } catch (const error& failure) {
                CHECK(failure.code() == errc::closed);
            }
        server.stop();
        io.run();
        CHECK(play->calls_after_destruction == 0);
        CHECK(play->watcher->calls == observed);
    }
    CHECK(steps > 100);
    CHECK(answered_already < 10); // only where the very last answer had come
}

TEST_CASE("destroying the context after any handler frees everything") {
    int steps = 0;
    for (bool complete = false; !complete; ++steps) {
        REQUIRE(steps < 5000);
        ending end;
        std::weak_ptr<play> watched;
        std::optional<asio::io_context> io{std::in_place};
        {
            std::optional<sandbox::server> server{std::in_place, io->get_executor(),
                                                  sandbox::server_config{.matchmaker_interval = 1ms}};
            const auto play = std::make_shared<struct play>(*io, server->port());
            watched = play;
            complete = run_steps(*io, play, end, steps);
            play->destroyed = true;
        }
        // What the frames hold goes with the context, without another handler being run.
        io.reset();
        INFO("after " << steps << " handlers");
        REQUIRE(watched.expired());
    }
    CHECK(steps > 100);
}

TEST_CASE("nested deadlines and foreign signals may be destroyed in any order") {
    const session nobody{"e30.e30.e30", ""};
    for (int steps = 0; steps < 40; ++steps) {
        std::optional<asio::io_context> io{std::in_place};
        std::optional<sandbox::server> server{std::in_place, io->get_executor()};
        auto owner = std::make_unique<client>(io->get_executor(), client_config{.port = server->port()});
        std::optional<asio::cancellation_signal> signal{std::in_place};
        auto inner = with_deadline(owner->get_account(nobody), 10s);
        asio::co_spawn(
            *io, with_deadline(std::move(inner), 10s),
            asio::bind_cancellation_slot(signal->slot(), [](std::exception_ptr, const account&) {}));
        for (int i = 0; i < steps; ++i) io->poll_one();
        if (steps % 2 == 0) signal.reset(); // a signal that goes before its operation
        server.reset();
        owner.reset();
        io.reset();
    }
    SUCCEED("the sanitizers have found nothing");
}
