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
};

/// A view of a server's accounts, see server::accounts(). Of a server that has stopped it finds nothing.
class NAKAMA_API accounts {
public:
    /// Gives the user's id. Throws std::invalid_argument if the id, the username or an identity is taken or
    /// is none, and std::logic_error if the server has stopped.
    std::string add(const new_account& account);

    [[nodiscard]] std::optional<nakama::account> find(std::string_view user_id) const;
    [[nodiscard]] std::optional<nakama::account> find_by_username(std::string_view username) const;
    [[nodiscard]] std::size_t size() const;

private:
    friend class server;
    explicit accounts(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
