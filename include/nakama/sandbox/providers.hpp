// Identity providers as a sandbox knows them: nobody is asked, tests say who is who.
#pragma once

#include <nakama/config.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// Who vouches for a user.
enum class provider {
    apple,
    facebook,
    facebook_instant_game, ///< its token is the signed player info
    game_center,           ///< its token is the signature, good for the player with the profile's id
    google,
    steam,
};

/// Whom a token stands for.
struct provider_profile {
    std::string id{}; ///< at the provider
    /// Apple, Facebook and Google: becomes the account's, unless another account has it.
    std::string email{};
    std::string display_name{};         ///< Facebook and Google: for accounts without one
    std::string avatar_url{};           ///< Facebook and Google: for accounts without one
    std::vector<std::string> friends{}; ///< Facebook and Steam: ids there, for importing
};

/// A view of a server's identity providers, see server::providers(). Once that has stopped, accepting throws
/// std::logic_error.
///
/// Without accepted tokens they refuse as those of a fresh real server do: Apple and Steam are not configured
/// until a token of theirs is accepted, and tokens of the others are wrong. Signed player info of a Facebook
/// Instant Game is also good if it is signed with server_config::facebook_instant_game_app_secret.
class NAKAMA_API providers {
public:
    /// From now on signing in, linking and unlinking take this token. Another profile for the same token
    /// replaces the one before. Throws std::invalid_argument if the token or the id is empty, and
    /// std::logic_error if the server has stopped.
    void accept(provider which, std::string_view token, provider_profile profile);

    /// The token is no longer good. Accounts keep the identity.
    void refuse(provider which, std::string_view token);

private:
    friend class server;
    explicit providers(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
