// What an event_stream and the socket that feeds it share.
#pragma once

#include "net/event.hpp"

#include <nakama/event_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace nakama::realtime {

/// What a stream asks of the socket that reads for it.
enum class pressure : std::uint8_t {
    none,
    crowded, ///< it has just come to its capacity: let whoever takes from it run
    full,    ///< wait for `room` before reading on
};

/// The part that does not depend on the type of the events.
class stream_base {
public:
    stream_base(const asio::any_io_executor& executor, stream_options options)
        : arrived{executor}, room{executor}, options_{options} {
        options_.capacity = std::max<std::size_t>(options_.capacity, 1);
        room.set();
    }

    /// Nothing more will come.
    void end() {
        ended = true;
        arrived.set();
        room.set();
    }

    net::event arrived; ///< set when something has come, or the end
    net::event room;    ///< not set while a stream with overflow::wait is over its capacity
    bool ended = false;
    bool overflowed = false; ///< ended by overflow::fail
    std::size_t dropped = 0;

protected:
    stream_options options_;
};

template <class Event>
class stream_state : public stream_base {
public:
    using stream_base::stream_base;

    /// Takes an event, or what else the policy says.
    pressure push(const Event& event) {
        if (ended || (wanted_ && !wanted_(event))) return pressure::none;
        if (count_ >= (is_undecided_ ? most_undecided : options_.capacity)) {
            switch (is_undecided_ ? overflow::drop_oldest : options_.when_full) {
            case overflow::drop_oldest:
                advance();
                ++dropped;
                break;
            case overflow::drop_newest:
                ++dropped;
                return pressure::none;
            case overflow::fail:
                ++dropped;
                overflowed = true;
                end();
                return pressure::none;
            case overflow::wait:
                break;
            }
        }
        if (count_ == slots_.size()) grow();
        at(count_++) = event; // into memory that an earlier event has left
        arrived.set();
        if (is_undecided_ || count_ < options_.capacity) {
            is_crowded_ = false;
            return pressure::none;
        }
        if (options_.when_full != overflow::wait)
            return std::exchange(is_crowded_, true) ? pressure::none : pressure::crowded;
        room.reset();
        return pressure::full;
    }

    std::optional<Event> pop() {
        if (count_ == 0) return {};
        std::optional<Event> first{std::move(at(0))};
        advance();
        return first;
    }

    /// Exchanges the first event's memory for that of `into`.
    bool pop(Event& into) {
        if (count_ == 0) return false;
        using std::swap;
        swap(into, at(0));
        advance();
        return true;
    }

    std::size_t size() const noexcept { return count_; }

    /// Takes everything until it is known what is wanted.
    void hold_all() { is_undecided_ = true; }

    /// Takes only what `wanted` says, also of what has come already.
    void want(std::function<bool(const Event&)> wanted) {
        std::vector<Event> kept;
        for (std::size_t i = 0; i < count_; ++i)
            if (wanted(at(i))) kept.push_back(std::move(at(i)));
        wanted_ = std::move(wanted);
        is_undecided_ = false;
        first_ = 0;
        count_ = kept.size();
        slots_ = std::move(kept);
        if (count_ < options_.capacity) room.set();
    }

private:
    Event& at(std::size_t index) { return slots_[(first_ + index) % slots_.size()]; }

    void advance() {
        first_ = (first_ + 1) % slots_.size();
        if (--count_ < options_.capacity) room.set();
        if (count_ == 0) first_ = 0; // where memory is, and warm
    }

    void grow() {
        std::vector<Event> larger(std::max<std::size_t>(2 * slots_.size(), 4));
        for (std::size_t i = 0; i < count_; ++i) larger[i] = std::move(at(i));
        slots_ = std::move(larger);
        first_ = 0;
    }

    static constexpr std::size_t most_undecided = 65536;

    bool is_undecided_ = false;
    bool is_crowded_ = false; // at capacity, and known to be
    std::function<bool(const Event&)> wanted_;
    std::vector<Event> slots_; // a ring, as long as has been needed
    std::size_t first_ = 0;
    std::size_t count_ = 0;
};

} // namespace nakama::realtime
