// The seam through which the library tells time and waits.
#pragma once

#include <nakama/config.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace nakama {

namespace asio = boost::asio;

/// Rings once at a time; setting it again replaces what was set. Destroying it cancels.
class NAKAMA_API alarm {
public:
    virtual ~alarm() = default;
    /// Calls `ring` on the alarm's executor, never from within set(), once `when` is reached.
    virtual void set(std::chrono::steady_clock::time_point when, std::function<void()> ring) = 0;
    virtual void cancel() = 0;
};

/// Tells time and waits. Implement it to put the library on a clock of your own.
class NAKAMA_API clock {
public:
    using time_point = std::chrono::steady_clock::time_point;
    using duration = std::chrono::steady_clock::duration;

    virtual ~clock() = default;

    /// For deadlines and intervals: never goes back.
    virtual time_point now() const = 0;
    /// For tokens: the time of day in UTC.
    virtual std::chrono::system_clock::time_point wall_now() const = 0;

    virtual std::unique_ptr<alarm> make_alarm(asio::any_io_executor executor) = 0;

    /// Completes once `when` is reached. Cancelled, it throws boost::system::system_error with
    /// asio::error::operation_aborted.
    asio::awaitable<void> sleep_until(time_point when);
    asio::awaitable<void> sleep_for(duration span) { return sleep_until(now() + span); }
};

/// The computer's own clock.
NAKAMA_API std::shared_ptr<clock> real_clock();

/// A clock that stands still until it is told to move: a day of waiting takes no time at all.
/// To be used from one thread.
class NAKAMA_API virtual_clock final : public clock {
public:
    /// The time of day to start from; steady time starts at its epoch.
    explicit virtual_clock(std::chrono::system_clock::time_point start = {});
    ~virtual_clock() override;

    time_point now() const override;
    std::chrono::system_clock::time_point wall_now() const override;
    std::unique_ptr<alarm> make_alarm(asio::any_io_executor executor) override;

    /// Moves time on and posts what was to ring by then, earliest first.
    void advance(duration span);

    /// Moves time to the next alarm and posts it; false if none is set.
    bool advance_to_next();

    /// How many alarms are set.
    std::size_t pending() const noexcept;

private:
    class state;
    std::shared_ptr<state> state_;
};

} // namespace nakama
