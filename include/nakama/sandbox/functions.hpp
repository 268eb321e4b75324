// Functions for a sandbox to run: what a real server's runtime module registers.
#pragma once

#include <nakama/config.hpp>
#include <nakama/timestamp.hpp>

#include <boost/asio/awaitable.hpp>

#include <exception>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace nakama::sandbox {

namespace asio = boost::asio;

/// Who calls a function of the sandbox, and how.
struct rpc_context {
    std::string user_id{}; ///< empty when called with the HTTP key
    std::string username{};
    std::map<std::string, std::string> vars{}; ///< of the session
    timestamp session_expiry{};                ///< when the session's token ends, whole seconds
    std::string session_id{};                  ///< of the socket; empty over HTTP
    std::string lang{};                        ///< the socket asked for; empty over HTTP
    std::string client_ip{};   ///< from X-Forwarded-For where that is given, else of the connection
    std::string client_port{}; ///< empty where only the address is known
    std::string method{};      ///< "GET" or "POST"; empty over a socket
    std::map<std::string, std::vector<std::string>>
        query_params{}; ///< over HTTP, without the HTTP key: the values of each name in their order
    std::map<std::string, std::vector<std::string>> headers{}; ///< over HTTP, by names like "Content-Type"
};

/// What a registered function throws to make the call fail with a code of its own.
class NAKAMA_API rpc_failure : public std::exception {
public:
    /// `code` is a gRPC code, 1 to 16; others become 13.
    explicit rpc_failure(std::string message, int code = 13) : message_{std::move(message)}, code_{code} {}
    const char* what() const noexcept override { return message_.c_str(); }
    int code() const noexcept { return code_; }

private:
    std::string message_;
    int code_;
};

/// Gives the answer's payload. Whatever it throws makes the call fail, with the text of what().
using rpc_function = std::function<std::string(const rpc_context& context, const std::string& payload)>;

/// The same for what takes its time. Other connections are served meanwhile; the caller's socket waits, so
/// that its answers keep their order. It is not cancelled when its caller goes.
using awaitable_rpc_function =
    std::function<asio::awaitable<std::string>(rpc_context context, std::string payload)>;

} // namespace nakama::sandbox
