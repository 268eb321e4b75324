// Everything that one sandbox knows and remembers.
#pragma once

#include "sandbox/faults/fault_ledger.hpp"
#include "sandbox/satori/state/state.hpp"
#include "sandbox/state/accounts.hpp"
#include "sandbox/state/boards.hpp"
#include "sandbox/state/friends.hpp"
#include "sandbox/state/groups.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/matchmaker.hpp"
#include "sandbox/state/messages.hpp"
#include "sandbox/state/notifications.hpp"
#include "sandbox/state/party_record.hpp"
#include "sandbox/state/presences.hpp"
#include "sandbox/state/providers.hpp"
#include "sandbox/state/purchases.hpp"
#include "sandbox/state/storage.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/clock.hpp>
#include <nakama/sandbox/events.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace nakama::sandbox {

/// What can be cut: an HTTP connection or a socket.
class connection {
public:
    virtual ~connection() = default;
    /// Ends it without a word.
    virtual void cut() noexcept = 0;
};

class server_match;

/// Owned by the coroutines that serve it, so that it goes with their io_context at the latest.
struct world : std::enable_shared_from_this<world> {
    world(asio::any_io_executor executor_, server_config config_)
        : executor{std::move(executor_)}, config{std::move(config_)},
          clock{config.clock ? config.clock : real_clock()}, started{clock->now()}, ids{config.seed} {}

    asio::any_io_executor executor;
    server_config config;
    std::shared_ptr<nakama::clock> clock;
    nakama::clock::time_point started;

    id_source ids;
    account_book users{ids, clock->wall_now()};
    board_book boards{};
    friend_book friendships{users};
    group_book groups{ids};
    message_book messages{};
    notification_book notices{};
    provider_book providers{};
    purchase_book purchases{};
    std::vector<received_event> events{}; ///< in the order they came
    revocations revoked{config.token_expiry, config.refresh_token_expiry};
    storage_book objects{users};
    std::map<std::string, awaitable_rpc_function> functions{};      ///< by id in lower case
    std::map<std::string, before_hook, std::less<>> before_hooks{}; ///< by operation or kind of message
    std::map<std::string, after_hook, std::less<>> after_hooks{};   ///< by operation
    liveops::state liveops{};

    fault_ledger faults{};
    std::set<connection*> connections{};
    std::map<std::string, peer*> sockets{};                                ///< by session id
    std::map<std::string, std::map<std::string, peer*>> sockets_by_user{}; ///< by user id, by session id
    std::map<std::string, std::set<std::string>> followers{}; ///< session ids by the user they follow
    std::map<std::string, std::set<std::string>> followed{};  ///< the users by the session that follows them
    presences present{};
    std::map<std::string, match_factory> match_factories{};    ///< by name
    std::list<std::shared_ptr<server_match>> server_matches{}; ///< in the order they were made
    std::list<party_record> parties{};                         ///< in the order they were made
    matchmaker pool{config.mutual_matching};
    matchmaker_stats matchmaking_stats{}; ///< as the last search left them
    nakama::clock::time_point last_search{};
    matchmaker_matched_function matchmaker_matched{};
    std::unique_ptr<alarm> matchmaker_alarm{}; ///< set while another interval could find something

    /// Whether a user shows a status. What `online` says.
    [[nodiscard]] bool is_online(const std::string& user_id) const {
        return !present.members({place_kind::status, user_id}).empty();
    }
    void add_socket(peer& socket) {
        sockets[socket.session_id()] = sockets_by_user[socket.user_id()][socket.session_id()] = &socket;
    }
    void remove_socket(const peer& socket) {
        sockets.erase(socket.session_id());
        const auto found = sockets_by_user.find(socket.user_id());
        if (found == sockets_by_user.end()) return;
        found->second.erase(socket.session_id());
        if (found->second.empty()) sockets_by_user.erase(found);
    }
    /// A copy: whoever goes through it may close them.
    [[nodiscard]] std::vector<peer*> sockets_of(const std::string& user_id) const {
        std::vector<peer*> result;
        if (const auto found = sockets_by_user.find(user_id); found != sockets_by_user.end())
            for (const auto& [session, socket] : found->second) result.push_back(socket);
        return result;
    }
    [[nodiscard]] wall_time now() const { return clock->wall_now(); }
    void log(const std::string& line) const noexcept {
        try {
            if (config.log) config.log(line);
        } catch (...) {
            // Who listens to the log must not change what is served.
        }
    }
};

} // namespace nakama::sandbox
