// What an event_stream and the socket that feeds it share.
#pragma once

#include "net/event.hpp"

#include <nakama/event_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <deque>
#include <optional>
#include <utility>

namespace nakama::realtime {

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

    /// False if the socket must wait for `room` before it reads on.
    bool push(const Event& event) {
        if (ended) return true;
        if (events_.size() >= options_.capacity) {
            switch (options_.when_full) {
            case overflow::drop_oldest:
                events_.pop_front();
                ++dropped;
                break;
            case overflow::drop_newest:
                ++dropped;
                return true;
            case overflow::fail:
                ++dropped;
                overflowed = true;
                end();
                return true;
            case overflow::wait:
                break;
            }
        }
        events_.push_back(event);
        arrived.set();
        if (events_.size() < options_.capacity || options_.when_full != overflow::wait) return true;
        room.reset();
        return false;
    }

    std::optional<Event> pop() {
        if (events_.empty()) return {};
        std::optional<Event> first{std::move(events_.front())};
        events_.pop_front();
        if (events_.size() < options_.capacity) room.set();
        return first;
    }

    std::size_t size() const noexcept { return events_.size(); }

private:
    std::deque<Event> events_;
};

} // namespace nakama::realtime
