// Generated from gen/api by nakama-gen; not to be edited.
// Signing in, and the tokens of a session.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace nakama {

/// The tokens of a session as signing in and refreshing answer them. The server's `Session`.
struct session_tokens {
    bool created{}; ///< [1] whether this call made the account
    std::string token{}; ///< [2] JWT for requests and sockets, which tells itself when it expires
    std::string refresh_token{}; ///< [3] JWT to extend the session with, also after `token` expired

    bool operator==(const session_tokens&) const = default;
};

/// A refresh token to extend a session with, which no operation takes.
struct account_refresh {
    std::string token{}; ///< [1] JWT
    std::map<std::string, std::string> vars{}; ///< [2] replace the session's variables if not empty

    bool operator==(const account_refresh&) const = default;
};

/// Extend a session.
struct session_refresh_request {
    list_view<string_entry> vars{}; ///< [2] replace the session's variables if not empty
};

/// Sign in with an identity at Apple.
struct authenticate_apple_request {
    /// [1.1] identity token of Sign in with Apple, a JWT; may be left out to unlink
    std::string_view token{};
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an id from another system.
struct authenticate_custom_request {
    std::string_view id{}; ///< [1.1] no blanks and control characters; 6 to 128 bytes
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an id of the device's own.
struct authenticate_device_request {
    std::string_view id{}; ///< [1.1] no blanks and control characters; 10 to 128 bytes; required
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an email address, or with a username, and a password.
struct authenticate_email_request {
    /// [1.1] at sign and a later dot; made lower case; empty signs in by `username`, never creates; 10 to 255
    /// bytes
    std::string_view email{};
    /// [1.2] with a longer one creating fails, and linking leaves no usable password; 8 to 72 bytes
    std::string_view password{};
    /// [1.3] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account, empty for a random one; without `email` whom to sign in; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an identity at Facebook.
struct authenticate_facebook_request {
    std::string_view token{}; ///< [1.1] access token or limited login token; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
    std::optional<bool> sync{}; ///< [4] import the friends from there as well; the server's default is false
};

/// Sign in as a player of a Facebook Instant Game.
struct authenticate_facebook_instant_game_request {
    /// [1.1] signature and payload as the game's SDK gives them; may be left out to unlink
    std::string_view signed_player_info{};
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an identity at Game Center.
struct authenticate_game_center_request {
    std::string_view player_id{}; ///< [1.1] id of the player, as signed by Game Center
    std::string_view bundle_id{}; ///< [1.2] id of the app, as signed by Game Center
    /// [1.3] time of the signature as Game Center tells it; 0 counts as missing
    std::int64_t timestamp_seconds{};
    std::string_view salt{}; ///< [1.4] random bytes of the signature, as base64
    std::string_view signature{}; ///< [1.5] over the player, the app, the time and the salt, as base64
    std::string_view public_key_url{}; ///< [1.6] where the key for the signature is found
    /// [1.7] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an identity at Google.
struct authenticate_google_request {
    std::string_view token{}; ///< [1.1] token of Google sign-in, a JWT; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
};

/// Sign in with an identity at Steam.
struct authenticate_steam_request {
    std::string_view token{}; ///< [1.1] session ticket as hexadecimal text; may be left out to unlink
    /// [1.2] travel in the session's token and show up in the server's runtime
    list_view<string_entry> vars{};
    std::optional<bool> create{}; ///< [2] make the account if there is none; the server's default is true
    /// [3] for a new account; empty lets the server choose ten letters; up to 128 bytes
    std::string_view username{};
    std::optional<bool> sync{}; ///< [4] import the friends from there as well; the server's default is false
};

} // namespace nakama
