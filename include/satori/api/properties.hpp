// Generated from gen/api by nakama-gen; not to be edited.
// What is known about an identity, and audiences are made from.
#pragma once

#include <nakama/list_view.hpp>

#include <map>
#include <optional>
#include <string>

namespace satori {

/// What is known about an identity.
struct properties {
    std::map<std::string, std::string> default_{}; ///< those that every game has, by name
    /// those that the server works out, by name; clients cannot set them
    std::map<std::string, std::string> computed{};
    std::map<std::string, std::string> custom{}; ///< those of this game, by name

    bool operator==(const properties&) const = default;
};

/// Change properties.
struct update_properties_request {
    std::optional<bool> recompute{}; ///< whether to work out anew at once which audiences the identity is in
    /// default properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> default_{};
    /// custom properties to change, by name; those not named stay as they are
    nakama::list_view<nakama::string_entry> custom{};
};

} // namespace satori
