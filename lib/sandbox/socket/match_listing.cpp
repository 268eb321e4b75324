#include "sandbox/socket/match_listing.hpp"

#include "sandbox/socket/server_match.hpp"
#include "sandbox/state/label.hpp"
#include "sandbox/state/query.hpp"

#include <algorithm>
#include <utility>

namespace nakama::sandbox {
namespace {

bool fits(const match_filter& filter, std::int32_t size) {
    return (!filter.min_size || size >= *filter.min_size) && (!filter.max_size || size <= *filter.max_size);
}

/// Those with the label, or that the query finds, or all.
std::vector<listed_match> server_matches(const world& world, const match_filter& filter) {
    std::optional<query> wanted;
    if (filter.query) wanted.emplace(*filter.query, "label.");
    std::vector<std::pair<std::pair<int, std::size_t>, listed_match>> found; // by score, then newest first
    for (auto at = world.server_matches.rbegin(); at != world.server_matches.rend(); ++at) {
        listed_match one = (*at)->listed();
        int score = 0;
        if (wanted) {
            const properties label = properties_of_label(*one.label);
            if (!wanted->matches(label)) continue;
            score = -wanted->score(label);
        } else if (filter.label && *one.label != *filter.label) {
            continue;
        }
        found.emplace_back(std::pair{score, found.size()}, std::move(one));
    }
    std::ranges::sort(found, {}, [](const auto& one) { return one.first; });
    std::vector<listed_match> result;
    for (auto& [order, one] : found)
        if (fits(filter, one.size)) result.push_back(std::move(one));
    return result;
}

} // namespace

std::string_view complaint_about(const match_filter& filter) {
    const bool relayed = filter.authoritative && !*filter.authoritative;
    if (filter.limit < 1 || filter.limit > 100) return "Invalid limit - limit must be between 1 and 100.";
    if (filter.label && relayed) return "Label filtering is not supported for non-authoritative matches.";
    if (filter.query && relayed) return "Query filtering is not supported for non-authoritative matches.";
    if (filter.min_size && *filter.min_size < 0) return "Minimum size must be 0 or above.";
    if (filter.max_size && *filter.max_size < 0) return "Maximum size must be 0 or above.";
    if (filter.min_size && filter.max_size && *filter.min_size > *filter.max_size)
        return "Maximum size must be greater than or equal to minimum size when both are specified.";
    return {};
}

std::vector<listed_match> list_matches(const world& world, const match_filter& filter) {
    std::vector<listed_match> result;
    if (filter.authoritative.value_or(true)) result = server_matches(world, filter);
    if (!filter.authoritative.value_or(false) && !filter.query && !filter.label) {
        for (const auto& [where, members] : world.present.places(place_kind::match)) {
            const auto size = static_cast<std::int32_t>(members->size());
            // The id of one that runs on the server ends in the server's name.
            if (where->id.ends_with('.') && fits(filter, size))
                result.push_back({.match_id = where->id, .size = size});
        }
    }
    if (result.size() > static_cast<std::size_t>(filter.limit))
        result.resize(static_cast<std::size_t>(filter.limit));
    return result;
}

} // namespace nakama::sandbox
