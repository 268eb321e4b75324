// Finds what was said while the socket was away.
#pragma once

#include "history.hpp"
#include "seen.hpp"

#include <nakama/error.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nakama::realtime {

/// Remembers where in each history we are, by the server's cacheable cursors, and what has come since.
class catch_up {
public:
    using session_ptr = std::shared_ptr<call::session_state>;

    catch_up(std::shared_ptr<history> source, std::chrono::milliseconds timeout)
        : source_{std::move(source)}, timeout_{timeout} {}

    /// Take where a history ends now for a place from which we know everything: at once if none is known,
    /// otherwise when it is_far_behind() once more, since what is on its way now has not been seen yet.
    asio::awaitable<void> mark_channel(session_ptr session, std::string id);
    asio::awaitable<void> mark_notifications(session_ptr session);

    /// Answers to marking that are on their way say nothing any more.
    void line_lost() { ++lines_; }

    /// What has come by itself.
    void came(const channel_message& message);
    void came(const notifications& some);

    /// Whether so much has come since the known place that a later one is worth asking for. Says so once.
    bool is_far_behind(const std::string& channel_id);
    bool is_far_behind() { return advance(notifications_); }

    /// What was missed, oldest first, and why that is not all of it.
    template <class Item>
    struct missed_part {
        std::vector<Item> items{};
        std::optional<error> rest{};
    };
    /// Counts as seen from now on. Throws nakama::error; then nothing has changed.
    asio::awaitable<missed_part<channel_message>> missed_messages(session_ptr session, std::string id);
    asio::awaitable<missed_part<notification>> missed_notifications(session_ptr session);

    bool has_seen(const channel_message& message) const;
    bool has_seen(const notification& one) const;

    void forget(const std::string& channel_id) { channels_.erase(channel_id); }
    void keep_only(const std::function<bool(const std::string&)>& is_kept) {
        std::erase_if(channels_, [&](const auto& each) { return !is_kept(each.first); });
    }
    void clear() {
        channels_.clear();
        notifications_ = {};
        ++lines_;
    }

private:
    struct position {
        bool is_known = false;
        std::string cursor;               // may be empty even if known: nothing was there
        std::optional<std::string> later; // taken when more has come
        std::size_t come = 0;             // since either was asked for
        seen latest;
    };

    static bool advance(position& here);
    static void take(position& here, std::string cursor);
    history::page_request page(const position& from, std::string channel_id = {}) const;

    std::shared_ptr<history> source_;
    std::chrono::milliseconds timeout_;
    std::map<std::string, position> channels_;
    position notifications_;
    unsigned lines_ = 0; // how many connections were lost
};

} // namespace nakama::realtime
