// The client: signs users in, calls the server's operations, opens sockets.
#pragma once

#include <nakama/api/operations.hpp>
#include <nakama/api/rpc.hpp>
#include <nakama/clock.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/session_store.hpp>
#include <nakama/tls_options.hpp>
#include <nakama/transport.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama {

class socket;
struct socket_config;

/// Where the server is and how to talk to it. Everything has a default that fits a server on this machine.
struct client_config {
    std::string host = "127.0.0.1"; ///< name or address, IPv6 without brackets
    std::uint16_t port = 7350;
    std::string path_prefix{};         ///< before every path, for reverse proxies: "/game1"
    bool tls = false;                  ///< HTTPS and WSS; the server's certificate is verified
    nakama::tls_options tls_options{}; ///< whom to trust, and a certificate of one's own
    http_proxy proxy{};
    /// Further headers of every request and of sockets' handshakes, name and value: for a reverse proxy, for
    /// example.
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string server_key = "defaultkey";

    std::chrono::milliseconds timeout = std::chrono::seconds{10}; ///< of every call, all attempts included
    retry_policy retry = retries::none();
    /// Sessions are renewed before a call once no more than this share of their token's life is left, and
    /// when a server refuses the token. 0 leaves that to the program.
    double refresh_lead = 0.2;
    transport_limits limits{};
    nakama::compression compression = nakama::compression::automatic; ///< of answers

    std::shared_ptr<nakama::transport> transport{}; ///< instead of the library's own
    std::shared_ptr<nakama::clock> clock{};         ///< instead of the computer's
    std::shared_ptr<nakama::observer> observer{};
    std::uint64_t seed = 0; ///< of jitter; 0 takes a random one
};

/// The key that lets other servers call functions of the server's runtime (`runtime.http_key` there).
struct http_key {
    std::string_view text{}; ///< a secret
};

/// Calls a function with GET, which cannot pass a payload.
struct rpc_get_request {
    std::string_view id{};           ///< the function's name, in any case
    list_view<string_entry> query{}; ///< further parameters of the query, which the function sees
};

/// A movable handle. Serves any number of sessions.
///
/// Destroying it cancels what is under way: calls that coroutines still wait for end with errc::closed, and
/// the observer hears no more of them (sockets, which may outlive the client, go on telling it). To be used,
/// with its sessions, from one executor: one thread that runs the io_context, or a strand on several.
class NAKAMA_API client : public operations {
public:
    /// Opens nothing yet. Throws nakama::error with errc::invalid_argument for a configuration that cannot
    /// work.
    explicit client(asio::any_io_executor executor, client_config config = {});
    ~client();
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;

    /// Calls a function of the server's runtime, in a session or, as nobody, by the key for servers.
    /// The server's `RpcFunc`. `POST /v2/rpc/{id}`. Not idempotent.
    asio::awaitable<nakama::rpc> rpc(const session& session, const rpc_request& request,
                                     call_options options = {}) const;
    asio::awaitable<nakama::rpc> rpc(http_key key, const rpc_request& request,
                                     call_options options = {}) const;

    /// The same with payload and answer as they are instead of as JSON texts, for functions that speak JSON
    /// themselves: `"payload"` of what comes is the whole answer, `"id"` the function's name as asked for.
    /// `POST /v2/rpc/{id}?unwrap`. Not idempotent.
    asio::awaitable<nakama::rpc> rpc_unwrap(const session& session, const rpc_request& request,
                                            call_options options = {}) const;
    asio::awaitable<nakama::rpc> rpc_unwrap(http_key key, const rpc_request& request,
                                            call_options options = {}) const;

    /// Calls a function without payload. The server's `RpcFunc`. `GET /v2/rpc/{id}`. Idempotent, as GET is:
    /// do not change anything in functions called so.
    asio::awaitable<nakama::rpc> rpc_get(const session& session, const rpc_get_request& request,
                                         call_options options = {}) const;
    asio::awaitable<nakama::rpc> rpc_get(http_key key, const rpc_get_request& request,
                                         call_options options = {}) const;

    /// The session that `store` keeps under `name`, refreshed if need be, and kept there from now on. Nothing
    /// if none is kept, or if it is spent: sign in and call keep_session. Throws what the store throws and,
    /// if the session is to be refreshed and that fails for now, why.
    asio::awaitable<std::optional<session>> restore_session(std::shared_ptr<session_store> store,
                                                            std::string_view name,
                                                            call_options options = {}) const;

    /// A socket to the same server, not connected yet. It may outlive the client.
    socket create_socket() const;
    socket create_socket(const socket_config& config) const;

    const asio::any_io_executor& get_executor() const noexcept;
};

} // namespace nakama
