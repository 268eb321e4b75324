#include "session_state.hpp"

#include <utility>

namespace nakama::call {

void session_state::take(std::string_view token, std::string_view refresh_token,
                         std::optional<time_point> came) {
    auto claims = wire::claims_of(token, "token");
    time_point refresh_end{};
    if (!refresh_token.empty())
        refresh_end = wire::time_of(wire::claims_of(refresh_token, "refresh token").exp);
    auto header = std::make_shared<std::string>(bearer);
    header->append(token);
    const auto life = came ? token_life::issued(claims, *came, life_) : token_life::kept(claims);

    token_ = token;
    authorization_ = std::move(header);
    refresh_token_ = refresh_token;
    claims_ = std::move(claims);
    life_ = life;
    refresh_ends_at_ = refresh_end;
    is_spent = false;
    not_before = {};
    // A copy, since a listener may take itself or others off.
    for (const auto& each : std::list{listeners_})
        if (!each->is_removed) each->call();
}

listener session_state::on_change(std::function<void()> changed) {
    const auto entry = std::make_shared<registered>(std::move(changed));
    listeners_.push_back(entry);
    return listener{[state = weak_from_this(), weak = std::weak_ptr{entry}] {
        const auto self = state.lock();
        const auto gone = weak.lock();
        if (!self || !gone) return;
        gone->is_removed = true;
        std::erase(self->listeners_, gone);
    }};
}

} // namespace nakama::call
