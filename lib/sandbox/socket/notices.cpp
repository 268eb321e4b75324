#include "sandbox/socket/notices.hpp"

#include "sandbox/json/json_output.hpp"
#include "sandbox/socket/envelope.hpp"

namespace nakama::sandbox {

void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name) {
    std::string content = R"({"username":)";
    append_escaped(content, from_name);
    content += '}';
    nakama::notifications pushed;
    pushed.notifications.push_back({.id = world.ids.uuid(),
                                    .subject = from_name + ' ' + subject,
                                    .content = std::move(content),
                                    .code = code,
                                    .sender_id = from_id,
                                    .create_time = std::chrono::floor<std::chrono::seconds>(world.now()),
                                    .persistent = true});
    const std::string text = event("notifications", pushed);
    for (const auto& [session, socket] : world.sockets)
        if (socket->user_id() == to) socket->send(text);
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

} // namespace nakama::sandbox
