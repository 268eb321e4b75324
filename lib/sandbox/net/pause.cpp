#include "sandbox/net/pause.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace nakama::sandbox {

pause::pause(asio::any_io_executor executor, std::shared_ptr<nakama::clock> clock)
    : clock_{std::move(clock)}, alarm_{clock_->make_alarm(executor)},
      over_{executor, asio::steady_timer::time_point::max()} {}

asio::awaitable<bool> pause::wait(std::chrono::milliseconds span) {
    if (ended_) co_return false;
    if (span.count() <= 0) co_return true;
    alarm_->set(clock_->now() + span, [this] { over_.cancel(); });
    boost::system::error_code ignored;
    co_await over_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    co_return !ended_;
}

asio::awaitable<void> pause::wait_for_end() {
    boost::system::error_code ignored;
    while (!ended_) co_await over_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
}

void pause::end() noexcept {
    ended_ = true;
    alarm_->cancel();
    over_.cancel();
}

} // namespace nakama::sandbox
