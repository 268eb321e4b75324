// What event_stream does, for the source that instantiates it for each event.
#pragma once

#include "stream_state.hpp"

#include <nakama/error.hpp>
#include <nakama/event_stream.hpp>

namespace nakama {
namespace realtime {

/// Apart from the stream, so that the wait survives the stream's being moved or destroyed.
template <class Event>
asio::awaitable<std::optional<Event>> next_of(std::shared_ptr<stream_state<Event>> state) {
    for (;;) {
        if (auto event = state->pop()) co_return event;
        if (state->overflowed)
            throw error{errc::overflow,
                        "read the stream faster, give it more capacity or another overflow policy"};
        if (state->ended) co_return std::nullopt;
        state->arrived.reset();
        bool cancelled = false;
        try {
            co_await state->arrived.wait();
        } catch (const boost::system::system_error&) {
            cancelled = true;
        }
        if (cancelled) throw error{errc::cancelled, error_details{.operation = "stream"}};
    }
}

} // namespace realtime

template <class Event>
event_stream<Event>::event_stream(std::shared_ptr<realtime::stream_state<Event>> state) noexcept
    : state_{std::move(state)} {}

template <class Event>
event_stream<Event>::event_stream(event_stream&&) noexcept = default;

template <class Event>
event_stream<Event>& event_stream<Event>::operator=(event_stream&& other) noexcept {
    if (this == &other) return *this;
    if (state_) state_->end();
    state_ = std::move(other.state_);
    return *this;
}

template <class Event>
event_stream<Event>::~event_stream() {
    if (state_) state_->end();
}

template <class Event>
asio::awaitable<std::optional<Event>> event_stream<Event>::next() {
    return realtime::next_of<Event>(state_);
}

template <class Event>
std::optional<Event> event_stream<Event>::try_next() {
    return state_->pop();
}

template <class Event>
bool event_stream<Event>::try_next(Event& into) {
    return state_->pop(into);
}

template <class Event>
std::size_t event_stream<Event>::size() const noexcept {
    return state_->size();
}

template <class Event>
std::size_t event_stream<Event>::dropped() const noexcept {
    return state_->dropped;
}

} // namespace nakama
