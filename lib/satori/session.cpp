#include "call/session_state.hpp"

#include <satori/api/authentication.hpp>
#include <satori/session.hpp>

#include <utility>

namespace satori {

struct session::state final : nakama::call::session_state {
    satori::properties properties{};
};

session::session() : session{std::make_shared<state>()} {}

session::session(std::string_view token, std::string_view refresh_token) : session{} {
    state_->take(token, refresh_token, {});
}

session::session(const session_tokens& tokens) : session{} {
    update(tokens);
}

session::session(std::shared_ptr<nakama::call::session_state> shared) noexcept
    : session_handle{std::move(shared)} {}

void session::update(const session_tokens& tokens) {
    take(tokens, {});
}

void session::take(const session_tokens& tokens, std::optional<time_point> came) {
    // Without tokens the server was asked for no session.
    if (!tokens.token.empty() || !tokens.refresh_token.empty())
        state_->take(tokens.token, tokens.refresh_token, came);
    static_cast<state&>(*state_).properties = tokens.properties;
}

const std::string& session::session_id() const noexcept {
    return state_->claims().sid;
}
const std::string& session::identity_id() const noexcept {
    return state_->claims().iid;
}
const satori::properties& session::properties() const noexcept {
    return static_cast<const state&>(*state_).properties;
}

} // namespace satori
