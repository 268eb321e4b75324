#include "call/session_state.hpp"

#include <nakama/api/authentication.hpp>
#include <nakama/session.hpp>

#include <utility>

namespace nakama {

struct session::state final : call::session_state {
    bool created = false;
};

session::session() : session{std::make_shared<state>()} {}

session::session(std::string_view token, std::string_view refresh_token) : session{} {
    state_->take(token, refresh_token, {});
}

session::session(const session_tokens& tokens) : session{} {
    update(tokens);
}

session::session(std::shared_ptr<call::session_state> shared) noexcept : session_handle{std::move(shared)} {}

void session::update(const session_tokens& tokens) {
    take(tokens, {});
}

void session::take(const session_tokens& tokens, std::optional<time_point> came) {
    state_->take(tokens.token, tokens.refresh_token, came);
    static_cast<state&>(*state_).created = tokens.created;
}

bool session::created() const noexcept {
    return static_cast<const state&>(*state_).created;
}
const std::string& session::user_id() const noexcept {
    return state_->claims().uid;
}
const std::string& session::username() const noexcept {
    return state_->claims().usn;
}
const std::map<std::string, std::string>& session::vars() const noexcept {
    return state_->claims().vrs;
}

} // namespace nakama
