// An operation under way beside the test.
#pragma once

#include <nakama/error.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <optional>
#include <type_traits>

namespace nakama::test {

/// Counts how often an operation completes and keeps how; can cancel it. Must outlive the operation.
template <class T>
struct spawned {
    asio::cancellation_signal cancel;
    int completions = 0;
    std::optional<error> failed;
    std::optional<T> value;

    /// Starts the operation and runs what is ready.
    void start(asio::io_context& io, asio::awaitable<T> operation) {
        begin(io, std::move(operation));
        io.restart();
        io.poll();
    }

    /// Starts the operation and runs nothing.
    void begin(asio::io_context& io, asio::awaitable<T> operation) {
        asio::co_spawn(
            io, as_result(std::move(operation)),
            asio::bind_cancellation_slot(cancel.slot(), [this](std::exception_ptr thrown, auto result) {
                ++completions;
                if (thrown) std::rethrow_exception(thrown);
                if (result) value = std::move(*result);
                else failed = result.error();
            }));
    }
};

} // namespace nakama::test
