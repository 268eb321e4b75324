// A test of a bot of one's own, with Catch2: the server's state is put in and looked at, failures are
// ordered, and time passes as the test says.
#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <memory>
#include <string>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

/// Runs what the bot does to its end; whenever all wait, the clock goes on.
void play(asio::io_context& io, nakama::virtual_clock& clock, asio::awaitable<void> bot) {
    bool done = false;
    asio::co_spawn(io, std::move(bot), [&](std::exception_ptr failure) {
        done = true;
        if (failure) std::rethrow_exception(failure);
    });
    while (!done)
        if (io.run_one_for(5ms) == 0) clock.advance_to_next();
}

} // namespace

// tour: begin
/// The bot under test: looks who leads, and is patient with a busy server.
asio::awaitable<void> look_who_leads(nakama::client& client, std::string& leader) {
    auto session = co_await client.authenticate_device({.id = "device-of-the-bot", .username = "bot"});
    auto page =
        co_await client.list_leaderboard_records(session, {.leaderboard_id = "points", .limit = 1},
                                                 {.timeout = 5min, .retry = nakama::retries::fixed(5, 30s)});
    leader = page.records.at(0).username.value();
}

TEST_CASE("the bot waits until the server has time for it") {
    asio::io_context io;
    auto clock = std::make_shared<nakama::virtual_clock>();
    nakama::sandbox::server server{io.get_executor(), {.clock = clock}};
    auto ada = server.accounts().add({.username = "ada"});
    server.leaderboards().create({.id = "points"});
    server.leaderboards().write("points", {.owner_id = ada, .username = "ada", .score = 10});
    auto busy = server.faults().order(
        {.operation = "list_leaderboard_records", .times = 2, .fault = {.status = 503}});

    nakama::client client{io.get_executor(), {.port = server.port(), .clock = clock}};
    std::string leader;
    const auto start = clock->now();
    play(io, *clock, look_who_leads(client, leader));

    CHECK(leader == "ada");
    CHECK(server.faults().hits(busy) == 2);
    CHECK(clock->now() - start >= 1min); // which took milliseconds
    CHECK(server.accounts().find_by_username("bot").has_value());
}
// tour: end
