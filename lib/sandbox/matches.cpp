#include "sandbox/running.hpp"
#include "sandbox/socket/match_listing.hpp"
#include "sandbox/socket/server_match.hpp"
#include "sandbox/state/query.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/matches.hpp>

#include <stdexcept>

namespace nakama::sandbox {

match_join_decision match_handler::join_attempt(match_dispatcher&, const match_join_attempt&) {
    return {};
}

void match_handler::join(match_dispatcher&, const std::vector<user_presence>&) {}

void match_handler::leave(match_dispatcher&, const std::vector<user_presence>&) {}

void match_handler::terminate(match_dispatcher&, std::chrono::seconds) {}

std::string match_handler::signal(match_dispatcher&, const std::string&) {
    return {};
}

std::string matches::create(std::string_view name, const std::string& params) {
    const auto world = running(world_);
    return create_server_match(*world, name, params);
}

std::string matches::signal(std::string_view match_id, const std::string& data) {
    const auto world = world_.lock();
    const auto match = world ? find_server_match(*world, match_id) : nullptr;
    if (!match) throw std::invalid_argument{"match not found"};
    return match->signal(data);
}

void matches::terminate(std::chrono::seconds grace) {
    const auto world = world_.lock();
    if (!world) return;
    const auto running = world->server_matches;
    for (const auto& one : running) one->terminate(grace);
}

std::optional<listed_match> matches::find(std::string_view match_id) const {
    const auto world = world_.lock();
    if (!world) return {};
    if (const auto match = find_server_match(*world, match_id)) return match->listed();
    const auto& members = world->present.members({place_kind::match, std::string{match_id}});
    if (members.empty()) return {};
    return listed_match{.match_id = std::string{match_id}, .size = static_cast<std::int32_t>(members.size())};
}

std::vector<listed_match> matches::list(const list_matches_request& which) const {
    const auto world = world_.lock();
    if (!world) return {};
    match_filter filter{.authoritative = which.authoritative,
                        .label = {},
                        .min_size = which.min_size,
                        .max_size = which.max_size,
                        .query = {}};
    if (which.limit) filter.limit = *which.limit;
    if (which.label) filter.label = *which.label;
    if (which.query) filter.query = *which.query;
    if (const auto complaint = complaint_about(filter); !complaint.empty())
        throw std::invalid_argument{std::string{complaint}};
    return list_matches(*world, filter);
}

std::vector<user_presence> matches::presences(std::string_view match_id) const {
    const auto world = world_.lock();
    if (!world) return {};
    if (const auto match = find_server_match(*world, match_id)) return match->presences();
    std::vector<user_presence> result;
    for (const member& one : world->present.members({place_kind::match, std::string{match_id}}))
        result.push_back(one.presence);
    return result;
}

std::size_t matches::size() const {
    const auto world = world_.lock();
    return world ? world->server_matches.size() : 0;
}

} // namespace nakama::sandbox
