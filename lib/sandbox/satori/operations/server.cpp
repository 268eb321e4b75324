#include "sandbox/http/refusal.hpp"
#include "sandbox/satori/operations/operations.hpp"

#include <array>

namespace nakama::sandbox::liveops {
namespace {

std::string readycheck(world& world, const http_request&) {
    if (!world.liveops.ready) throw refusal{code::unavailable, "Not ready."};
    return "{}";
}

// The healthcheck is Nakama's as well.
constexpr std::array routes{
    route{"GET", "/readycheck", readycheck},
};

} // namespace

std::span<const route> server_routes() {
    return routes;
}

} // namespace nakama::sandbox::liveops
