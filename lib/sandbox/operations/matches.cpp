// Finding matches over HTTP.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/socket/match_listing.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/matches.hpp>

#include <array>

namespace nakama::sandbox {
namespace {

std::string list_matches(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    match_filter filter;
    if (const auto limit = parameters.int32("limit")) filter.limit = *limit;
    filter.authoritative = parameters.flag("authoritative");
    filter.label = parameters.text("label");
    filter.min_size = parameters.int32("min_size");
    filter.max_size = parameters.int32("max_size");
    filter.query = parameters.text("query");
    (void)require_session(world, request);
    if (const auto complaint = complaint_about(filter); !complaint.empty())
        throw refusal{code::invalid_argument, std::string{complaint}};
    try {
        return wire::to_json(match_list{.matches = sandbox::list_matches(world, filter)});
    } catch (const bad_query& bad) {
        // A real server gives no reason; what it would have understood deserves one.
        throw refusal{code::internal,
                      "Error listing matches." + (bad.understood() ? std::string{" "} + bad.what() : "")};
    }
}

constexpr std::array routes{
    route{"GET", "/v2/match", list_matches},
};

} // namespace

std::span<const route> match_routes() {
    return routes;
}

} // namespace nakama::sandbox
