// The matches of a sandbox: games that run on the server itself, and the relayed ones to look at.
#pragma once

#include <nakama/api/matches.hpp>
#include <nakama/api/presences.hpp>
#include <nakama/config.hpp>
#include <nakama/timestamp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct world;

/// What a member said to its match.
struct match_message {
    user_presence sender{};
    std::int64_t op_code{};
    std::string data{}; ///< bytes
    bool reliable{};
    timestamp receive_time{};
};

/// Who wants to join a match.
struct match_join_attempt {
    user_presence presence{};
    std::map<std::string, std::string> metadata{}; ///< as the client gave it
};

/// What becomes of an attempt.
struct match_join_decision {
    bool allowed = true;
    std::string reason{}; ///< of a refusal; if empty the client reads "Match join rejected"
};

/// What a match begins with.
struct match_start {
    int tick_rate = 1;   ///< runs of the loop per second, 1 to 60
    std::string label{}; ///< what listings show and search; at most 2048 bytes, best a JSON object
};

/// What a match says to its members.
struct match_broadcast {
    std::int64_t op_code{};
    std::string data{}; ///< bytes
    /// To these alone, as far as they are members; to all members if unset.
    std::optional<std::vector<user_presence>> presences{};
    std::optional<user_presence> sender{}; ///< who is named as the one who says it; nobody if unset
    bool reliable = true;
};

/// What a handler knows of its match and does to it. It stays the same one for the life of the match. Once
/// the match is over everything that acts throws std::logic_error.
class NAKAMA_API match_dispatcher {
public:
    virtual ~match_dispatcher() = default;

    [[nodiscard]] virtual const std::string& match_id() const noexcept = 0;
    [[nodiscard]] virtual const std::string& label() const noexcept = 0;
    /// How often the loop has run.
    [[nodiscard]] virtual std::int64_t tick() const noexcept = 0;
    /// The members, longest present first.
    [[nodiscard]] virtual const std::vector<user_presence>& presences() const noexcept = 0;

    virtual void broadcast_message(const match_broadcast& message) = 0;
    /// Takes members out. The others see them leave; they themselves are not told.
    virtual void match_kick(const std::vector<user_presence>& members) = 0;
    /// Throws std::invalid_argument for more than 2048 bytes.
    virtual void match_label_update(std::string label) = 0;
    /// Ends the match once the running function returns. Nobody is told.
    virtual void end() = 0;
};

/// A game that runs on the server: derive from it and keep the state of one match in its members. The
/// functions are those of the real server's match handlers, called one at a time. Whatever one of them throws
/// ends the match and disconnects its members.
class NAKAMA_API match_handler {
public:
    virtual ~match_handler() = default;

    /// Called once, with what the match was created with. What it throws is thrown to the creator.
    virtual match_start init(match_dispatcher& match, const std::string& params) = 0;
    /// Called for everybody who is not a member yet.
    virtual match_join_decision join_attempt(match_dispatcher& match, const match_join_attempt& attempt);
    virtual void join(match_dispatcher& match, const std::vector<user_presence>& joined);
    virtual void leave(match_dispatcher& match, const std::vector<user_presence>& left);
    /// Called at the tick rate, with what members said since, at most 128 messages; more are dropped.
    virtual void loop(match_dispatcher& match, const std::vector<match_message>& messages) = 0;
    /// The server is about to end the match in `grace`.
    virtual void terminate(match_dispatcher& match, std::chrono::seconds grace);
    /// Gives what the one who signals is answered.
    virtual std::string signal(match_dispatcher& match, const std::string& data);
};

/// Makes the handler of one match.
using match_factory = std::function<std::unique_ptr<match_handler>()>;

/// A view of a server's matches, see server::matches(). Of a server that has stopped it finds nothing.
class NAKAMA_API matches {
public:
    /// Starts a match of what server::register_match() was told of, and gives its id. `params` reach the
    /// handler as they are. Throws std::invalid_argument if there is no such name or the handler begins with
    /// what is not allowed, what its init() throws, and std::logic_error if the server has stopped.
    std::string create(std::string_view name, const std::string& params = {});

    /// Gives what the handler answers. Throws std::invalid_argument if no such match runs on the server, and
    /// std::runtime_error if the handler fails or ends the match.
    std::string signal(std::string_view match_id, const std::string& data);

    /// Calls terminate() of every match, as a real server does when it shuts down, and ends them if `grace`
    /// is 0.
    void terminate(std::chrono::seconds grace);

    [[nodiscard]] std::optional<listed_match> find(std::string_view match_id) const;
    /// As the clients' listing: those that run on the server first, the newest of them first. Throws
    /// std::invalid_argument for what that refuses.
    [[nodiscard]] std::vector<listed_match> list(const list_matches_request& which = {}) const;
    /// Who is in a match of either kind, longest present first; empty if there is no such match.
    [[nodiscard]] std::vector<user_presence> presences(std::string_view match_id) const;
    /// How many run on the server.
    [[nodiscard]] std::size_t size() const;

private:
    friend class server;
    explicit matches(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
