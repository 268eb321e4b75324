// Sees what a client does: a line in the log for each call, and figures for a scrape.
#include <nakama/fan_out.hpp>
#include <nakama/log_sink.hpp>
#include <nakama/metrics_sink.hpp>
#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace asio = boost::asio;

// tour: begin
asio::awaitable<void> watched(std::uint16_t port, std::shared_ptr<nakama::metrics_sink> metrics) {
    auto executor = co_await asio::this_coro::executor;
    nakama::client client{
        executor, {.port = port, .observer = nakama::fan_out({nakama::log_to(std::clog), metrics->share()})}};
    auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    co_await client.get_account(session); // ... info  get_account: ok, HTTP 200, 1 attempt, 0.4 ms, ...
    std::cout << metrics->text();         // nakama_calls_total{operation="get_account",outcome="ok"} 1 ...
}
// tour: end

int main(int argc, char** argv) {
    asio::io_context io;
    int status = EXIT_SUCCESS;
    const auto port = static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 7350);
    asio::co_spawn(io, watched(port, std::make_shared<nakama::metrics_sink>()),
                   [&](std::exception_ptr failure) {
                       if (failure) status = EXIT_FAILURE;
                   });
    io.run();
    return status;
}
