// A user's program: signs in on a sandbox of its own and prints who it is.
#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;

asio::awaitable<std::string> sign_in(nakama::client& client) {
    auto session = co_await client.authenticate_device({.id = "device-0000000001", .username = "ada"});
    auto account = co_await client.get_account(session);
    co_return account.user.username;
}

int main() {
    asio::io_context io;
    nakama::sandbox::server server{io.get_executor()};
    nakama::client client{io.get_executor(), {.port = server.port()}};
    int status = EXIT_FAILURE;
    asio::co_spawn(io, sign_in(client), [&](std::exception_ptr failure, std::string name) {
        server.stop(); // or io.run() would go on serving
        if (failure) std::rethrow_exception(failure);
        std::cout << name << '\n';
        status = EXIT_SUCCESS;
    });
    io.run();
    return status;
}
