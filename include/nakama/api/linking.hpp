// Generated from gen/api by nakama-gen; not to be edited.
// Linking and unlinking the identities of an account.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace nakama {

/// An identity at Apple.
struct link_apple_request {
    std::string_view token{}; ///< [1] identity token of Sign in with Apple, a JWT; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An identity in another system.
struct link_custom_request {
    std::string_view id{}; ///< [1] no blanks and control characters; 6 to 128 bytes
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// A device, as an identity to sign in with.
struct link_device_request {
    std::string_view id{}; ///< [1] no blanks and control characters; 10 to 128 bytes; required
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An email address with its password.
struct link_email_request {
    /// [1] at sign and a later dot; made lower case; empty signs in by `username`, never creates; 10 to 255
    /// bytes
    std::string_view email{};
    /// [2] with a longer one creating fails, and linking leaves no usable password; 8 to 72 bytes
    std::string_view password{};
    list_view<string_entry> vars{}; ///< [3] travel in the session's token and show up in the server's runtime
};

/// Link an identity at Facebook to the caller's account.
struct link_facebook_request {
    std::string_view token{}; ///< [1.1] access token or limited login token; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> sync{}; ///< [2] import the friends from there as well; the server's default is true
};

/// A player of a Facebook Instant Game.
struct link_facebook_instant_game_request {
    /// [1] signature and payload as the game's SDK gives them; may be left out to unlink
    std::string_view signed_player_info{};
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An identity at Game Center; all of its parts are needed, but for unlinking.
struct link_game_center_request {
    std::string_view player_id{}; ///< [1] id of the player, as signed by Game Center
    std::string_view bundle_id{}; ///< [2] id of the app, as signed by Game Center
    /// [3] time of the signature as Game Center tells it; 0 counts as missing
    std::int64_t timestamp_seconds{};
    std::string_view salt{}; ///< [4] random bytes of the signature, as base64
    std::string_view signature{}; ///< [5] over the player, the app, the time and the salt, as base64
    std::string_view public_key_url{}; ///< [6] where the key for the signature is found
    list_view<string_entry> vars{}; ///< [7] travel in the session's token and show up in the server's runtime
};

/// An identity at Google.
struct link_google_request {
    std::string_view token{}; ///< [1] token of Google sign-in, a JWT; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// Link an identity at Steam to the caller's account.
struct link_steam_request {
    std::string_view token{}; ///< [1.1] session ticket as hexadecimal text; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> sync{}; ///< [2] import the friends from there as well; the server's default is true
};

/// An identity at Apple.
struct unlink_apple_request {
    std::string_view token{}; ///< [1] identity token of Sign in with Apple, a JWT; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An identity in another system.
struct unlink_custom_request {
    std::string_view id{}; ///< [1] no blanks and control characters; 6 to 128 bytes
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// A device, as an identity to sign in with.
struct unlink_device_request {
    std::string_view id{}; ///< [1] no blanks and control characters; 10 to 128 bytes; required
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An email address with its password.
struct unlink_email_request {
    /// [1] at sign and a later dot; made lower case; empty signs in by `username`, never creates; 10 to 255
    /// bytes
    std::string_view email{};
    /// [2] with a longer one creating fails, and linking leaves no usable password; 8 to 72 bytes
    std::string_view password{};
    list_view<string_entry> vars{}; ///< [3] travel in the session's token and show up in the server's runtime
};

/// An identity at Facebook.
struct unlink_facebook_request {
    std::string_view token{}; ///< [1] access token or limited login token; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// A player of a Facebook Instant Game.
struct unlink_facebook_instant_game_request {
    /// [1] signature and payload as the game's SDK gives them; may be left out to unlink
    std::string_view signed_player_info{};
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An identity at Game Center; all of its parts are needed, but for unlinking.
struct unlink_game_center_request {
    std::string_view player_id{}; ///< [1] id of the player, as signed by Game Center
    std::string_view bundle_id{}; ///< [2] id of the app, as signed by Game Center
    /// [3] time of the signature as Game Center tells it; 0 counts as missing
    std::int64_t timestamp_seconds{};
    std::string_view salt{}; ///< [4] random bytes of the signature, as base64
    std::string_view signature{}; ///< [5] over the player, the app, the time and the salt, as base64
    std::string_view public_key_url{}; ///< [6] where the key for the signature is found
    list_view<string_entry> vars{}; ///< [7] travel in the session's token and show up in the server's runtime
};

/// An identity at Google.
struct unlink_google_request {
    std::string_view token{}; ///< [1] token of Google sign-in, a JWT; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

/// An identity at Steam.
struct unlink_steam_request {
    std::string_view token{}; ///< [1] session ticket as hexadecimal text; may be left out to unlink
    list_view<string_entry> vars{}; ///< [2] travel in the session's token and show up in the server's runtime
};

} // namespace nakama
