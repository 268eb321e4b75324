// The accounts of a sandbox, to put in and to look at without a round trip.
#pragma once

#include <nakama/api/accounts.hpp>
#include <nakama/config.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// An account to be. What is left empty is chosen or left out as if its user had signed in himself.
struct new_account {
    std::string id{};       ///< a UUID; a new one if empty
    std::string username{}; ///< chosen if empty
    std::string display_name{};
    std::string avatar_url{};
    std::string lang_tag = "en";
    std::string location{};
    std::string timezone{};
    std::string metadata = "{}"; ///< a JSON object
    std::string wallet = "{}";   ///< a JSON object
    std::vector<std::string> devices{};
    std::string custom_id{};
    std::string email{};
    std::string password{}; ///< with `email`
    std::string apple_id{};
    std::string facebook_id{};
    std::string facebook_instant_game_id{};
    std::string gamecenter_id{};
    std::string google_id{};
    std::string steam_id{};
};

/// Changes to an account, by its owner or by the server; absent means unchanged.
struct account_changes {
    std::optional<std::string> username{};
    std::optional<std::string> display_name{};
    std::optional<std::string> avatar_url{};
    std::optional<std::string> lang_tag{};
    std::optional<std::string> location{};
    std::optional<std::string> timezone{};
    std::optional<std::string> metadata{}; ///< a JSON object
    std::optional<std::string> wallet{};   ///< a JSON object
};

/// A view of a server's accounts, see server::accounts(). Of a server that has stopped it finds nothing.
class NAKAMA_API accounts {
public:
    /// Gives the user's id. Throws std::invalid_argument if the id, the username or an identity is taken or
    /// is none, and std::logic_error if the server has stopped.
    std::string add(const new_account& account);

    /// False if there is no such user. Throws std::invalid_argument for what the server would refuse.
    bool update(std::string_view user_id, const account_changes& changes);

    /// Deletes an account as its owner would: its tokens are void from the next second on, its sockets are
    /// disconnected. False if there is no such user.
    bool remove(std::string_view user_id);

    /// Bans a user: his tokens are void from the next second on, his sockets are told (notification -8) and
    /// disconnected, and signing in is refused. False if there is no such user.
    bool ban(std::string_view user_id);
    /// Lets a user sign in again. False if there is no such user.
    bool unban(std::string_view user_id);

    [[nodiscard]] std::optional<nakama::account> find(std::string_view user_id) const;
    [[nodiscard]] std::optional<nakama::account> find_by_username(std::string_view username) const;
    /// All of them in the order they were made. `disable_time` tells who is banned.
    [[nodiscard]] std::vector<nakama::account> list() const;
    [[nodiscard]] std::size_t size() const;

private:
    friend class server;
    explicit accounts(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
