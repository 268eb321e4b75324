#include "sandbox/socket/notices.hpp"

#include "sandbox/json/json_output.hpp"
#include "sandbox/socket/envelope.hpp"

#include <utility>

namespace nakama::sandbox {
namespace {

timestamp now_in_seconds(const world& world) {
    return std::chrono::floor<std::chrono::seconds>(world.now());
}

} // namespace

void say_farewell(world& world, peer& socket, std::int32_t code, const std::string& subject) {
    nakama::notifications pushed;
    pushed.notifications.push_back({.id = world.ids.uuid(),
                                    .subject = subject,
                                    .content = "{}",
                                    .code = code,
                                    .create_time = now_in_seconds(world)});
    socket.send(event("notifications", pushed));
}

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
    nakama::notifications pushed;
    for (notification& one : notices) {
        one.id = world.ids.uuid();
        one.create_time = now_in_seconds(world);
        pushed.notifications.push_back(std::move(one));
    }
    const std::string text = event("notifications", pushed);
    for (const auto& [session, socket] : world.sockets)
        if (socket->user_id() == to) socket->send(text);
}

} // namespace nakama::sandbox
