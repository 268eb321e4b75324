#include "sandbox/departure.hpp"

#include "sandbox/socket/notices.hpp"

namespace nakama::sandbox {
namespace {

constexpr const char* shown_out = "server-side session disconnect";

} // namespace

bool remove_user(world& world, const std::string& user_id) {
    if (!world.users.remove(user_id)) return false;
    forget_user(world, user_id);
    world.revoked.revoke_all(user_id, world.now());
    for (peer* socket : world.sockets_of(user_id)) socket->disconnect(shown_out);
    return true;
}

void forget_user(world& world, const std::string& user_id) {
    world.boards.forget(user_id);
    world.friendships.forget(user_id);
    world.groups.forget(user_id, world.now());
    world.messages.forget(user_id);
    world.notices.forget(user_id);
    world.objects.forget(user_id);
    world.purchases.forget(user_id);
}

bool ban_user(world& world, const std::string& user_id) {
    account_record* record = world.users.find(user_id);
    if (!record) return false;
    record->account.disable_time = std::chrono::floor<std::chrono::seconds>(world.now());
    world.revoked.revoke_all(user_id, world.now());
    for (peer* socket : world.sockets_of(user_id)) dismiss(world, *socket, notice::banned, "banned");
    return true;
}

bool unban_user(world& world, const std::string& user_id) {
    account_record* record = world.users.find(user_id);
    if (!record) return false;
    record->account.disable_time = {};
    return true;
}

} // namespace nakama::sandbox
