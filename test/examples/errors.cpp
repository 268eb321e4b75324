// What can go wrong, and how to say what to do then.
#include "example.hpp"

// tour: begin
asio::awaitable<void> careful(nakama::client& client) {
    try {
        co_await client.authenticate_device({.id = "device-of-nobody", .create = false});
    } catch (const nakama::error& failure) {
        if (failure.code() != nakama::grpc_code::not_found) throw;
        std::cout << failure.what()
                  << '\n'; // authenticate_device: not found (HTTP 404): User account not found.
    }

    auto session = co_await client.authenticate_device({.id = "device-0000000001"});

    // Without exceptions:
    auto answer = co_await nakama::as_result(client.rpc(session, {.id = "no_such_function"}));
    if (!answer) std::cout << answer.error().server_message() << '\n'; // RPC function not found

    // Per call: half a second in all, and up to three more attempts if the server cannot be reached.
    auto account = co_await client.get_account(
        session, {.timeout = 500ms, .retry = nakama::retries::exponential(3, 50ms)});
    std::cout << account.user.username << '\n';
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, careful);
}
