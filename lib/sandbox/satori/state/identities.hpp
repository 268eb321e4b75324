// Who is known to Satori, and the sessions they have.
#pragma once

#include "sandbox/satori/state/inbox.hpp"

#include <nakama/sandbox/satori.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace nakama::sandbox::liveops {

struct identity_record {
    liveops::identity identity{};
    std::set<std::string> joined{}; ///< ids of live events
    inbox messages{};
};

class identity_book {
public:
    /// Made if it is new. Throws refusal for what is no id.
    identity_record& enter(const std::string& id, wall_time now);
    /// Null if there is none. Stays where it is.
    [[nodiscard]] identity_record* find(std::string_view id);
    [[nodiscard]] const identity_record* find(std::string_view id) const;
    /// False if there was none.
    bool remove(std::string_view id);

    [[nodiscard]] const std::map<std::string, identity_record, std::less<>>& all() const { return records_; }

private:
    std::map<std::string, identity_record, std::less<>> records_;
};

/// A session is one from authenticating on, under whatever identity and through all refreshing.
class session_book {
public:
    void open(const std::string& session_id, const std::string& identity_id) {
        sessions_.insert_or_assign(session_id, session{identity_id, {}, true});
    }
    /// Tokens for the identity of before are void from now on.
    void change_identity(const std::string& session_id, const std::string& identity_id) {
        open(session_id, identity_id);
    }
    /// A token that is issued again, in the same second, is good again.
    void issued(const std::string& session_id, const std::string& token);

    [[nodiscard]] bool is_valid(const std::string& session_id, const std::string& identity_id,
                                const std::string& token) const;
    [[nodiscard]] bool can_refresh(const std::string& session_id, const std::string& identity_id) const;

    void end_token(const std::string& session_id, const std::string& token);
    void end_refreshing(const std::string& session_id);
    void end(const std::string& session_id) { sessions_.erase(session_id); }
    void end_all(const std::string& identity_id);

private:
    struct session {
        std::string identity_id{};
        std::set<std::string> void_tokens{};
        bool can_refresh = true;
    };

    [[nodiscard]] const session* find(const std::string& session_id, const std::string& identity_id) const;

    std::map<std::string, session> sessions_; // by id
};

} // namespace nakama::sandbox::liveops
