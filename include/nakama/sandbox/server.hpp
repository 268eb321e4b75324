// A stand-in Nakama server for tests and demonstrations: in process, over real TCP, ready in milliseconds.
#pragma once

#include <nakama/api/matchmaker.hpp>
#include <nakama/clock.hpp>
#include <nakama/config.hpp>
#include <nakama/sandbox/accounts.hpp>
#include <nakama/sandbox/channels.hpp>
#include <nakama/sandbox/events.hpp>
#include <nakama/sandbox/friends.hpp>
#include <nakama/sandbox/functions.hpp>
#include <nakama/sandbox/groups.hpp>
#include <nakama/sandbox/hooks.hpp>
#include <nakama/sandbox/leaderboards.hpp>
#include <nakama/sandbox/matches.hpp>
#include <nakama/sandbox/notifications.hpp>
#include <nakama/sandbox/providers.hpp>
#include <nakama/sandbox/purchases.hpp>
#include <nakama/sandbox/satori.hpp>
#include <nakama/sandbox/sessions.hpp>
#include <nakama/sandbox/storage.hpp>
#include <nakama/sandbox/streams.hpp>
#include <nakama/sandbox/tournaments.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nakama::sandbox {

namespace asio = boost::asio;

/// How the sandbox behaves; defaults are those of a real server unless said otherwise.
struct server_config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0; ///< 0 takes a free one, see server::port()
    std::string server_key = "defaultkey";
    std::string http_key = "defaulthttpkey";
    std::chrono::seconds token_expiry{60};           ///< life of a session's token
    std::chrono::seconds refresh_token_expiry{3600}; ///< life of a refresh token
    bool single_session = false;                     ///< signing in makes the user's earlier tokens void
    std::string
        facebook_instant_game_app_secret{};        ///< what players of Facebook Instant Games are signed with
    std::string facebook_instant_iap_app_secret{}; ///< what purchases in these are signed with
    std::string satori_api_key = "defaultsatorikey";
    std::chrono::seconds satori_token_expiry{300}; ///< of Satori's sessions, as its clients' guides say
    std::chrono::seconds satori_refresh_token_expiry{3600}; ///< of Satori's refresh tokens
    /// A real server's is 15 s; here a match is sought at once and then this often.
    std::chrono::milliseconds matchmaker_interval{100};
    bool single_socket = false;  ///< a user's older sockets are told and closed when he opens another
    bool single_match = false;   ///< who joins a match leaves the others
    bool single_party = false;   ///< who comes into a party leaves the others
    std::string node = "nakama"; ///< what the server calls itself in ids of matches and parties
    std::chrono::milliseconds ping_period{15000}; ///< between a sign of life of a socket and the ping
    std::chrono::milliseconds pong_wait{25000};   ///< between a sign of life of a socket and its end
    std::size_t outgoing_queue_size = 64;         ///< messages that may wait for a slow reader
    bool mutual_matching = false; ///< the matched have to want each other: a real server's rev_precision
    std::size_t max_message_bytes = 4096;               ///< of a message to the socket
    std::size_t max_request_bytes = 262144;             ///< of a request's body
    std::shared_ptr<nakama::clock> clock{};             ///< tells the time and waits; the real one by default
    std::uint64_t seed = 0;                             ///< of ids and tokens; 0 makes other ones every time
    std::function<void(const std::string& line)> log{}; ///< is told of requests and messages, without secrets
};

/// Is told whom the matchmaker has brought together, and gives the id of the match they are to play, or an
/// empty text for a relayed match. What it throws counts as that.
using matchmaker_matched_function = std::function<std::string(const std::vector<matchmaker_user>& users)>;

/// Serves the operations and messages that the client of this version has, as the real server would, and
/// those of Satori on the same port.
/// Accounts and everything else live in memory and go with the server.
///
/// Use it from its executor's thread (or strand) alone; running it on the client's own io_context is fine.
class NAKAMA_API server {
public:
    /// Listens at once. Throws boost::system::system_error if the address cannot be taken.
    explicit server(asio::any_io_executor executor, server_config config = {});
    /// Stops; connections are cut.
    ~server();

    server(server&&) noexcept;
    server& operator=(server&&) noexcept;

    /// The port that is listened on.
    std::uint16_t port() const noexcept;

    /// Makes `function` callable as `id` (matched in lower case) by rpc, over HTTP and over the socket.
    void register_rpc(std::string id, rpc_function function);
    void register_rpc(std::string id, awaitable_rpc_function function);
    /// False if there is no function of this id. A call under way ends as it would have.
    bool unregister_rpc(std::string id);

    /// Lets `hook` run before an operation ("list_notifications") or a kind of message to the socket
    /// ("status_update"), in place of an earlier one; an empty hook takes it away. Throws
    /// std::invalid_argument if there is no such thing, or none that takes hooks: "rpc", "rpc_func" and
    /// "healthcheck".
    void before(std::string name, before_hook hook);
    /// The same after an operation.
    void after(std::string name, after_hook hook);

    /// Makes matches of `name` with handlers from `factory`: see matches::create().
    void register_match(std::string name, match_factory factory);

    /// Lets `function` decide what those play whom the matchmaker brings together.
    void register_matchmaker_matched(matchmaker_matched_function function);

    /// The state, to put in and to look at.
    [[nodiscard]] sandbox::accounts accounts();
    [[nodiscard]] sandbox::channels channels();
    [[nodiscard]] sandbox::events events();
    [[nodiscard]] sandbox::friends friends();
    [[nodiscard]] sandbox::groups groups();
    [[nodiscard]] sandbox::leaderboards leaderboards();
    [[nodiscard]] sandbox::matches matches();
    [[nodiscard]] sandbox::notifications notifications();
    [[nodiscard]] sandbox::providers providers();
    [[nodiscard]] sandbox::purchases purchases();
    [[nodiscard]] sandbox::satori_view satori();
    [[nodiscard]] sandbox::sessions sessions();
    [[nodiscard]] sandbox::storage storage();
    [[nodiscard]] sandbox::streams streams();
    [[nodiscard]] sandbox::tournaments tournaments();

    /// How many sockets are connected.
    std::size_t socket_count() const noexcept;

    /// Ends all sockets as the server itself would, with close code 1000 and `reason`.
    void disconnect_all(std::string reason = "server-side session disconnect");

    /// Stops listening and cuts every connection without a word; later calls do nothing.
    void stop() noexcept;

private:
    class implementation;
    std::shared_ptr<implementation> implementation_;
};

} // namespace nakama::sandbox
