// Generated from gen/api by nakama-gen; not to be edited.
// Who the player is known as.
#pragma once

#include <nakama/list_view.hpp>

#include <string_view>

namespace satori {

/// Go on under another identity id.
struct identify_request {
    std::string_view id{}; ///< identity id to go on with: letters, digits, `_` and `-`; required
    /// default properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> default_{};
    /// custom properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> custom{};
};

} // namespace satori
