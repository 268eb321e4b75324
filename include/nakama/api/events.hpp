// Generated from gen/api by nakama-gen; not to be edited.
// Events for the server's runtime.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <string_view>

namespace nakama {

/// Something that happened, for the server's runtime.
struct event_request {
    std::string_view name{}; ///< [1] kind of event, agreed upon with the server's code
    list_view<string_entry> properties{}; ///< [2] details by name
    nakama::timestamp timestamp{}; ///< [3] when it happened, by the caller's clock
    bool external{}; ///< [4] of no effect: what clients send always counts as external
};

} // namespace nakama
