// Satori: a live event that changes a flag, and what the player did; here on a sandbox.
#include "example.hpp"

#include <nakama/sandbox/server.hpp>
#include <satori/satori.hpp>

// tour: begin
asio::awaitable<void> live_operations() {
    auto executor = co_await asio::this_coro::executor;
    nakama::sandbox::server server{executor};
    server.satori().put_flag({.name = "double-xp", .value = "false"});
    server.satori().put_live_event({.name = "weekend", .duration = 48h, .flags = {{"double-xp", "true"}}});

    satori::client client{executor, {.port = server.port(), .api_key = "defaultsatorikey"}};
    auto session = co_await client.authenticate({.id = "player-0001", .custom = {{"level", "12"}}});
    auto flag = co_await client.get_flag(session, "double-xp", "false");
    std::cout << flag.name << " is " << flag.value << ": " << flag.change_reason.name << '\n';
    // double-xp is true: weekend

    co_await client.event(session, {.events = {{.name = "level_won", .value = "1250"}}});
    for (const auto& event : server.satori().events())
        std::cout << event.identity_id << ": " << event.name << ' ' << event.value << '\n';
    // player-0001: level_won 1250
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, [](nakama::client&) { return live_operations(); });
}
