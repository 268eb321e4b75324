#include "sandbox/socket/notices.hpp"

#include "sandbox/json/json_output.hpp"
#include "sandbox/socket/envelope.hpp"

namespace nakama::sandbox {

void notify(world& world, const std::string& to, std::int32_t code, const std::string& subject,
            const std::string& from_id, const std::string& from_name) {
    std::string content = R"({"username":)";
    append_escaped(content, from_name);
    content += '}';
    notify(world, to, code, {from_name + ' ' + subject, std::move(content)}, from_id);
}

void notify(world& world, const std::string& to, std::int32_t code, notice_text text,
            const std::string& from_id) {
    nakama::notifications pushed;
    pushed.notifications.push_back({.id = world.ids.uuid(),
                                    .subject = std::move(text.subject),
                                    .content = std::move(text.content),
                                    .code = code,
                                    .sender_id = from_id,
                                    .create_time = std::chrono::floor<std::chrono::seconds>(world.now()),
                                    .persistent = true});
    const std::string message = event("notifications", pushed);
    for (const auto& [session, socket] : world.sockets)
        if (socket->user_id() == to) socket->send(message);
}

} // namespace nakama::sandbox
