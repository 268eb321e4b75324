// Tokens as a server makes them, but signed by nobody.
#pragma once

#include "wire/base64.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace nakama::test {

/// A token that was issued at `issued` and ends at `ends`, in seconds since the epoch; `id` tells it from others.
inline std::string make_token(std::int64_t issued, std::int64_t ends, const std::string& id = "t") {
    std::string payload;
    wire::append_base64(payload, R"({"tid":")" + id + R"(","uid":"user","usn":"name","exp":)" +
                                     std::to_string(ends) + R"(,"iat":)" + std::to_string(issued) + "}");
    for (char& c : payload) c = c == '+' ? '-' : c == '/' ? '_' : c;
    while (payload.ends_with('=')) payload.pop_back();
    return "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9." + payload + ".c2lnbmVk";
}

/// The answer to signing in and to a refresh.
inline std::string tokens_answer(const std::string& token, const std::string& refresh_token) {
    return R"({"token":")" + token + R"(","refresh_token":")" + refresh_token + R"("})";
}

} // namespace nakama::test
