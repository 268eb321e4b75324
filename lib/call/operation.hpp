// What is known of an operation before it is called, and one call of it.
#pragma once

#include "session_state.hpp"

#include <nakama/call_options.hpp>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <string_view>

namespace nakama::call {

enum class credentials : std::uint8_t {
    none,
    server_key, ///< Basic, with the server's key
    http_key,   ///< Basic, with the key of server-to-server calls
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
    std::shared_ptr<session_state> session{}; ///< of credentials::session
    std::string http_key{};                   ///< of credentials::http_key
    call_options options{};
    std::mt19937_64* random = nullptr;

    /// A random UUID, for what must be told apart from its repetition.
    std::string unique_id() const;
};

} // namespace nakama::call
