#include "sandbox/socket/stream_places.hpp"

#include "sandbox/socket/realtime.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

namespace nakama::sandbox {
namespace {

enum mode { notifications, status, room, group, direct, relayed_match, server_match, party, last = 255 };

std::string require_id(const std::string& given, std::string_view what) {
    if (given.empty()) return {};
    const auto id = parse_uuid(given);
    if (!id) throw std::invalid_argument{"stream " + std::string{what} + " must be a valid identifier"};
    return *id == nil_uuid ? std::string{} : *id;
}

/// As the ids of channels, which are streams too.
std::string text_of(const stream& stream) {
    return std::to_string(stream.mode) + '.' + stream.subject + '.' + stream.subcontext + '.' + stream.label;
}

stream stream_of(std::string_view id) {
    std::array<std::string, 3> parts;
    for (std::string& part : parts) {
        const auto dot = id.find('.');
        part = id.substr(0, dot);
        id.remove_prefix(dot + 1);
    }
    return {
        .mode = std::stoi(parts[0]), .subject = parts[1], .subcontext = parts[2], .label = std::string{id}};
}

} // namespace

stream require_stream(const stream& given) {
    if (given.mode < 0 || given.mode > mode::last)
        throw std::invalid_argument{"stream mode must be from 0 to 255"};
    return {.mode = given.mode,
            .subject = require_id(given.subject, "subject"),
            .subcontext = require_id(given.subcontext, "subcontext"),
            .label = given.label};
}

std::optional<place> place_of(const stream& stream) {
    switch (stream.mode) {
    case mode::notifications:
    case mode::party:
        return {};
    case mode::status:
        return place{place_kind::status, stream.subject};
    case mode::room:
    case mode::group:
    case mode::direct:
        return place{place_kind::channel, text_of(stream)};
    case mode::relayed_match:
    case mode::server_match:
        return place{place_kind::match, node_address{stream.subject, stream.label}.id()};
    default:
        return place{place_kind::stream, text_of(stream)};
    }
}

std::vector<member> members_of(const world& world, const stream& stream) {
    if (const auto where = place_of(stream)) return world.present.members(*where);
    std::vector<member> result;
    if (stream.mode == mode::notifications) {
        for (const auto& [id, socket] : world.sockets)
            if (socket->user_id() == stream.subject)
                result.push_back({.socket = socket, .presence = socket->presence(), .hidden = true});
        return result;
    }
    const auto found =
        std::ranges::find(world.parties, node_address{stream.subject, stream.label}.id(), &party_record::id);
    if (found == world.parties.end()) return result;
    for (const user_presence& one : found->audience())
        if (peer* const socket = find_socket(world, one.session_id))
            result.push_back({.socket = socket, .presence = one});
    return result;
}

void announce_in_stream(world& world, const std::string& id, const member* joined, const member* left) {
    stream_presence_event news{.stream = stream_of(id)};
    if (joined) news.joins.push_back(joined->presence);
    if (left) news.leaves.push_back(left->presence);
    const std::string text = event("stream_presence_event", news);
    for (const member& one : world.present.members({place_kind::stream, id})) one.socket->send(text);
}

} // namespace nakama::sandbox
