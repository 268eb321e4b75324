// Where a socket asks for what it has missed.
#pragma once

#include "call/session_state.hpp"

#include <nakama/api/channels.hpp>
#include <nakama/api/notifications.hpp>

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace nakama::realtime {

/// Implemented by what stands above, which has the operations of the server's HTTP interface.
class history {
public:
    struct page_request {
        std::string channel_id{}; ///< empty for notifications
        std::string cursor{};     ///< of the newest that is known; empty for none
        bool forward = true;      ///< of channels: oldest first
        int limit = 100;
        std::chrono::milliseconds timeout{};
    };

    virtual ~history() = default;
    virtual asio::awaitable<channel_message_list> messages(std::shared_ptr<call::session_state> session,
                                                           page_request page) = 0;
    virtual asio::awaitable<notification_list> notices(std::shared_ptr<call::session_state> session,
                                                       page_request page) = 0;
};

} // namespace nakama::realtime
