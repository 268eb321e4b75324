// What users sign in with: the kinds of identities, where an account keeps them, and what they have to look
// like.
#pragma once

#include <nakama/api/accounts.hpp>

#include <array>
#include <string>
#include <string_view>

namespace nakama::sandbox {

enum class identity_kind {
    apple,
    custom,
    device,
    email,
    facebook,
    facebook_instant_game,
    game_center,
    google,
    steam,
};

/// The kinds that an account has at most one identity of: all but devices.
inline constexpr std::array single_identities{
    identity_kind::apple,    identity_kind::custom,      identity_kind::email,
    identity_kind::facebook, identity_kind::google,      identity_kind::facebook_instant_game,
    identity_kind::steam,    identity_kind::game_center,
};

/// Where an account keeps its one identity of a kind; empty text for none. Not for devices.
[[nodiscard]] std::string& identity_in(nakama::account& account, identity_kind kind);

/// Whether there is something left to sign in with once the one identity of `kind` is gone.
[[nodiscard]] bool can_do_without(nakama::account& account, identity_kind kind);
/// The same for one of the devices.
[[nodiscard]] bool can_do_without_device(nakama::account& account, std::string_view device);

[[nodiscard]] bool has_blanks_or_controls(std::string_view text);
[[nodiscard]] std::string lower_case(std::string text);

/// Throw refusal in the words of signing in.
void check_username(std::string_view name);
void check_device_id(std::string_view id);
void check_custom_id(std::string_view id);
void check_email_characters(std::string_view email);
void check_email_form(std::string_view email);
void check_password(std::string_view password);

/// The server's pattern lets blanks pass and stumbles over an opening bracket directly before a closing one.
[[nodiscard]] bool is_valid_username(std::string_view name);

} // namespace nakama::sandbox
