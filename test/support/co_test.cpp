#include "co_test.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <stdexcept>

namespace nakama::test {
namespace {

struct outcome {
    bool done = false;
    std::exception_ptr failure;
};

std::shared_ptr<outcome> spawn(asio::io_context& io, asio::awaitable<void> body) {
    auto result = std::make_shared<outcome>();
    asio::co_spawn(io, std::move(body), [result](std::exception_ptr failure) {
        result->done = true;
        result->failure = std::move(failure);
    });
    return result;
}

void finish(const outcome& result, const char* complaint) {
    if (!result.done) throw std::runtime_error{complaint};
    if (result.failure) std::rethrow_exception(result.failure);
}

} // namespace

void run(asio::io_context& io, asio::awaitable<void> body) {
    const auto result = spawn(io, std::move(body));
    io.restart();
    // Real I/O: a generous bound for a machine under load, reached only by a test that hangs.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!result->done && std::chrono::steady_clock::now() < limit && io.run_one_until(limit) > 0) {
    }
    finish(*result, "the test's coroutine waits for something that does not come");
}

void run(asio::io_context& io, virtual_clock& clock, asio::awaitable<void> body) {
    const auto result = spawn(io, std::move(body));
    do settle(io);
    while (!result->done && clock.advance_to_next());
    finish(*result, "the test's coroutine waits for something that does not come");
}

void start(asio::io_context& io, asio::awaitable<void> body) {
    asio::co_spawn(io, std::move(body), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
}

void settle(asio::io_context& io) {
    io.restart();
    io.poll();
}

} // namespace nakama::test
