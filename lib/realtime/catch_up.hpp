// Finds what was said while the socket was away.
#pragma once

#include "history.hpp"
#include "seen.hpp"

#include <nakama/error.hpp>

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

    /// Take where a history ends now for the place from which we know everything.
    asio::awaitable<void> mark_channel(session_ptr session, std::string id);
    asio::awaitable<void> mark_notifications(session_ptr session);

    /// What has come by itself.
    void came(const channel_message& message);
    void came(const notifications& some);

    /// What has not been seen since, oldest first; counts as seen from now on. Throws nakama::error.
    asio::awaitable<std::vector<channel_message>> missed_messages(session_ptr session, std::string id);
    asio::awaitable<std::vector<notification>> missed_notifications(session_ptr session);

    bool has_seen(const channel_message& message) const;
    bool has_seen(const notification& one) const;

    void forget(const std::string& channel_id) { channels_.erase(channel_id); }

private:
    struct position {
        bool is_known = false;
        std::string cursor; // may be empty even if known: nothing was there
        seen latest;
    };

    history::page_request page(const position& from, std::string channel_id = {}) const;

    std::shared_ptr<history> source_;
    std::chrono::milliseconds timeout_;
    std::map<std::string, position> channels_;
    position notifications_;
};

} // namespace nakama::realtime
