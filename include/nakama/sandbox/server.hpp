// A stand-in Nakama server for tests and demonstrations: in process, over real TCP, ready in milliseconds.
#pragma once

#include <nakama/api/matchmaker.hpp>
#include <nakama/clock.hpp>
#include <nakama/config.hpp>
#include <nakama/sandbox/accounts.hpp>
#include <nakama/sandbox/channels.hpp>
#include <nakama/sandbox/events.hpp>
#include <nakama/sandbox/faults.hpp>
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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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
    std::optional<tls_config> tls{};                    ///< speaks TLS, for requests and sockets
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
    /// Listens at once. Throws std::invalid_argument for a configuration that cannot work and
    /// boost::system::system_error if the address cannot be taken, and std::runtime_error if the files for
    /// TLS cannot be used.
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
    /// std::invalid_argument if there is no such thing, or none that takes hooks: "rpc", "healthcheck" and
    /// what only Satori has.
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

    /// What goes wrong on order.
    [[nodiscard]] sandbox::faults faults();

    /// Puts in what a JSON document says, on a server that has no accounts and boards yet. It is an object
    /// with lists, which are put in in the order of this example. Users are named by their usernames
    /// throughout, which is why accounts need one. Members of entries are those of the structures in this
    /// folder that things are put in by; what is JSON there, as `metadata`, may be an object here as well as
    /// a text:
    ///
    ///     {"accounts": [{"username": "ada", "devices": ["device-of-ada"], "metadata": {"level": 3}},
    ///                   {"username": "bob", "email": "bob@example.com", "password": "secret of bob"},
    ///                   {"username": "cat", "custom_id": "cat-1"}],
    ///      "friends": [["ada", "bob"],
    ///                  {"user": "ada", "other": "cat", "state": "invite_sent",
    ///                   "metadata": {"from": "chat"}}],
    ///      "groups": [{"name": "The Larks", "creator": "ada", "open": true,
    ///                  "members": ["bob", {"user": "cat", "state": "admin"}]}],
    ///      "storage": [{"collection": "saves", "key": "one", "user": "ada", "value": {"level": 1}},
    ///                  {"collection": "shop", "key": "prices", "value": {"hat": 5}, "permission_read": 2}],
    ///      "leaderboards": [{"id": "points", "order": "highest_first", "operator": "best",
    ///                        "reset_schedule": "0 0 * * 1", "records": [{"user": "ada", "score": 10}]}],
    ///      "tournaments": [{"id": "cup", "title": "Cup", "duration": "24h", "join_required": true,
    ///                       "records": [{"user": "ada", "score": 5}, {"user": "bob"}]}],
    ///      "messages": [{"room": "parlour", "sender": "ada", "content": {"text": "hello"}},
    ///                   {"group": "The Larks", "content": {"text": "welcome"}},
    ///                   {"sender": "ada", "to": "bob", "content": {"text": "psst"}}],
    ///      "notifications": [{"user": "ada", "subject": "welcome", "content": {"coins": 5}, "code": 1,
    ///                         "sender": "bob"}],
    ///      "receipts": [{"store": "apple_app_store", "receipt": "a receipt",
    ///                    "purchases": [{"product_id": "coins", "transaction_id": "t-1"}]},
    ///                   {"store": "google_play_store", "receipt": "another",
    ///                    "subscription": {"product_id": "gold", "original_transaction_id": "t-2",
    ///                                     "expiry_time": "2027-01-01T00:00:00Z"}}],
    ///      "satori": {"flags": [{"name": "double-xp", "value": "false"}],
    ///                 "experiments": [{"name": "shop", "variants": [{"name": "wide", "value": "3"}]}],
    ///                 "live_events": [{"name": "weekend", "start_time": "2026-12-25T18:00:00Z",
    ///                                  "duration": "48h", "every": "168h", "flags": {"double-xp": "true"},
    ///                                  "who": {"ids": ["player-1"], "custom": {"level": "3"}}}],
    ///                 "identities": [{"id": "player-1", "custom": {"level": "3"}}],
    ///                 "messages": [{"to": "player-1", "text": "hello"}],
    ///                 "events": ["level_won"], "default_properties": ["country"]}}
    ///
    /// - States of friends are "friend", "invite_sent", "invite_received" and "blocked".
    /// - States of members of a group are "superadmin", "admin", "member", "join_request" and
    ///   "banned".
    /// - What is stored for nobody is the system user's.
    /// - Orders of boards are "lowest_first" and "highest_first", operators "best", "set", "increment" and
    ///   "decrement". A record in a tournament that has no score is of a user who has joined.
    /// - A message is in a room, a group (by its name) or goes from its sender to a user. Without sender the
    ///   system user says it.
    /// - Stores and their environments have the names of store_provider and store_environment.
    /// - Durations are seconds, or texts as "90s", "5m" and "2h"; times are texts as "2026-12-24T18:00:00Z".
    /// - An audience of Satori takes who has one of the ids, if there are any, and all of the properties.
    ///
    /// Throws std::invalid_argument with `name`, line, column, the place in the document and what is wrong
    /// there; then nothing of it was put in. Throws std::logic_error if there are accounts, leaderboards or
    /// tournaments, or the server has stopped.
    void load_seed(std::string_view json, std::string_view name = "seed");

    /// What clients have to trust, PEM; empty without TLS.
    [[nodiscard]] std::string certificate() const;

    /// How many sockets are connected.
    std::size_t socket_count() const noexcept;

    /// Ends all sockets as the server itself would, with close code 1000 and `reason`.
    void disconnect_all(std::string reason = "server-side session disconnect");

    /// Stops listening and cuts every connection without a word. Views taken afterwards find nothing, and
    /// what would change the state by them throws std::logic_error; earlier ones do so once the executor has
    /// run what the cut connections still have to do. Registering and stopping do nothing any more.
    void stop() noexcept;

private:
    class implementation;
    struct scratch;
    explicit server(const scratch& like);
    std::shared_ptr<implementation> implementation_;
};

} // namespace nakama::sandbox
