#include "sandbox/operations/operations.hpp"
#include "sandbox/satori/operations/operations.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

namespace nakama::sandbox {
namespace {

std::vector<route> all_routes() {
    using namespace liveops;
    std::vector<route> all;
    for (const auto group :
         {liveops::authentication_routes, liveops::event_routes, experiment_routes, flag_routes,
          identity_routes, live_event_routes, message_routes, property_routes, liveops::server_routes})
        std::ranges::copy(group(), std::back_inserter(all));
    return all;
}

} // namespace

std::span<const route> satori_routes() {
    static const std::vector<route> all = all_routes();
    return all;
}

} // namespace nakama::sandbox
