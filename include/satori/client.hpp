// The client of Satori: identities, events, flags, experiments, live events, messages.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/observer.hpp>
#include <nakama/retry.hpp>
#include <nakama/session_store.hpp>
#include <nakama/tls_options.hpp>
#include <nakama/transport.hpp>
#include <satori/api/operations.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace satori {

/// Where the server is and how to talk to it.
struct client_config {
    std::string host = "127.0.0.1"; ///< name or address, IPv6 without brackets
    std::uint16_t port = 7450;
    std::string path_prefix{};         ///< before every path, for reverse proxies: "/liveops"
    bool tls = false;                  ///< HTTPS; the server's certificate is verified
    nakama::tls_options tls_options{}; ///< whom to trust, and a certificate of one's own
    nakama::http_proxy proxy{};
    /// Further headers of every request, name and value: for a reverse proxy, for example.
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string api_key{}; ///< from Satori's console; a secret

    std::chrono::milliseconds timeout = std::chrono::seconds{10}; ///< of every call, all attempts included
    nakama::retry_policy retry = nakama::retries::none();
    /// Sessions are renewed before a call once no more than this share of their token's life is left, and
    /// when a server refuses the token. 0 leaves that to the program.
    double refresh_lead = 0.2;
    nakama::transport_limits limits{};
    nakama::compression compression = nakama::compression::automatic; ///< of answers

    std::shared_ptr<nakama::transport> transport{}; ///< instead of the library's own
    std::shared_ptr<nakama::clock> clock{};         ///< instead of the computer's
    std::shared_ptr<nakama::observer> observer{};
    std::uint64_t seed = 0; ///< of jitter and of events' ids; 0 takes a random one
};

/// A movable handle. Serves any number of sessions.
///
/// Destroying it cancels what is under way: calls that coroutines still wait for end with errc::closed. To be
/// used, with its sessions, from one executor: one thread that runs the io_context, or a strand on several.
class NAKAMA_API client : public operations {
public:
    /// Opens nothing yet. Throws nakama::error with errc::invalid_argument for a configuration that cannot
    /// work.
    explicit client(asio::any_io_executor executor, client_config config);
    ~client();
    client(client&&) noexcept;
    client& operator=(client&&) noexcept;

    /// One flag by its name. Falls back to a flag with `default_value` if the identity has none of that name
    /// and if the call fails, whatever for: a game goes on with its default. Only cancelling it throws.
    asio::awaitable<flag> get_flag(const session& session, std::string_view name,
                                   std::string_view default_value, nakama::call_options options = {}) const;
    /// The same by the API key alone: what the flag is for those who are in no audience.
    asio::awaitable<flag> get_flag_without_session(std::string_view name, std::string_view default_value,
                                                   nakama::call_options options = {}) const;

    /// The session that `store` keeps under `name`, refreshed if need be, and kept there from now on. Nothing
    /// if none is kept, or if it is spent: sign in and call nakama::keep_session. Throws what the store
    /// throws and, if the session is to be refreshed and that fails for now, why.
    asio::awaitable<std::optional<session>> restore_session(std::shared_ptr<nakama::session_store> store,
                                                            std::string_view name,
                                                            nakama::call_options options = {}) const;

    const asio::any_io_executor& get_executor() const noexcept;
};

} // namespace satori
