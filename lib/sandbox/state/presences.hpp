// Who is where: the members of channels, of matches, of users' status and of streams.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/sandbox/functions.hpp>

#include <boost/asio/awaitable.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

/// One connected socket, as everything but the connection itself sees it.
class peer {
public:
    peer(std::string session_id, std::string user_id, std::string username)
        : session_id_{std::move(session_id)}, user_id_{std::move(user_id)}, username_{std::move(username)} {
        introduce({});
    }
    virtual ~peer() = default;

    /// Queues an envelope's text.
    virtual void send(std::string text) = 0;
    /// Ends the socket as the server does on its own accord.
    virtual void disconnect(std::string reason) = 0;

    const std::string& session_id() const noexcept { return session_id_; }
    const std::string& user_id() const noexcept { return user_id_; }
    /// As in the token the socket was opened with, also after a rename.
    const std::string& username() const noexcept { return username_; }
    [[nodiscard]] user_presence presence() const {
        return {.user_id = user_id_, .session_id = session_id_, .username = username_};
    }
    /// What functions and hooks see of it.
    const rpc_context& context() const noexcept { return context_; }

    /// No further message of the socket is handled before this is done.
    void wait_for(asio::awaitable<void> work) { work_ = std::move(work); }

protected:
    /// Completes what functions and hooks see of it.
    void introduce(rpc_context context) {
        context_ = std::move(context);
        context_.user_id = user_id_;
        context_.username = username_;
        context_.session_id = session_id_;
    }
    [[nodiscard]] bool has_work() const noexcept { return work_.has_value(); }
    [[nodiscard]] std::optional<asio::awaitable<void>> take_work() { return std::exchange(work_, {}); }

private:
    rpc_context context_;
    std::optional<asio::awaitable<void>> work_;
    std::string session_id_;
    std::string user_id_;
    std::string username_;
};

enum class place_kind { channel, match, status, stream };

/// Where one can be: a channel or match by its id, the status of a user by the user's, a stream by its mode,
/// subject, subcontext and label with dots between them.
struct place {
    place_kind kind{};
    std::string id{};
    auto operator<=>(const place&) const = default;
};

struct member {
    peer* socket = nullptr;
    user_presence presence{};
    bool hidden = false;
    std::string status{}; ///< in a stream, where nobody is told of it
};

class presences {
public:
    /// False if the socket is there already; then nothing changes.
    bool enter(const place& where, member who);

    /// Nothing if the socket is not there.
    std::optional<member> leave(const place& where, const std::string& session_id);

    /// Everybody leaves.
    void clear(const place& where);

    /// Null if the socket is not there.
    [[nodiscard]] member* find(const place& where, const std::string& session_id);

    /// Longest present first.
    [[nodiscard]] const std::vector<member>& members(const place& where) const;

    /// Where anybody is.
    [[nodiscard]] std::vector<std::pair<const place*, const std::vector<member>*>>
    places(place_kind kind) const;

    [[nodiscard]] std::vector<place> places_of(const std::string& session_id) const;

private:
    void forget(const place& where, const std::string& session_id);

    std::map<place, std::vector<member>> places_;
    std::map<std::string, std::set<place>> places_of_; ///< the same by session id
};

} // namespace nakama::sandbox
