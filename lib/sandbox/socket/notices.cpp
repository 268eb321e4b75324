#include "sandbox/socket/notices.hpp"

#include "sandbox/json/json_output.hpp"
#include "sandbox/socket/envelope.hpp"

#include <utility>

namespace nakama::sandbox {
namespace {

notification complete(world& world, notification notice) {
    notice.id = world.ids.uuid();
    if (notice.sender_id.empty()) notice.sender_id = nil_uuid;
    notice.create_time = std::chrono::floor<std::chrono::seconds>(world.now());
    return notice;
}

} // namespace

void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name) {
    std::string content = R"({"username":)";
    append_escaped(content, from_name);
    content += '}';
    notify(world, to,
           {{.subject = from_name + ' ' + subject,
             .content = std::move(content),
             .code = code,
             .sender_id = from_id,
             .persistent = true}});
}

void notify(world& world, const std::string& to, std::vector<notification> notices) {
    if (!world.users.find(to)) return;
    nakama::notifications pushed;
    for (notification& one : notices) {
        one = complete(world, std::move(one));
        if (one.persistent) world.notices.keep(to, one, world.now());
        pushed.notifications.push_back(std::move(one));
    }
    const std::string text = event("notifications", pushed);
    for (peer* const socket : world.sockets_of(to)) socket->send(text);
}

void dismiss(world& world, peer& socket, std::int32_t code, const std::string& subject) {
    nakama::notifications pushed;
    pushed.notifications.push_back({.id = world.ids.uuid(),
                                    .subject = subject,
                                    .content = "{}",
                                    .code = code,
                                    .create_time = std::chrono::floor<std::chrono::seconds>(world.now())});
    socket.send(event("notifications", pushed));
    socket.disconnect("server-side session disconnect");
}

void notify_everybody(world& world, const notification& notice) {
    if (notice.persistent) {
        for (const account_record* one : world.users.all()) notify(world, one->account.user.id, {notice});
        return;
    }
    nakama::notifications pushed;
    pushed.notifications.push_back(complete(world, notice));
    const std::string text = event("notifications", pushed);
    for (const auto& [session, socket] : world.sockets) socket->send(text);
}

} // namespace nakama::sandbox
