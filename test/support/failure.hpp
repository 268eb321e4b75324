// For operations that should fail.
#pragma once

#include <nakama/error.hpp>

#include <stdexcept>

namespace nakama::test {

/// Waits for an operation and gives what it threw; throws if it did not.
template <class T>
asio::awaitable<error> failure_of(asio::awaitable<T> operation) {
    auto result = co_await as_result(std::move(operation));
    if (result) throw std::logic_error{"an operation that should fail succeeded"};
    co_return result.error();
}

} // namespace nakama::test
