// What the matchmaker tells of itself over HTTP.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/matchmaking.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/matchmaker.hpp>

#include <array>

namespace nakama::sandbox {
namespace {

std::string get_matchmaker_stats(world& world, const http_request& request) {
    (void)require_session(world, request);
    return wire::to_json(matchmaking_stats(world));
}

constexpr std::array routes{
    route{"GET", "/v2/matchmaker/stats", get_matchmaker_stats},
};

} // namespace

std::span<const route> matchmaker_routes() {
    return routes;
}

} // namespace nakama::sandbox
