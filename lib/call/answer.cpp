#include "answer.hpp"

#include "wire/utf8.hpp"

#include <array>

namespace nakama::wire {

struct error_body {
    std::int32_t code{};
    std::string message{};
};

template <>
const schema& schema_of<error_body>() {
    // The member `error` is left unread: it may be any JSON value, and `message` says the same.
    static const std::array fields{
        member<&error_body::code>("code"),
        member<&error_body::message>("message"),
    };
    static const schema layout{"error", fields};
    return layout;
}

} // namespace nakama::wire

namespace nakama::call {
namespace {

/// For answers that do not tell their code, such as those of a proxy.
grpc_code code_of_status(int status) {
    switch (status) {
    case 400:
        return grpc_code::invalid_argument;
    case 401:
        return grpc_code::unauthenticated;
    case 403:
        return grpc_code::permission_denied;
    case 404:
        return grpc_code::not_found;
    case 408:
    case 504:
        return grpc_code::deadline_exceeded;
    case 409:
        return grpc_code::already_exists;
    case 429:
        return grpc_code::resource_exhausted;
    case 499:
        return grpc_code::cancelled;
    case 500:
        return grpc_code::internal;
    case 501:
        return grpc_code::unimplemented;
    case 502:
    case 503:
        return grpc_code::unavailable;
    default:
        return grpc_code::unknown;
    }
}

} // namespace

error refusal(const operation& operation, const http_response& response) {
    error_details details{
        .operation = std::string{operation.name},
        .http_status = response.status,
        .maybe_sent = true,
    };
    wire::error_body body;
    const bool readable = !wire::read_json(response.body, body);
    details.server_message = readable && !body.message.empty() ? body.message : wire::excerpt(response.body);
    const bool has_code = readable && body.code >= 1 && body.code <= 16;
    const auto code = has_code ? static_cast<grpc_code>(body.code) : code_of_status(response.status);
    return error{code, std::move(details)};
}

error malformed(std::string_view operation, const wire::read_failure& failure, int http_status,
                int attempts) {
    std::string message = failure.what;
    if (!failure.where.empty()) message = "field " + failure.where + ": " + message;
    message += " (near byte " + std::to_string(failure.offset) + ")";
    return error{errc::malformed_answer, error_details{.message = std::move(message),
                                                       .operation = std::string{operation},
                                                       .http_status = http_status,
                                                       .attempts = attempts,
                                                       .maybe_sent = true}};
}

} // namespace nakama::call
