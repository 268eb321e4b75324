// What the examples share: a client for the server named on the command line, and a word on what went wrong.
#pragma once

#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string>

namespace asio = boost::asio;
using namespace std::chrono_literals;

/// Runs an example against a server on this machine; its port may be given as the first argument.
inline int run_example(int argc, char** argv, asio::awaitable<void> (*example)(nakama::client&)) {
    const auto port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 7350);
    asio::io_context io;
    nakama::client client{io.get_executor(), {.port = port}};
    int status = EXIT_SUCCESS;
    asio::co_spawn(io, example(client), [&](std::exception_ptr failure) {
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
