// Brings events to those who want them.
#pragma once

#include "net/event.hpp"
#include "place_change.hpp"
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

/// Something that waits for events and is told of their end.
class event_waiter {
public:
    virtual ~event_waiter() = default;
    virtual void events_ended(const error& why) = 0;
};

/// The listeners and streams of one socket. They stay from one connection of the socket to the next, but for
/// streams, which end when the socket does.
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
        return event_stream<Event>{open_state<Event>(options, has_ended)};
    }
    template <class Event>
    std::shared_ptr<stream_state<Event>> open_state(stream_options options, bool has_ended) {
        auto state = std::make_shared<stream_state<Event>>(executor_, options);
        if (closed_ || has_ended) state->end();
        topic_of<Event>().streams.push_back(state);
        return state;
    }

    /// Tells `waiter` when events end.
    void attach(std::weak_ptr<event_waiter> waiter) {
        std::erase_if(waiters_, [](const auto& each) { return each.expired(); });
        waiters_.push_back(std::move(waiter));
    }

    /// Calls the listeners, then feeds the streams. The hub may be closed by what it calls.
    template <class Event>
    void deliver(const Event& event) {
        const auto self = shared_from_this();
        call(event);
        feed(event);
    }

    /// Calls the listeners.
    template <class Event>
    void call(const Event& event) {
        const auto self = shared_from_this();
        const auto& held = std::get<std::unique_ptr<topic<Event>>>(topics_);
        if (!held) return;
        auto& wanted = *held;
        if (wanted.calling == 0)
            std::erase_if(wanted.listeners, [](const auto& entry) { return entry->removed; });
        struct counted {
            explicit counted(int& calls) : count{calls} { ++count; }
            ~counted() { --count; }
            int& count;
        } const calling{wanted.calling};
        // Those who join while it is delivered get the next one.
        for (std::size_t i = 0, known = wanted.listeners.size(); i < known; ++i) {
            if (closed_) return;
            const auto entry = wanted.listeners[i];
            if (entry->removed) continue;
            try {
                entry->hear(event);
            } catch (...) {
                // It is the user's, so it goes where those of handlers go: out of io_context::run.
                asio::post(executor_,
                           [thrown = std::current_exception()] { std::rethrow_exception(thrown); });
            }
        }
    }

    /// Feeds the streams.
    template <class Event>
    void feed(const Event& event) {
        if constexpr (realtime_event<Event>) {
            const auto& wanted = std::get<std::unique_ptr<topic<Event>>>(topics_);
            if (!wanted) return;
            std::erase_if(wanted->streams, [](const auto& stream) { return stream.expired(); });
            for (const auto& weak : wanted->streams) {
                const auto stream = weak.lock();
                const auto asked = stream ? stream->push(event) : pressure::none;
                if (asked == pressure::full) full_.push_back(stream);
                is_crowded_ = is_crowded_ || asked == pressure::crowded;
            }
        }
    }

    /// Whether a stream with overflow::wait is at its capacity, so that room() should be waited for.
    bool is_full() const noexcept { return !full_.empty(); }

    /// Whether a stream has come to its capacity since this was last asked, so that those who take from it
    /// should run before more comes.
    bool take_crowded() noexcept { return std::exchange(is_crowded_, false); }

    asio::awaitable<void> room() {
        const auto self = shared_from_this();
        while (!full_.empty()) {
            const auto stream = full_.back();
            if (!in_haste_) co_await stream->room.wait();
            full_.pop_back();
        }
    }

    /// While in haste nobody is waited for: the socket is closing.
    void make_haste(bool haste) {
        in_haste_ = haste;
        if (haste)
            for (const auto& stream : full_) stream->room.set();
    }

    /// The socket has ended: so do streams and those who wait.
    void end(const error& why) {
        const auto self = shared_from_this();
        std::apply([](auto&... each) { ((each ? end_topic(*each) : void()), ...); }, topics_);
        for (const auto& weak : std::exchange(waiters_, {}))
            if (const auto waiter = weak.lock()) waiter->events_ended(why);
    }

    /// Nobody is called any more.
    void close(const error& why) {
        closed_ = true;
        end(why);
        std::apply([](auto&... each) { ((each ? dismiss(*each) : void()), ...); }, topics_);
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
        int calling = 0; // how many calls of the listeners are under way
    };

    template <class List>
    struct topics_of;
    template <class... Event>
    struct topics_of<event_list<Event...>> {
        using type = std::tuple<std::unique_ptr<topic<Event>>..., std::unique_ptr<topic<close_info>>,
                                std::unique_ptr<topic<place_change>>>;
    };

    template <class Event>
    static void dismiss(topic<Event>& closing) {
        for (const auto& entry : closing.listeners) entry->remove();
        if (closing.calling == 0) closing.listeners.clear();
    }

    template <class Event>
    static void end_topic(topic<Event>& ending) {
        for (const auto& weak : ending.streams)
            if (const auto stream = weak.lock()) stream->end();
        ending.streams.clear();
    }

    template <class Event>
    topic<Event>& topic_of() {
        auto& held = std::get<std::unique_ptr<topic<Event>>>(topics_);
        if (!held) held = std::make_unique<topic<Event>>();
        return *held;
    }

    asio::any_io_executor executor_;
    bool closed_ = false;
    bool in_haste_ = false;
    bool is_crowded_ = false;
    std::vector<std::shared_ptr<stream_base>> full_;
    std::vector<std::weak_ptr<event_waiter>> waiters_;
    typename topics_of<events>::type topics_; // those that were ever asked for: most sockets want few
};

} // namespace nakama::realtime
