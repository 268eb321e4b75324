// Test cases that are coroutines.
#pragma once

#include <nakama/clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace nakama::test {

namespace asio = boost::asio;

/// Runs a coroutine to its end and passes on what it throws. A coroutine that waits for what never comes
/// fails the test instead of holding it up.
void run(asio::io_context& io, asio::awaitable<void> body);

/// The same on a clock that jumps to the next alarm whenever nothing else is left to do, for tests without
/// I/O.
void run(asio::io_context& io, virtual_clock& clock, asio::awaitable<void> body);

/// Lets a coroutine run beside the test; what it throws fails the test when it is run.
void start(asio::io_context& io, asio::awaitable<void> body);

/// Runs what is ready.
void settle(asio::io_context& io);

} // namespace nakama::test

#define CO_TEST_JOIN_(a, b) a##b
#define CO_TEST_JOIN(a, b) CO_TEST_JOIN_(a, b)
#define CO_TEST_CASE_NAMED(fixture, ...)                                                                     \
    namespace {                                                                                              \
    struct fixture {                                                                                         \
        ::boost::asio::io_context io;                                                                        \
        ::boost::asio::awaitable<void> body();                                                               \
    };                                                                                                       \
    }                                                                                                        \
    TEST_CASE(__VA_ARGS__) {                                                                                 \
        fixture test;                                                                                        \
        ::nakama::test::run(test.io, test.body());                                                           \
    }                                                                                                        \
    ::boost::asio::awaitable<void> fixture::body()

/// A test case whose body is a coroutine on a context of its own, reachable as `io`. Results are awaited on a
/// line of their own: `auto r = co_await f(); REQUIRE(r == x);`
#define CO_TEST_CASE(...) CO_TEST_CASE_NAMED(CO_TEST_JOIN(co_test_, __LINE__), __VA_ARGS__)
