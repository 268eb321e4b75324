// A deadline for any operation, also for one of several steps or for waiting in a stream.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace nakama {

namespace asio = boost::asio;

namespace detail {

NAKAMA_API asio::awaitable<void> within(asio::awaitable<void> operation, std::chrono::milliseconds timeout,
                                        std::shared_ptr<clock> clock);

template <class T>
asio::awaitable<void> keep(asio::awaitable<T> operation, std::optional<T>& result) {
    result.emplace(co_await std::move(operation));
}

} // namespace detail

/// Completes as `operation` does, or cancels it once `timeout` has passed, waits for it to end and throws
/// nakama::error with errc::timed_out. Asio's own `operation || timer` would keep a failure back until the
/// timer has expired; this does not. Cancelled by its caller it throws errc::cancelled.
template <class T>
asio::awaitable<T> with_deadline(asio::awaitable<T> operation, std::chrono::milliseconds timeout,
                                 std::shared_ptr<clock> clock = real_clock()) {
    if constexpr (std::is_void_v<T>) {
        co_await detail::within(std::move(operation), timeout, std::move(clock));
    } else {
        std::optional<T> result;
        auto kept = detail::keep(std::move(operation), result);
        co_await detail::within(std::move(kept), timeout, std::move(clock));
        co_return std::move(*result);
    }
}

} // namespace nakama
