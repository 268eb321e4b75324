#include "scope.hpp"

#include <nakama/deadline.hpp>

namespace nakama::detail {

asio::awaitable<void> within(asio::awaitable<void> operation, std::chrono::milliseconds timeout,
                             std::shared_ptr<clock> clock) {
    const auto executor = co_await asio::this_coro::executor;
    const auto deadline = call::deadline_after(clock->now(), timeout);
    const auto scope = std::make_shared<call::scope>(std::move(clock), executor);
    co_await scope->run(std::move(operation), deadline);
}

} // namespace nakama::detail
