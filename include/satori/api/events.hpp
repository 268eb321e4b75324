// Generated from gen/api by nakama-gen; not to be edited.
// What happened in the game, for analytics and audiences.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <string_view>

namespace satori {

/// Something that happened in the game.
struct event {
    std::string_view name{}; ///< as configured on the server
    /// any text that no other event has; one is made where it is empty, so that a retry does not count twice
    std::string_view id{};
    nakama::list_view<nakama::string_entry> metadata{}; ///< further details, by name
    std::string_view value{}; ///< what the event counts or measures, as text
    nakama::timestamp timestamp{}; ///< when it happened, by the producer's clock
    std::string_view identity_id{}; ///< whose event it is; ignored where a session publishes it
    std::string_view session_id{}; ///< the session it belongs to; ignored where a session publishes it
    std::int64_t session_issued_at{}; ///< Unix time in seconds; ignored where a session publishes it
    std::int64_t session_expires_at{}; ///< Unix time in seconds; ignored where a session publishes it
};

/// Publish events.
struct event_request {
    nakama::list_view<event> events{}; ///< one or many; all go in one request
};

/// Publish events.
struct server_event_request {
    nakama::list_view<event> events{}; ///< one or many; all go in one request
};

} // namespace satori
