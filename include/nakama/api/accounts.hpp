// Generated from gen/api by nakama-gen; not to be edited.
// The caller's own account.
#pragma once

#include <nakama/api/users.hpp>
#include <nakama/timestamp.hpp>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// A device, as an identity to sign in with.
struct account_device {
    std::string id{}; ///< [1] no blanks and control characters; 10 to 128 bytes; required
    /// [2] travel in the session's token and show up in the server's runtime
    std::map<std::string, std::string> vars{};

    bool operator==(const account_device&) const = default;
};

/// The private side of a user: what only its owner may see.
struct account {
    nakama::user user{}; ///< [1] the public side
    std::string wallet{}; ///< [2] a JSON object as text, changed by the server only
    std::string email{}; ///< [3] linked address in lower case; empty if there is none
    std::vector<account_device> devices{}; ///< [4] those linked to sign in with
    std::string custom_id{}; ///< [5] linked id from another system, 6 to 128 bytes; empty if there is none
    timestamp verify_time{}; ///< [6] when the email address was verified; unset if it was not
    timestamp disable_time{}; ///< [7] when the account was disabled; unset if it is in use

    bool operator==(const account&) const = default;
};

/// Change the caller's own account; what is not set stays as it is.
struct update_account_request {
    std::optional<std::string_view> username{}; ///< [1] unique, no control characters; 1 to 128 bytes
    std::optional<std::string_view> display_name{}; ///< [2] not unique; empty clears it; up to 255 characters
    std::optional<std::string_view> avatar_url{}; ///< [3] empty clears it; up to 512 characters
    std::optional<std::string_view> lang_tag{}; ///< [4] BCP 47 tag, cannot be cleared; 1 to 18 characters
    std::optional<std::string_view> location{}; ///< [5] free text; empty clears it; up to 255 characters
    std::optional<std::string_view> timezone{}; ///< [6] free text; empty clears it; up to 255 characters
};

} // namespace nakama
