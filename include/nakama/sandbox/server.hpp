// A stand-in Nakama server for tests and demonstrations: in process, over real TCP, ready in milliseconds.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/config.hpp>
#include <nakama/sandbox/accounts.hpp>
#include <nakama/sandbox/faults.hpp>
#include <nakama/sandbox/friends.hpp>
#include <nakama/sandbox/notifications.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

namespace asio = boost::asio;

/// What a server that speaks TLS shows its clients. With both names empty it makes a certificate for
/// localhost, 127.0.0.1 and ::1 and throws it away in the end: clients trust it by server::certificate().
struct tls_config {
    std::string certificate_file{}; ///< PEM, its chain below it
    std::string private_key_file{}; ///< PEM without a password; may be left empty if the other file has it
};

/// How the sandbox behaves; defaults are those of a real server unless said otherwise.
struct server_config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0 takes a free one, see server::port()
    std::string server_key = "defaultkey";
    std::string http_key = "defaulthttpkey";
    std::chrono::seconds token_expiry{60};           ///< life of a session's token
    std::chrono::seconds refresh_token_expiry{3600}; ///< life of a refresh token
    /// A real server's is 15 s; here a match is sought at once and then this often.
    std::chrono::milliseconds matchmaker_interval{100};
    bool mutual_matching = false; ///< the matched have to want each other: a real server's rev_precision
    std::size_t max_message_bytes = 4096;               ///< of a message to the socket
    std::size_t max_request_bytes = 262144;             ///< of a request's body
    std::shared_ptr<nakama::clock> clock{};             ///< tells the time and waits; the real one by default
    std::optional<tls_config> tls{};                    ///< speaks TLS, for requests and sockets
    std::uint64_t seed = 0;                             ///< of ids and tokens; 0 makes other ones every time
    std::function<void(const std::string& line)> log{}; ///< is told of requests and messages, without secrets
};

/// Who calls a function of the sandbox.
struct rpc_context {
    std::string user_id{}; ///< empty when called with the HTTP key
    std::string username{};
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

using rpc_function = std::function<std::string(const rpc_context& context, const std::string& payload)>;

/// Serves the operations and messages that the client of this version has, as the real server would.
/// Accounts and everything else live in memory and go with the server.
///
/// Use it from its executor's thread (or strand) alone; running it on the client's own io_context is fine.
class NAKAMA_API server {
public:
    /// Listens at once. Throws boost::system::system_error if the address cannot be taken, and
    /// std::runtime_error if the files for TLS cannot be used.
    explicit server(asio::any_io_executor executor, server_config config = {});
    /// Stops; connections are cut.
    ~server();

    server(server&&) noexcept;
    server& operator=(server&&) noexcept;

    /// The port that is listened on.
    std::uint16_t port() const noexcept;

    /// Makes `function` callable as `id` (matched in lower case) by rpc, over HTTP and over the socket.
    void register_rpc(std::string id, rpc_function function);

    /// The state, to put in and to look at.
    [[nodiscard]] sandbox::accounts accounts();
    [[nodiscard]] sandbox::friends friends();
    [[nodiscard]] sandbox::notifications notifications();

    /// What goes wrong on order.
    [[nodiscard]] sandbox::faults faults();

    /// Puts in what a JSON document says, on a server that has no accounts yet. It is an object with lists;
    /// users are named by their usernames throughout, which is why accounts need one. Members of entries are
    /// those of the structures in this folder that things are put in by; what is JSON there, as `metadata`,
    /// may be an object here as well as a text:
    ///
    ///     {"accounts": [{"username": "ada", "devices": ["device-of-ada"], "metadata": {"level": 3}},
    ///                   {"username": "bob", "email": "bob@example.com", "password": "secret of bob"}],
    ///      "friends": [["ada", "bob"],
    ///                  {"user": "ada", "other": "cat", "state": "invite_sent", "metadata": {"from":
    ///                  "chat"}}],
    ///      "notifications": [{"user": "ada", "subject": "welcome", "content": {"coins": 5}, "code": 1,
    ///                         "sender": "bob"}]}
    ///
    /// States of friends are "friend", "invite_sent", "invite_received" and "blocked".
    /// Throws std::invalid_argument with `name`, line, column, the place in the document and what is wrong
    /// there; then nothing of it was put in. Throws std::logic_error if there are accounts or the server has
    /// stopped.
    void load_seed(std::string_view json, std::string_view name = "seed");

    /// What clients have to trust, PEM; empty without TLS.
    [[nodiscard]] std::string certificate() const;

    /// How many sockets are connected.
    std::size_t socket_count() const noexcept;

    /// Ends all sockets as the server itself would, with close code 1000 and `reason`.
    void disconnect_all(std::string reason = "server-side session disconnect");

    /// Stops listening and cuts every connection without a word; later calls do nothing.
    void stop() noexcept;

private:
    class implementation;
    struct scratch;
    explicit server(const scratch& like);
    std::shared_ptr<implementation> implementation_;
};

} // namespace nakama::sandbox
