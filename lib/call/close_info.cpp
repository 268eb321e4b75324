#include <nakama/close_info.hpp>

namespace nakama {

std::string_view to_string(close_cause cause) noexcept {
    switch (cause) {
    case close_cause::closed_here:
        return "closed_here";
    case close_cause::another_socket:
        return "another_socket";
    case close_cause::banned:
        return "banned";
    case close_cause::disconnected:
        return "disconnected";
    case close_cause::malformed:
        return "malformed";
    case close_cause::unprocessable:
        return "unprocessable";
    case close_cause::too_large:
        return "too_large";
    case close_cause::slow_reader:
        return "slow_reader";
    case close_cause::silence:
        return "silence";
    case close_cause::missed_pong:
        return "missed_pong";
    case close_cause::bad_frames:
        return "bad_frames";
    case close_cause::tls:
        return "tls";
    case close_cause::refused:
        return "refused";
    case close_cause::session_expired:
        return "session_expired";
    case close_cause::unreachable:
        return "unreachable";
    case close_cause::broken:
        return "broken";
    case close_cause::other:
        break;
    }
    return "other";
}

} // namespace nakama
