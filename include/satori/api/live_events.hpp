// Generated from gen/api by nakama-gen; not to be edited.
// Events that run in the game for a time.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace satori {

/// Where a run of a live event stands. The server's `LiveEvent.Status`. Numbers that this version does not
/// know are kept.
enum class live_event_status : std::int32_t {
    unknown = 0, ///< not told
    active = 1, ///< it is running
    upcoming = 2, ///< it has not begun
    terminated = 3, ///< it is over
};

/// One run of a live event.
struct live_event {
    std::string id{}; ///< of the live event, to join it with
    std::string name{}; ///< as configured
    std::string description{}; ///< for people
    std::string value{}; ///< any text, often JSON
    std::int64_t active_start_time_sec{}; ///< begin of this run, Unix time in seconds
    std::int64_t active_end_time_sec{}; ///< end of this run, Unix time in seconds
    std::int64_t start_time_sec{}; ///< begin of the first run, Unix time in seconds
    std::int64_t end_time_sec{}; ///< when there are no more runs, Unix time in seconds; 0 means never
    std::int64_t duration_sec{}; ///< length of a run in seconds
    std::string reset_cron{}; ///< CRON expression for when runs begin; empty if there is only one
    live_event_status status{}; ///< of this run
    std::vector<std::string> labels{}; ///< as configured

    bool operator==(const live_event&) const = default;
};

/// The live events of an identity.
struct live_event_list {
    std::vector<live_event> live_events{}; ///< those that the identity is in
    std::vector<live_event> explicit_join_live_events{}; ///< those that have to be joined first

    bool operator==(const live_event_list&) const = default;
};

/// List live events.
struct get_live_events_request {
    nakama::text_list names{}; ///< only live events of these names; empty means any
    nakama::text_list labels{}; ///< only live events that have these labels; empty means any
    std::int32_t past_run_count{}; ///< how many runs that are over to list, at most, for each live event
    std::int32_t future_run_count{}; ///< how many runs to come to list, at most, for each live event
    std::int64_t start_time_sec{}; ///< begin of the time to look at, Unix time in seconds
    std::int64_t end_time_sec{}; ///< end of the time to look at, Unix time in seconds
};

/// Join a live event.
struct join_live_event_request {
    std::string_view id{}; ///< as in `LiveEvent`; required
};

} // namespace satori
