// Tests of one's own, without a server: the sandbox is one, in process, ready in milliseconds.
#include "example.hpp"

#include <nakama/sandbox/server.hpp>

// tour: begin
asio::awaitable<void> test_of_mine() {
    auto executor = co_await asio::this_coro::executor;
    nakama::sandbox::server server{executor};
    server.register_rpc("double", [](const nakama::sandbox::rpc_context&, const std::string& payload) {
        return std::to_string(2 * std::stoi(payload));
    });

    nakama::client client{executor, {.port = server.port()}};
    auto session = co_await client.authenticate_device({.id = "device-0000000001", .username = "ada"});
    auto answer = co_await client.rpc(session, {.id = "double", .payload = "21"});
    std::cout << session.username() << " got " << answer.payload << '\n'; // ada got 42
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, [](nakama::client&) { return test_of_mine(); });
}
