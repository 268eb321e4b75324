// Which tokens of identity providers are good, and whom they stand for.
#pragma once

#include "sandbox/state/identities.hpp"

#include <nakama/sandbox/providers.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::sandbox {

[[nodiscard]] identity_kind identity_of(provider which) noexcept;

class provider_book {
public:
    void accept(provider which, const std::string& token, provider_profile profile);
    void refuse(provider which, const std::string& token) { profiles_.erase({which, token}); }

    /// Whether a token of the provider has ever been accepted.
    [[nodiscard]] bool is_configured(provider which) const { return configured_.contains(which); }
    [[nodiscard]] std::optional<provider_profile> find(provider which, const std::string& token) const;

private:
    std::map<std::pair<provider, std::string>, provider_profile> profiles_;
    std::set<provider> configured_;
};

/// The player that signed information of a Facebook Instant Game is about; nothing if it is not signed with
/// `secret`.
[[nodiscard]] std::optional<std::string> signed_player(std::string_view signed_player_info,
                                                       std::string_view secret);

} // namespace nakama::sandbox
