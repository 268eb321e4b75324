// What handles of matches, channels and parties have in common: who is there, and whether one still is.
#pragma once

#include "connection.hpp"
#include "roster.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nakama::realtime {

/// Hears of a place from before it is entered. Shared by a handle and those who wait in it.
class place : public event_waiter, public std::enable_shared_from_this<place> {
public:
    place(std::shared_ptr<connection> connection, std::string kind)
        : connection_{std::move(connection)}, kind_{std::move(kind)} {}
    ~place() override;
    place(const place&) = delete;
    place& operator=(const place&) = delete;

    /// Begins to listen, to events of this type for who comes and goes. `id` names the place in it.
    template <class PresenceEvent>
    void listen(std::string PresenceEvent::* id) {
        begin();
        hear<PresenceEvent>([id](place& here, const PresenceEvent& event) {
            here.change(event.*id, event.joins, event.leaves);
        });
    }

    /// Calls `call` for events as long as the place is there.
    template <class Event, class Function>
    void hear(Function call) {
        listeners_.push_back(
            connection_->events->listen<Event>([weak = weak_from_this(), call](const Event& event) {
                if (const auto here = weak.lock()) call(*here, event);
            }));
    }

    /// It was entered: the snapshot, and oneself. Who is not listed there is hidden.
    void settle(std::string id, const std::vector<user_presence>& presences, const user_presence& self,
                bool is_listed = true);
    /// One is not there any more.
    void end(const error& why);
    void events_ended(const error& why) override { end(why); }

    /// Completes when so many are there. Throws nakama::error: why one is not there any more, or cancelled.
    static asio::awaitable<void> wait_for(std::shared_ptr<place> self, std::size_t count);
    /// Completes when it was entered.
    static asio::awaitable<void> wait_until_settled(std::shared_ptr<place> self) {
        return wait_for(std::move(self), 0);
    }

    bool is_settled() const noexcept { return !id_.empty(); }
    /// Whether a snapshot is on its way: it is being entered, again perhaps.
    bool is_expecting() const noexcept { return !members_.is_settled(); }
    const std::string& id() const noexcept { return id_; }
    const user_presence& self() const noexcept { return self_; }
    const roster& members() const noexcept { return members_; }
    const std::shared_ptr<connection>& line() const noexcept { return connection_; }

    std::function<void()> on_end; ///< of the handle

private:
    struct early_change {
        std::string id;
        std::vector<user_presence> joins, leaves;
    };

    void begin();
    void change(const std::string& id, const std::vector<user_presence>& joins,
                const std::vector<user_presence>& leaves);
    void taken_up(const place_change& told);
    void wake();

    std::shared_ptr<connection> connection_;
    std::string kind_;
    std::string id_; // empty until it was entered
    user_presence self_;
    bool is_listed_ = true;
    roster members_;
    std::vector<early_change> early_; // of any place, while it is not known which is this
    std::optional<error> over_;
    std::vector<net::event*> waiting_;
    std::vector<listener> listeners_;
};

/// The requests of the socket that a handle belongs to.
class speaker final : public realtime_operations {
public:
    explicit speaker(std::shared_ptr<realtime::connection> connection)
        : realtime_operations{std::move(connection)} {}
};

} // namespace nakama::realtime
