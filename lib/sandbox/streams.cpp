#include "sandbox/running.hpp"
#include "sandbox/socket/realtime.hpp"
#include "sandbox/socket/stream_places.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/streams.hpp>

#include <algorithm>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

peer& require_socket(const world& world, std::string_view session_id) {
    peer* const socket = find_socket(world, session_id);
    if (!socket) throw std::invalid_argument{"session id does not exist"};
    return *socket;
}

place require_place(const stream& stream) {
    const auto where = place_of(stream);
    if (!where) throw std::invalid_argument{"nobody joins notifications or parties as a stream"};
    return *where;
}

member make_member(peer& socket, const place& where, const stream_user_options& options) {
    member result{.socket = &socket, .presence = socket.presence(), .hidden = options.hidden};
    result.presence.persistence = options.persistence;
    // Only streams of statuses show theirs.
    if (where.kind == place_kind::status) result.presence.status = options.status;
    result.status = options.status;
    return result;
}

void send_text(const world& world, const stream& stream, const std::string& text,
               const stream_recipients& to) {
    if (to.session_ids) {
        for (const std::string& id : *to.session_ids)
            if (peer* const socket = find_socket(world, id)) socket->send(text);
        return;
    }
    for (const member& one : members_of(world, stream)) one.socket->send(text);
}

} // namespace

bool streams::join(const stream& stream, std::string_view session_id, const stream_user_options& options) {
    const auto world = running(world_);
    const auto where = require_place(require_stream(stream));
    const member who = make_member(require_socket(*world, session_id), where, options);
    if (!world->present.enter(where, who)) return false;
    if (!who.hidden) announce(*world, where, &who, nullptr);
    return true;
}

void streams::update(const stream& stream, std::string_view session_id, const stream_user_options& options) {
    const auto world = running(world_);
    const auto where = require_place(require_stream(stream));
    const member who = make_member(require_socket(*world, session_id), where, options);
    std::optional<member> before;
    if (member* const present = world->present.find(where, who.presence.session_id)) {
        before = *present;
        *present = who;
    } else {
        world->present.enter(where, who);
    }
    const bool left = before && !before->hidden;
    if (!who.hidden || left) announce(*world, where, who.hidden ? nullptr : &who, left ? &*before : nullptr);
}

bool streams::leave(const stream& stream, std::string_view session_id) {
    const auto world = running(world_);
    const auto where = require_place(require_stream(stream));
    const auto gone = world->present.leave(where, std::string{session_id});
    if (gone && !gone->hidden) announce(*world, where, nullptr, &*gone);
    return gone.has_value();
}

void streams::close(const stream& stream) {
    const auto world = running(world_);
    const auto where = require_place(require_stream(stream));
    for (const member& one : std::vector{world->present.members(where)})
        world->present.leave(where, one.presence.session_id);
}

std::vector<stream_user> streams::list(const stream& stream) const {
    const auto world = running(world_);
    std::vector<stream_user> result;
    for (const member& one : members_of(*world, require_stream(stream))) {
        stream_user user{.presence = one.presence, .hidden = one.hidden};
        user.presence.status = one.presence.status.value_or(one.status);
        result.push_back(std::move(user));
    }
    return result;
}

std::size_t streams::count(const stream& stream) const {
    return members_of(*running(world_), require_stream(stream)).size();
}

void streams::send(const stream& stream, const std::string& data, const stream_recipients& to) {
    const auto world = running(world_);
    const auto where = require_stream(stream);
    send_text(*world, where,
              event("stream_data",
                    stream_data{.stream = where, .sender = {}, .data = data, .reliable = to.reliable}),
              to);
}

void streams::send_raw(const stream& stream, std::string_view envelope, const stream_recipients& to) {
    const auto world = running(world_);
    if (!is_envelope(envelope)) throw std::invalid_argument{"this is no envelope"};
    send_text(*world, require_stream(stream), std::string{envelope}, to);
}

} // namespace nakama::sandbox
