// How an operation says no.
#pragma once

#include <exception>
#include <string>

namespace nakama::sandbox {

/// Becomes the answer's error body and HTTP status.
class refusal : public std::exception {
public:
    /// `code` is a gRPC code.
    refusal(int code, std::string message) : message_{std::move(message)}, code_{code} {}
    const char* what() const noexcept override { return message_.c_str(); }
    int code() const noexcept { return code_; }

private:
    std::string message_;
    int code_;
};

/// The gRPC codes that the operations here refuse with.
namespace code {
inline constexpr int unknown = 2;
inline constexpr int invalid_argument = 3;
inline constexpr int not_found = 5;
inline constexpr int already_exists = 6;
inline constexpr int permission_denied = 7;
inline constexpr int failed_precondition = 9;
inline constexpr int unimplemented = 12;
inline constexpr int internal = 13;
inline constexpr int unavailable = 14;
inline constexpr int data_loss = 15;
inline constexpr int unauthenticated = 16;
} // namespace code

} // namespace nakama::sandbox
