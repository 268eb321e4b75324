// Matches: in relayed ones the server passes on what the members send each other, in server matches a handler
// hears it.
#include "sandbox/socket/realtime.hpp"
#include "sandbox/socket/server_match.hpp"

#include <map>
#include <set>

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;

/// Takes a socket out of all matches but one, if a server has it so.
void leave_other_matches(world& world, const std::string& session_id, const std::string& but) {
    if (!world.config.single_match) return;
    for (const place& where : world.present.places_of(session_id)) {
        if (where.kind != place_kind::match || where.id == but) continue;
        if (const auto gone = world.present.leave(where, session_id))
            announce_in_match(world, where.id, nullptr, &*gone);
    }
}

/// Enters a relayed match and says who else is there; `count_self` for the sizes that do.
verdict enter(world& world, const message& request, const std::string& id, bool count_self) {
    const place where{place_kind::match, id};
    const member self{.socket = &request.from, .presence = request.from.presence()};
    const bool fresh = world.present.enter(where, self);
    match joined{.match_id = id, .self = self.presence};
    for (const member& present : world.present.members(where))
        if (!fresh || present.socket != &request.from) joined.presences.push_back(present.presence);
    joined.size = static_cast<std::int32_t>(joined.presences.size()) + (fresh && count_self ? 1 : 0);
    request.answer("match", joined);
    if (fresh) announce_in_match(world, id, &self, nullptr);
    return verdict::go_on;
}

verdict not_found(const message& request) {
    request.refuse(realtime_errors::match_not_found, "Match not found");
    return verdict::go_on;
}

/// Enters a server match if its handler lets it.
verdict enter_server_match(world& world, const message& request, const std::string& id,
                           std::map<std::string, std::string> metadata) {
    const auto running = find_server_match(world, id);
    if (!running) return not_found(request);
    const member self{.socket = &request.from, .presence = request.from.presence()};
    const bool fresh = !running->has_member(self.presence.session_id);
    if (fresh) {
        const auto decision = running->attempt({.presence = self.presence, .metadata = std::move(metadata)});
        if (!decision.allowed) {
            request.refuse(realtime_errors::match_join_rejected,
                           decision.reason.empty() ? "Match join rejected" : decision.reason);
            return verdict::go_on;
        }
        // The handler may have ended the socket.
        if (!world.sockets.contains(self.presence.session_id)) {
            running->left(self.presence);
            return verdict::go_on;
        }
        world.present.enter({place_kind::match, id}, self);
    }
    match joined{.match_id = id, .authoritative = true, .label = running->label(), .self = self.presence};
    for (const user_presence& one : running->presences())
        if (!fresh || one.session_id != self.presence.session_id) joined.presences.push_back(one);
    joined.size = static_cast<std::int32_t>(joined.presences.size());
    request.answer("match", joined);
    if (fresh) {
        announce_in_match(world, id, &self, nullptr);
        leave_other_matches(world, self.presence.session_id, id);
    }
    return verdict::go_on;
}

verdict bad_id(const message& request) {
    request.refuse(bad_input, "Invalid match ID");
    return verdict::go_on;
}

verdict bad_token(const message& request) {
    request.refuse(bad_input, "Invalid match token");
    return verdict::go_on;
}

} // namespace

void announce_in_match(world& world, const std::string& match_id, const member* joined, const member* left) {
    match_presence_event news{.match_id = match_id};
    if (joined) news.joins.push_back(joined->presence);
    if (left) news.leaves.push_back(left->presence);
    const std::string text = event("match_presence_event", news);
    for (const member& one : world.present.members({place_kind::match, match_id})) one.socket->send(text);
    const auto running = find_server_match(world, match_id);
    if (running && joined) running->joined(joined->presence);
    if (running && left) running->left(left->presence);
}

namespace handlers {

verdict match_create(world& world, message& request) {
    const std::string name = request.body.text("name").value_or("");
    request.body.finish();
    // A name makes the id, so that creating what exists is joining it.
    const std::string uuid = name.empty() ? world.ids.uuid() : named_uuid(name);
    return enter(world, request, uuid + '.', true);
}

verdict match_join(world& world, message& request) {
    const auto match_id = request.body.text("match_id");
    const auto token = request.body.text("token");
    auto metadata = request.body.text_map("metadata").value_or(std::map<std::string, std::string>{});
    request.body.finish();
    if (match_id && token) return verdict::malformed;

    std::optional<node_address> address;
    if (match_id) {
        address = read_node_address(*match_id);
        if (!address) return bad_id(request);
        if (address->node.empty() && world.present.members({place_kind::match, address->id()}).empty())
            return not_found(request);
    } else if (token) {
        const auto read = read_match_token(*token, world.now());
        if (!read) return bad_token(request);
        // A session's token is signed with the same key but names no match: the real server stumbles over it.
        if (!read->match_id) return verdict::deaf;
        address = read_node_address(*read->match_id);
        if (!address) return bad_token(request);
    } else {
        request.refuse(bad_input, "No match ID or token found");
        return verdict::go_on;
    }
    if (!address->node.empty()) return enter_server_match(world, request, address->id(), std::move(metadata));
    const bool there = world.present.find({place_kind::match, address->id()}, request.from.session_id());
    const verdict next = enter(world, request, address->id(), false);
    if (!there) leave_other_matches(world, request.from.session_id(), address->id());
    return next;
}

verdict match_leave(world& world, message& request) {
    const auto address = read_node_address(request.body.text("match_id").value_or(""));
    request.body.finish();
    if (!address) return bad_id(request);
    const auto gone = world.present.leave({place_kind::match, address->id()}, request.from.session_id());
    request.acknowledge();
    if (gone) announce_in_match(world, address->id(), nullptr, &*gone);
    return verdict::go_on;
}

verdict match_data_send(world& world, message& request) {
    const std::string match_id = request.body.text("match_id").value_or("");
    match_data data{.match_id = match_id,
                    .presence = request.from.presence(),
                    .op_code = request.body.int64("op_code").value_or(0),
                    .data = request.body.bytes("data").value_or(""),
                    .reliable = request.body.flag("reliable").value_or(false)};
    std::set<std::string> recipients;
    bool readable = true;
    auto named = request.body.messages("presences");
    for (message_reader& one : named) {
        const user_presence presence = read_presence(one);
        const auto user = parse_uuid(presence.user_id);
        const auto session = parse_uuid(presence.session_id);
        if (user && session) recipients.insert(*session);
        else readable = false;
    }
    request.body.finish();

    const auto address = read_node_address(match_id);
    if (!address) {
        // The one error that belongs to no request: data is never acknowledged.
        request.from.send(error_envelope({}, bad_input, "Invalid match ID"));
        return verdict::go_on;
    }
    const place where{place_kind::match, address->id()};
    if (!world.present.find(where, request.from.session_id())) return verdict::go_on;
    if (const auto running = find_server_match(world, where.id)) {
        running->hear({.sender = data.presence,
                       .op_code = data.op_code,
                       .data = std::move(data.data),
                       .reliable = data.reliable,
                       .receive_time = world.now()});
        return verdict::go_on;
    }
    if (!readable) return verdict::go_on;
    const std::string text = event("match_data", data);
    for (const member& one : world.present.members(where)) {
        const bool meant =
            named.empty() ? one.socket != &request.from : recipients.contains(one.presence.session_id);
        if (meant) one.socket->send(text);
    }
    return verdict::go_on;
}

} // namespace handlers
} // namespace nakama::sandbox
