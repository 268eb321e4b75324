// What is asked over HTTP. Requests borrow: every view is read before the call returns its awaitable.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

namespace nakama {

/// Sign in with an id of the device's own.
struct authenticate_device_request {
    std::string_view id{};          ///< 10 to 128 bytes, no blanks and control characters
    std::optional<bool> create{};   ///< make the account if there is none; the server's default is true
    std::string_view username{};    ///< for a new account; empty lets the server choose
    list_view<string_entry> vars{}; ///< travel in the session's token
};

/// Sign in with an email address, or with a username, and a password.
struct authenticate_email_request {
    std::string_view email{};       ///< 10 to 255 bytes; empty signs in by `username` and never creates
    std::string_view password{};    ///< at least 8 bytes; above 72 the server cannot store it
    std::optional<bool> create{};   ///< make the account if there is none; the server's default is true
    std::string_view username{};    ///< for a new account; empty lets the server choose
    list_view<string_entry> vars{}; ///< travel in the session's token
};

/// Sign in with an id from another system.
struct authenticate_custom_request {
    std::string_view id{};          ///< 6 to 128 bytes, no blanks and control characters
    std::optional<bool> create{};   ///< make the account if there is none; the server's default is true
    std::string_view username{};    ///< for a new account; empty lets the server choose
    list_view<string_entry> vars{}; ///< travel in the session's token
};

/// Extend a session.
struct session_refresh_request {
    list_view<string_entry> vars{}; ///< replace the session's variables if not empty
};

/// Change the caller's own account. What is not set stays as it is; an empty text clears (but for
/// `lang_tag`).
struct update_account_request {
    std::optional<std::string_view> username{};     ///< 1 to 128 bytes
    std::optional<std::string_view> display_name{}; ///< up to 255 characters
    std::optional<std::string_view> avatar_url{};   ///< up to 512 characters
    std::optional<std::string_view> lang_tag{};     ///< up to 18 characters, cannot be cleared
    std::optional<std::string_view> location{};     ///< up to 255 characters
    std::optional<std::string_view> timezone{};     ///< up to 255 characters
};

/// List the caller's friends, a page at a time.
struct list_friends_request {
    std::optional<std::int32_t> limit{}; ///< 1 to 1000; the server's default is 1000
    std::optional<std::int32_t> state{}; ///< only those of one state, see friend_::state
    std::string_view cursor{};           ///< from the page before
};

/// Call a function of the server's runtime.
struct rpc_request {
    std::string_view id{};      ///< the function's name
    std::string_view payload{}; ///< handed to the function as it is, often JSON as text
};

// Trivial, so that a temporary of them inside a co_await expression is safe on every compiler.
#define NAKAMA_ASSERT_BORROWING(type)                                                                        \
    static_assert(std::is_trivially_copyable_v<type> && std::is_trivially_destructible_v<type>)
NAKAMA_ASSERT_BORROWING(authenticate_device_request);
NAKAMA_ASSERT_BORROWING(authenticate_email_request);
NAKAMA_ASSERT_BORROWING(authenticate_custom_request);
NAKAMA_ASSERT_BORROWING(session_refresh_request);
NAKAMA_ASSERT_BORROWING(update_account_request);
NAKAMA_ASSERT_BORROWING(list_friends_request);
NAKAMA_ASSERT_BORROWING(rpc_request);
#undef NAKAMA_ASSERT_BORROWING

} // namespace nakama
