#include "session_state.hpp"

#include <nakama/session_handle.hpp>

#include <utility>

namespace nakama {

session_handle::session_handle(std::shared_ptr<call::session_state> state) noexcept
    : state_{std::move(state)} {}
session_handle::~session_handle() = default;
session_handle::session_handle(const session_handle&) = default;
session_handle& session_handle::operator=(const session_handle&) = default;

const std::string& session_handle::token() const noexcept {
    return state_->token();
}
const std::string& session_handle::refresh_token() const noexcept {
    return state_->refresh_token();
}
session_handle::time_point session_handle::issued_at() const noexcept {
    return state_->life().begins_at();
}
session_handle::time_point session_handle::expires_at() const noexcept {
    return state_->life().ends_at();
}
session_handle::time_point session_handle::refresh_expires_at() const noexcept {
    return state_->refresh_ends_at();
}
std::chrono::seconds session_handle::clock_skew() const noexcept {
    return std::chrono::round<std::chrono::seconds>(state_->life().skew());
}
bool session_handle::is_expired(time_point now) const noexcept {
    return state_->life().is_over(now);
}
bool session_handle::is_refresh_expired(time_point now) const noexcept {
    return now + state_->life().skew() >= refresh_expires_at();
}
bool session_handle::expires_within(std::chrono::seconds span, time_point now) const noexcept {
    return state_->life().is_over(now + span);
}

listener session_handle::on_change(std::function<void(const session_handle&)> changed) const {
    return state_->on_change([state = std::weak_ptr{state_}, changed = std::move(changed)] {
        if (auto shared = state.lock()) changed(session_handle{std::move(shared)});
    });
}

} // namespace nakama
