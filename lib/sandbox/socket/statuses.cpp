// Who shows as online, and who wants to know.
#include "sandbox/socket/realtime.hpp"

#include <set>

namespace nakama::sandbox {

/// The answer to status_follow.
struct status_snapshot {
    std::vector<user_presence> presences{};
};

} // namespace nakama::sandbox

template <>
const nakama::wire::schema& nakama::wire::schema_of<nakama::sandbox::status_snapshot>() {
    using nakama::sandbox::status_snapshot;
    static const std::array fields{member<&status_snapshot::presences>("presences")};
    static const schema layout{"status", fields};
    return layout;
}

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;

} // namespace

void follow(world& world, const std::string& user_id, const std::string& session_id) {
    world.followers[user_id].insert(session_id);
    world.followed[session_id].insert(user_id);
}

void unfollow(world& world, const std::string& user_id, const std::string& session_id) {
    if (const auto by = world.followed.find(session_id); by != world.followed.end())
        by->second.erase(user_id);
    const auto of = world.followers.find(user_id);
    if (of == world.followers.end()) return;
    of->second.erase(session_id);
    if (of->second.empty()) world.followers.erase(of);
}

void announce_status(world& world, const std::string& user_id, const member* joined, const member* left) {
    status_presence_event news;
    if (joined) news.joins.push_back(joined->presence);
    if (left) news.leaves.push_back(left->presence);
    const std::string text = event("status_presence_event", news);
    const auto followed = world.followers.find(user_id);
    if (followed == world.followers.end()) return;
    for (const std::string& session : followed->second)
        if (const auto socket = world.sockets.find(session); socket != world.sockets.end())
            socket->second->send(text);
}

namespace handlers {

verdict status_follow(world& world, message& request) {
    const auto ids = request.body.texts("user_ids");
    const auto usernames = request.body.texts("usernames");
    request.body.finish();

    std::set<std::string> users;
    for (const std::string& id : ids) {
        const auto uuid = parse_uuid(id);
        if (!uuid) {
            request.refuse(bad_input, "Invalid user identifier");
            return verdict::go_on;
        }
        if (world.users.find(*uuid)) users.insert(*uuid);
    }
    for (const std::string& name : usernames) {
        if (name.empty()) {
            request.refuse(bad_input, "Invalid username");
            return verdict::go_on;
        }
        if (const account_record* record = world.users.find_by_username(name))
            users.insert(record->account.user.id);
    }
    users.erase(request.from.user_id());

    status_snapshot snapshot;
    for (const std::string& user : users) {
        follow(world, user, request.from.session_id());
        for (const member& one : world.present.members({place_kind::status, user}))
            snapshot.presences.push_back(one.presence);
    }
    request.answer("status", snapshot);
    return verdict::go_on;
}

verdict status_unfollow(world& world, message& request) {
    const auto ids = request.body.texts("user_ids");
    request.body.finish();
    std::set<std::string> users;
    for (const std::string& id : ids) {
        const auto uuid = parse_uuid(id);
        if (!uuid) {
            request.refuse(bad_input, "Invalid user identifier");
            return verdict::go_on;
        }
        users.insert(*uuid);
    }
    users.erase(request.from.user_id()); // one's own events cannot be unfollowed
    for (const std::string& user : users) unfollow(world, user, request.from.session_id());
    request.acknowledge();
    return verdict::go_on;
}

verdict status_update(world& world, message& request) {
    const auto status = request.body.wrapped_text("status");
    request.body.finish();
    if (status && status->size() > 2048) {
        request.refuse(bad_input, "Status must be 2048 characters or less");
        return verdict::go_on;
    }
    const place where{place_kind::status, request.from.user_id()};
    if (!status) {
        const auto gone = world.present.leave(where, request.from.session_id());
        request.acknowledge();
        if (gone) announce_status(world, where.id, nullptr, &*gone);
        return verdict::go_on;
    }
    member self{.socket = &request.from, .presence = request.from.presence()};
    self.presence.status = *status;
    std::optional<member> old;
    if (member* present = world.present.find(where, request.from.session_id())) {
        old = *present;
        *present = self;
    } else {
        world.present.enter(where, self);
    }
    request.acknowledge();
    announce_status(world, where.id, &self, old ? &*old : nullptr);
    return verdict::go_on;
}

} // namespace handlers
} // namespace nakama::sandbox
