// Clients on a pool of threads: each, with its sessions and sockets, on a strand of its own.
#include "net/event.hpp"

#include <nakama/metrics_sink.hpp>
#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace nakama;
using namespace std::chrono_literals;

namespace {

constexpr int clients = 4, players = 5, calls = 20;

/// A player's evening: some calls at once with the others of the client, a socket, messages.
asio::awaitable<void> play(client& game, int number, std::atomic<int>& done) {
    const std::string id = "device-of-player-" + std::to_string(number);
    auto session = co_await game.authenticate_device({.id = id, .create = true});
    for (int i = 0; i < calls; ++i) {
        const auto account = co_await game.get_account(session);
        if (account.user.id == session.user_id()) ++done;
    }
    auto socket = game.create_socket();
    co_await socket.connect(session);
    auto messages = socket.stream<channel_message>();
    const auto room = co_await socket.channel_join({.target = "room-" + std::to_string(number)});
    co_await socket.channel_message_send({.channel_id = room.id, .content = "{}"});
    const auto message = co_await with_deadline(messages.next(), 30s);
    if (message && message->sender_id == session.user_id()) ++done;
    co_await socket.close();
}

/// Everything of one client happens here, its making and its end included.
asio::awaitable<void> run_client(client_config config, int first, std::atomic<int>& done) {
    const auto executor = co_await asio::this_coro::executor;
    client game{executor, std::move(config)};
    std::vector<std::exception_ptr> failures;
    int running = players;
    net::event all_ended{executor};
    for (int i = 0; i < players; ++i)
        asio::co_spawn(executor, play(game, first + i, done), [&](std::exception_ptr failure) {
            if (failure) failures.push_back(std::move(failure));
            if (--running == 0) all_ended.set();
        });
    co_await all_ended.wait();
    if (!failures.empty()) std::rethrow_exception(failures.front());
}

} // namespace

TEST_CASE("clients may live on strands of a pool of threads") {
    asio::thread_pool threads{4};
    auto server_strand = asio::make_strand(threads);
    // The server, too, belongs to its strand.
    std::optional<sandbox::server> server;
    asio::post(server_strand, asio::use_future([&] { server.emplace(server_strand); })).get();
    const auto port = asio::post(server_strand, asio::use_future([&] { return server->port(); })).get();

    const auto metrics = std::make_shared<metrics_sink>();
    std::atomic<int> done = 0;
    std::vector<std::future<void>> running;
    for (int i = 0; i < clients; ++i) {
        const auto strand = asio::make_strand(threads);
        running.push_back(asio::co_spawn(
            strand,
            run_client({.port = port, .limits = {.connections = 3}, .observer = metrics->share()},
                       i * players, done),
            asio::use_future));
    }
    // Scraping is for any thread.
    std::atomic<bool> over = false;
    std::thread scraper{[&] {
        while (!over) {
            if (metrics->text().empty()) return;
            std::this_thread::yield();
        }
    }};
    for (auto& each : running) each.get();
    over = true;
    scraper.join();
    CHECK(done == clients * players * (calls + 1));
    CHECK(metrics->text().find("get_account") != std::string::npos);
    asio::post(server_strand, asio::use_future([&] { server.reset(); })).get();
    threads.join();
}
