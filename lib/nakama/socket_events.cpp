#include <nakama/socket_events.hpp>

namespace nakama {

std::string_view to_string(socket_phase phase) noexcept {
    switch (phase) {
    case socket_phase::closed:
        return "closed";
    case socket_phase::connecting:
        return "connecting";
    case socket_phase::open:
        return "open";
    case socket_phase::away:
        return "away";
    case socket_phase::resuming:
        return "resuming";
    }
    return "unknown";
}

} // namespace nakama
