// Signs in once, and goes on with the same session in later runs of the program.
#include "example.hpp"

#include <nakama/file_session_store.hpp>

#include <filesystem>

// tour: begin
asio::awaitable<nakama::session> restore_or_sign_in(nakama::client& client,
                                                    std::shared_ptr<nakama::session_store> store) {
    auto session = co_await client.restore_session(store, "ada");
    if (!session) {
        session = co_await client.authenticate_device({.id = "device-0000000001"});
        nakama::keep_session(*session, store, "ada"); // now, and whenever its tokens are renewed
    }
    co_return *session;
}
// tour: end

asio::awaitable<void> twice(nakama::client& client) {
    const auto folder = std::filesystem::temp_directory_path() / "nakama-example-sessions";
    std::filesystem::remove_all(folder);
    const auto store = std::make_shared<nakama::file_session_store>(folder);
    auto first = co_await restore_or_sign_in(client, store);
    auto second = co_await restore_or_sign_in(client, store);
    std::cout << (first.token() == second.token() ? "restored" : "signed in again") << '\n';
    std::filesystem::remove_all(folder);
    if (first.token() != second.token()) throw std::runtime_error{"the session was not restored"};
}

int main(int argc, char** argv) {
    return run_example(argc, argv, twice);
}
