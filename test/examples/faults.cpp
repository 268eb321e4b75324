// What your game does when the server fails: order the failure, and look.
#include "example.hpp"

#include <nakama/sandbox/server.hpp>

// tour: begin
asio::awaitable<void> test_of_bad_days() {
    auto executor = co_await asio::this_coro::executor;
    nakama::sandbox::server server{executor};
    nakama::client client{executor, {.port = server.port(), .retry = nakama::retries::fixed(3, 10ms)}};
    auto session = co_await client.authenticate_device({.id = "device-0000000001"});

    auto faults = server.faults();
    auto busy = faults.order({.operation = "get_account", .times = 2, .fault = {.status = 503}});
    co_await client.get_account(session);
    std::cout << "answered after " << faults.hits(busy) << " failures\n"; // answered after 2 failures

    faults.order({.operation = "rpc", .fault = {.cut_at = nakama::sandbox::fault::middle}});
    auto result = co_await nakama::as_result(client.rpc(session, {.id = "double"}));
    std::cout << result.error().what() << '\n';
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, [](nakama::client&) { return test_of_bad_days(); });
}
