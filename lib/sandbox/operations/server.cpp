// What asks for nothing but a sign of life.
#include "sandbox/operations/operations.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

std::string healthcheck(world&, const http_request&) {
    return "{}";
}

constexpr std::array routes{
    route{"GET", "/healthcheck", healthcheck},
};

} // namespace

std::span<const route> server_routes() {
    return routes;
}

} // namespace nakama::sandbox
