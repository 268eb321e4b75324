// Signs in and looks at the account.
#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;

asio::awaitable<void> sign_in(nakama::client& client) {
    auto session = co_await client.authenticate_device({.id = "device-0000000001", .create = true});
    co_await client.update_account(session, {.display_name = "Ada", .location = "London"});

    auto account = co_await client.get_account(session);
    std::cout << account.user.username << " is called " << account.user.display_name << '\n';
}

int main(int argc, char** argv) {
    asio::io_context io;
    nakama::client client{io.get_executor(),
                          {.host = "127.0.0.1",
                           .port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 7350),
                           .server_key = "defaultkey"}};
    int status = EXIT_SUCCESS;
    asio::co_spawn(io, sign_in(client), [&](std::exception_ptr failure) {
        if (!failure) return;
        status = EXIT_FAILURE;
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& why) {
            std::cerr << why.what() << '\n';
        }
    });
    io.run();
    return status;
}
