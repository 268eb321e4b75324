#include <nakama/error.hpp>

namespace nakama {
namespace {

class client_errors final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nakama"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
        case errc::cancelled:
            return "cancelled by the caller";
        case errc::timed_out:
            return "timed out";
        case errc::closed:
            return "closed";
        case errc::resolve_failed:
            return "host name not found";
        case errc::connect_failed:
            return "cannot connect";
        case errc::tls_failed:
            return "TLS failed";
        case errc::connection_lost:
            return "connection lost";
        case errc::upgrade_refused:
            return "the server refused to open a socket";
        case errc::malformed_answer:
            return "malformed answer";
        case errc::invalid_argument:
            return "invalid argument";
        case errc::message_too_large:
            return "message too large";
        case errc::overflow:
            return "stream not read fast enough";
        case errc::session_expired:
            return "session expired, sign in again";
        case errc::storage_failed:
            return "session store failed";
        }
        return "unknown error " + std::to_string(value);
    }
};

class grpc_errors final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nakama.grpc"; }
    std::string message(int value) const override {
        switch (static_cast<grpc_code>(value)) {
        case grpc_code::cancelled:
            return "cancelled by the server";
        case grpc_code::unknown:
            return "unknown server error";
        case grpc_code::invalid_argument:
            return "invalid argument";
        case grpc_code::deadline_exceeded:
            return "the server's deadline passed";
        case grpc_code::not_found:
            return "not found";
        case grpc_code::already_exists:
            return "already exists";
        case grpc_code::permission_denied:
            return "permission denied";
        case grpc_code::resource_exhausted:
            return "resource exhausted";
        case grpc_code::failed_precondition:
            return "failed precondition";
        case grpc_code::aborted:
            return "aborted";
        case grpc_code::out_of_range:
            return "out of range";
        case grpc_code::unimplemented:
            return "unimplemented";
        case grpc_code::internal:
            return "internal server error";
        case grpc_code::unavailable:
            return "unavailable";
        case grpc_code::data_loss:
            return "data loss";
        case grpc_code::unauthenticated:
            return "unauthenticated";
        }
        return "unknown server code " + std::to_string(value);
    }
};

class realtime_errors final : public boost::system::error_category {
public:
    const char* name() const noexcept override { return "nakama.realtime"; }
    std::string message(int value) const override {
        switch (static_cast<realtime_code>(value)) {
        case realtime_code::unrecognized_payload:
            return "unrecognized payload";
        case realtime_code::missing_payload:
            return "missing payload";
        case realtime_code::bad_input:
            return "bad input";
        case realtime_code::match_not_found:
            return "match not found";
        case realtime_code::match_join_rejected:
            return "match join rejected";
        case realtime_code::runtime_function_not_found:
            return "function not found";
        case realtime_code::runtime_function_exception:
            return "function failed";
        case realtime_code::runtime_exception:
            return "the server failed";
        }
        return "unknown realtime code " + std::to_string(value);
    }
};

/// "get_account: unauthenticated (HTTP 401): Auth token invalid"
std::string describe(boost::system::error_code code, const error_details& details) {
    std::string text = details.operation;
    if (!text.empty()) text += ": ";
    text += code.message();
    if (details.http_status != 0) text += " (HTTP " + std::to_string(details.http_status) + ")";
    if (!details.message.empty()) text += ": " + details.message;
    if (!details.server_message.empty()) text += ": " + details.server_message;
    // The server's text may hold anything, and a line of a log must stay one.
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    if (details.attempts > 1) text += " [after " + std::to_string(details.attempts) + " attempts]";
    return text;
}

} // namespace

const boost::system::error_category& client_category() noexcept {
    static const client_errors category;
    return category;
}

const boost::system::error_category& grpc_category() noexcept {
    static const grpc_errors category;
    return category;
}

const boost::system::error_category& realtime_category() noexcept {
    static const realtime_errors category;
    return category;
}

error::error() : error{boost::system::error_code{}, error_details{}} {}

error::error(boost::system::error_code code, std::string message)
    : error{code, error_details{.message = std::move(message)}} {}

error::error(boost::system::error_code code, error_details details)
    : system_error{code}, details_{std::make_shared<const error_details>(std::move(details))},
      what_{std::make_shared<const std::string>(describe(code, *details_))} {}

const char* error::what() const noexcept {
    return what_->c_str();
}

void throw_exception_from_error(const error& failure, const boost::source_location&) {
    throw failure;
}

} // namespace nakama
