// What is known of an operation before it is called, and one call of it.
#pragma once

#include <nakama/call_options.hpp>
#include <nakama/session.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::call {

enum class credentials : std::uint8_t {
    server_key, ///< Basic, with the server's key
    session,    ///< Bearer, with the session's token
};

/// A row of the table of operations.
struct operation {
    std::string_view name{}; ///< as users know it, "get_account"
    std::string_view method{};
    credentials needs = credentials::session;
    bool idempotent = false; ///< may be repeated although the server may have carried it out
};

/// One call, encoded.
struct request {
    const call::operation* operation = nullptr;
    std::string target{}; ///< path and query, without the configured prefix
    std::string body{};
    std::optional<nakama::session> session{}; ///< of credentials::session
    call_options options{};
};

} // namespace nakama::call
