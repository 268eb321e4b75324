#include "sandbox/socket/realtime.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/sessions.hpp>

#include <algorithm>
#include <stdexcept>

namespace nakama::sandbox {

std::vector<user_presence> sessions::list() const {
    const auto world = world_.lock();
    std::vector<user_presence> result;
    if (!world) return result;
    for (const auto& [id, socket] : world->sockets) result.push_back(socket->presence());
    return result;
}

std::optional<user_presence> sessions::find(std::string_view session_id) const {
    const auto world = world_.lock();
    const peer* socket = world ? find_socket(*world, session_id) : nullptr;
    if (!socket) return {};
    return socket->presence();
}

std::vector<user_presence> sessions::of_user(std::string_view user_id) const {
    auto result = list();
    std::erase_if(result, [&](const user_presence& one) { return one.user_id != user_id; });
    return result;
}

std::size_t sessions::size() const {
    const auto world = world_.lock();
    return world ? world->sockets.size() : 0;
}

bool sessions::disconnect(std::string_view session_id, std::string reason) {
    const auto world = world_.lock();
    peer* const socket = world ? find_socket(*world, session_id) : nullptr;
    if (socket) socket->disconnect(std::move(reason));
    return socket != nullptr;
}

void sessions::logout(std::string_view user_id) {
    if (const auto world = world_.lock()) world->revoked.revoke_all(std::string{user_id}, world->now());
}

bool sessions::send_raw(std::string_view session_id, std::string_view envelope) {
    if (!is_envelope(envelope)) throw std::invalid_argument{"this is no envelope"};
    const auto world = world_.lock();
    peer* const socket = world ? find_socket(*world, session_id) : nullptr;
    if (socket) socket->send(std::string{envelope});
    return socket != nullptr;
}

} // namespace nakama::sandbox
