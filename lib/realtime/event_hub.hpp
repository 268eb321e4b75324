// Brings events to those who want them.
#pragma once

#include "net/event.hpp"
#include "stream_state.hpp"

#include <nakama/api/realtime_operations.hpp>
#include <nakama/close_info.hpp>

#include <boost/asio/post.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

namespace nakama::realtime {

/// The listeners and streams of one socket. They stay from one connection of the socket to the next, but for
/// streams, which end with the connection they were made for.
class event_hub : public std::enable_shared_from_this<event_hub> {
public:
    explicit event_hub(asio::any_io_executor executor) : executor_{std::move(executor)} {}

    template <class Event>
    listener listen(std::function<void(const Event&)> call) {
        auto entry = std::make_shared<listening<Event>>(std::move(call));
        topic_of<Event>().listeners.push_back(entry);
        return listener{[entry = std::weak_ptr{entry}] {
            if (const auto held = entry.lock()) held->remove();
        }};
    }

    /// A stream that was opened after the end of a connection, and before the next, has nothing to come.
    template <class Event>
    event_stream<Event> open(stream_options options, bool has_ended) {
        auto state = std::make_shared<stream_state<Event>>(executor_, options);
        if (closed_ || has_ended) state->end();
        topic_of<Event>().streams.push_back(state);
        return event_stream<Event>{std::move(state)};
    }

    /// Calls the listeners, then feeds the streams. The hub may be closed by what it calls.
    template <class Event>
    void deliver(const Event& event) {
        const auto self = shared_from_this();
        auto& wanted = topic_of<Event>();
        std::erase_if(wanted.listeners, [](const auto& entry) { return entry->removed; });
        // Those who join while it is delivered get the next one.
        const auto listeners = wanted.listeners;
        for (const auto& entry : listeners) {
            if (closed_) return;
            if (entry->removed) continue;
            try {
                entry->hear(event);
            } catch (...) {
                // It is the user's, so it goes where those of handlers go: out of io_context::run.
                asio::post(executor_,
                           [thrown = std::current_exception()] { std::rethrow_exception(thrown); });
            }
        }
        if constexpr (realtime_event<Event>) {
            std::erase_if(wanted.streams, [](const auto& stream) { return stream.expired(); });
            for (const auto& weak : wanted.streams)
                if (const auto stream = weak.lock(); stream && !stream->push(event)) full_.push_back(stream);
        }
    }

    /// Completes once no stream with overflow::wait is over its capacity.
    asio::awaitable<void> room() {
        const auto self = shared_from_this();
        while (!full_.empty()) {
            const auto stream = full_.back();
            co_await stream->room.wait();
            full_.pop_back();
        }
    }

    /// Ends the streams of a connection that has ended.
    void end_streams() {
        std::apply([](auto&... each) { (end(each), ...); }, topics_);
    }

    /// Nobody is called any more.
    void close() {
        closed_ = true;
        end_streams();
        std::apply([](auto&... each) { (each.listeners.clear(), ...); }, topics_);
    }

private:
    template <class Event>
    struct listening {
        explicit listening(std::function<void(const Event&)> function) : call{std::move(function)} {}

        void hear(const Event& event) {
            struct counted {
                explicit counted(listening& l) : heard{l} { ++heard.hearing; }
                ~counted() {
                    if (--heard.hearing == 0 && heard.removed) heard.call = nullptr;
                }
                listening& heard;
            } counting{*this};
            call(event);
        }
        /// Lets go of the function and all it holds, unless it is what is removing itself.
        void remove() {
            removed = true;
            if (hearing == 0) call = nullptr;
        }

        std::function<void(const Event&)> call;
        int hearing = 0;
        bool removed = false;
    };

    template <class Event>
    struct topic {
        std::vector<std::shared_ptr<listening<Event>>> listeners;
        std::vector<std::weak_ptr<stream_state<Event>>> streams;
    };

    template <class List>
    struct topics_of;
    template <class... Event>
    struct topics_of<event_list<Event...>> {
        using type = std::tuple<topic<Event>..., topic<close_info>>;
    };

    template <class Event>
    static void end(topic<Event>& ending) {
        for (const auto& weak : ending.streams)
            if (const auto stream = weak.lock()) stream->end();
        ending.streams.clear();
    }

    template <class Event>
    topic<Event>& topic_of() {
        return std::get<topic<Event>>(topics_);
    }

    asio::any_io_executor executor_;
    bool closed_ = false;
    std::vector<std::shared_ptr<stream_base>> full_;
    typename topics_of<events>::type topics_;
};

} // namespace nakama::realtime
