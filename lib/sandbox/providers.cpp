#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/providers.hpp>

#include <stdexcept>

namespace nakama::sandbox {

void providers::accept(provider which, std::string_view token, provider_profile profile) {
    const auto world = running(world_);
    if (token.empty()) throw std::invalid_argument{"an empty token stands for nobody"};
    if (profile.id.empty()) throw std::invalid_argument{"a token stands for somebody with an id"};
    world->providers.accept(which, std::string{token}, std::move(profile));
}

void providers::refuse(provider which, std::string_view token) {
    if (const auto world = world_.lock()) world->providers.refuse(which, std::string{token});
}

} // namespace nakama::sandbox
