#include "sandbox/state/identities.hpp"

#include "sandbox/http/refusal.hpp"

#include <algorithm>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

void check_id(std::string_view id, const std::string& kind, std::size_t min) {
    if (id.empty()) throw refusal{code::invalid_argument, kind + " ID is required."};
    if (has_blanks_or_controls(id))
        throw refusal{code::invalid_argument, kind + " ID invalid, no spaces or control characters allowed."};
    if (id.size() < min || id.size() > 128)
        throw refusal{code::invalid_argument,
                      kind + " ID invalid, must be " + std::to_string(min) + "-128 bytes."};
}

/// Something, an at sign, something, a dot, something.
bool looks_like_email(std::string_view email) {
    const auto at = email.find('@', 1);
    if (at == std::string_view::npos) return false;
    const auto dot = email.rfind('.', email.size() - 2);
    return dot != std::string_view::npos && dot > at + 1;
}

bool has_single_identity(nakama::account& account, identity_kind but) {
    return std::ranges::any_of(single_identities, [&](identity_kind kind) {
        return kind != but && !identity_in(account, kind).empty();
    });
}

} // namespace

std::string& identity_in(nakama::account& account, identity_kind kind) {
    switch (kind) {
    case identity_kind::apple:
        return account.user.apple_id;
    case identity_kind::custom:
        return account.custom_id;
    case identity_kind::email:
        return account.email;
    case identity_kind::facebook:
        return account.user.facebook_id;
    case identity_kind::facebook_instant_game:
        return account.user.facebook_instant_game_id;
    case identity_kind::game_center:
        return account.user.gamecenter_id;
    case identity_kind::google:
        return account.user.google_id;
    case identity_kind::steam:
        return account.user.steam_id;
    case identity_kind::device:
        break;
    }
    throw std::logic_error{"an account may have many devices"};
}

bool can_do_without(nakama::account& account, identity_kind kind) {
    return !account.devices.empty() || has_single_identity(account, kind);
}

bool can_do_without_device(nakama::account& account, std::string_view device) {
    return has_single_identity(account, identity_kind::device) ||
           std::ranges::any_of(account.devices, [&](const auto& one) { return one.id != device; });
}

bool has_blanks_or_controls(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return is_control(c) || c == ' '; });
}

std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

bool is_valid_username(std::string_view name) {
    return std::ranges::none_of(name, is_control) && name.find("[]") == std::string_view::npos;
}

void check_username(std::string_view name) {
    if (!is_valid_username(name))
        throw refusal{code::invalid_argument, "Username invalid, no spaces or control characters allowed."};
    if (name.size() > 128) throw refusal{code::invalid_argument, "Username invalid, must be 1-128 bytes."};
}

void check_device_id(std::string_view id) {
    check_id(id, "Device", 10);
}

void check_custom_id(std::string_view id) {
    check_id(id, "Custom", 6);
}

void check_email_characters(std::string_view email) {
    if (has_blanks_or_controls(email))
        throw refusal{code::invalid_argument,
                      "Invalid email address, no spaces or control characters allowed."};
}

void check_email_form(std::string_view email) {
    if (!looks_like_email(email)) throw refusal{code::invalid_argument, "Invalid email address format."};
    if (email.size() < 10 || email.size() > 255)
        throw refusal{code::invalid_argument, "Invalid email address, must be 10-255 bytes."};
}

void check_password(std::string_view password) {
    if (password.size() < 8)
        throw refusal{code::invalid_argument, "Password must be at least 8 characters long."};
}

} // namespace nakama::sandbox
