// Many deadlines on one alarm.
#pragma once

#include <nakama/clock.hpp>

#include <boost/intrusive/set.hpp>

#include <chrono>
#include <functional>
#include <memory>

namespace nakama::call {

/// The moment `timeout` from `now`; one too far off to be told is never.
inline clock::time_point deadline_after(clock::time_point now, std::chrono::milliseconds timeout) {
    constexpr auto never = clock::time_point::max();
    return timeout >= std::chrono::duration_cast<std::chrono::milliseconds>(never - now) ? never
                                                                                         : now + timeout;
}

/// Calls back when a deadline has passed. A timer of its own for each call would cost a system call each;
/// here the alarm is set anew only when the earliest deadline comes nearer, and off while nothing is under
/// way, so that it never keeps io_context::run from returning.
class deadlines {
public:
    deadlines(std::shared_ptr<clock> clock, const asio::any_io_executor& executor);
    deadlines(const deadlines&) = delete;
    deadlines& operator=(const deadlines&) = delete;

    /// Holds one deadline; letting it go lifts it. Must not outlive the deadlines.
    class guard : public boost::intrusive::set_base_hook<> {
    public:
        guard(deadlines& owner, clock::time_point when, std::function<void()> passed);
        ~guard();
        guard(const guard&) = delete;
        guard& operator=(const guard&) = delete;

    private:
        friend class deadlines;
        deadlines& owner_;
        clock::time_point when_;
        std::function<void()> call_;
    };

private:
    struct moment_of {
        using type = clock::time_point;
        const type& operator()(const guard& pending) const noexcept { return pending.when_; }
    };

    void arm();
    void disarm_soon();
    void disarm();
    void ring();

    std::shared_ptr<clock> clock_;
    asio::any_io_executor executor_;
    boost::intrusive::multiset<guard, boost::intrusive::key_of_value<moment_of>> pending_;
    clock::time_point armed_ = clock::time_point::max();
    bool is_disarming_ = false;
    // Whether this is still there, for what comes later.
    std::shared_ptr<deadlines*> alive_ = std::make_shared<deadlines*>(this);
    std::unique_ptr<alarm> alarm_; // last: its destruction must come first
};

} // namespace nakama::call
