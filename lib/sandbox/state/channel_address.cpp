#include "sandbox/state/channel_address.hpp"

#include "sandbox/state/ids.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

std::string unless_nil(const std::string& uuid) {
    return uuid == nil_uuid ? std::string{} : uuid;
}

std::optional<std::string> uuid_or_nil(std::string_view text) {
    return text.empty() ? std::string{nil_uuid} : parse_uuid(text);
}

channel_address as_written(channel_address address) {
    address.written = address.id();
    return address;
}

} // namespace

std::string channel_address::id() const {
    switch (kind) {
    case channel_kind::room:
        break;
    case channel_kind::group:
        return "3." + unless_nil(group_id) + "..";
    case channel_kind::direct:
        return "4." + unless_nil(user_id_one) + '.' + unless_nil(user_id_two) + '.';
    }
    return "2..." + room_name;
}

std::optional<channel_address> read_channel_id(std::string_view id) {
    const std::string written{id};
    std::array<std::string_view, 4> parts;
    for (std::size_t i = 0; i < 3; ++i) {
        const auto dot = id.find('.');
        if (dot == std::string_view::npos) return {};
        parts[i] = id.substr(0, dot);
        id.remove_prefix(dot + 1);
    }
    parts[3] = id;

    if (parts[0] == "2") {
        if (!parts[1].empty() || !parts[2].empty() || parts[3].empty() || parts[3].size() > 64) return {};
        return room_channel(std::string{parts[3]});
    }
    if (!parts[3].empty()) return {};
    const auto first = uuid_or_nil(parts[1]);
    if (parts[0] == "3") {
        if (!parts[2].empty() || !first) return {};
        return channel_address{.kind = channel_kind::group, .group_id = *first, .written = written};
    }
    const auto second = uuid_or_nil(parts[2]);
    if (parts[0] != "4" || !first || !second) return {};
    return channel_address{
        .kind = channel_kind::direct, .user_id_one = *first, .user_id_two = *second, .written = written};
}

channel_address room_channel(const std::string& name) {
    return as_written({.kind = channel_kind::room, .room_name = name});
}

channel_address group_channel(const std::string& group_id) {
    return as_written({.kind = channel_kind::group, .group_id = group_id});
}

channel_address direct_channel(const std::string& user_id, const std::string& other_id) {
    return as_written({.kind = channel_kind::direct,
                       .user_id_one = std::min(user_id, other_id),
                       .user_id_two = std::max(user_id, other_id)});
}

} // namespace nakama::sandbox
