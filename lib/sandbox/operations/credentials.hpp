// What a request shows of an identity at a provider, and whether the provider vouches for it.
#pragma once

#include "sandbox/json/message_reader.hpp"
#include "sandbox/operations/welcome.hpp"
#include "sandbox/world.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace nakama::sandbox {

struct credentials {
    std::string token{};
    session_vars vars{};
    /// What Game Center wants beside the signature, which is its token.
    struct signed_data {
        std::string bundle_id{};
        std::string player_id{};
        std::string public_key_url{};
        std::string salt{};
        std::int64_t timestamp{};
    } data{};

    /// Whether there is anything to check at all.
    [[nodiscard]] bool is_complete(provider which) const;
};

[[nodiscard]] credentials read_credentials(message_reader& account, provider which);

/// Throw refusal.
void require_configured(const world& world, provider which);
void require_complete(const credentials& shown, provider which);
[[nodiscard]] provider_profile require_profile(const world& world, provider which, const credentials& shown);

/// Nothing if the provider does not know whom this stands for.
[[nodiscard]] std::optional<provider_profile> profile_of(const world& world, provider which,
                                                         const credentials& shown);

} // namespace nakama::sandbox
