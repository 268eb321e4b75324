// Who plays here: accounts, how they are found or made, and how they are changed.
#pragma once

#include "sandbox/state/ids.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/api/accounts.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct account_record {
    nakama::account account{};
    std::string password{}; ///< empty without an email address
};

/// Changes to an account; absent means unchanged.
struct account_changes {
    std::optional<std::string> username{};
    std::optional<std::string> display_name{};
    std::optional<std::string> avatar_url{};
    std::optional<std::string> lang_tag{};
    std::optional<std::string> location{};
    std::optional<std::string> timezone{};
};

/// Everything here throws refusal in the server's words.
class account_book {
public:
    explicit account_book(id_source& ids) : ids_{ids} {}

    struct entrance {
        std::string user_id{};
        std::string username{};
        bool created{};
    };

    /// An empty `username` lets the server choose; it matters only when an account is made.
    entrance enter_by_device(const std::string& id, const std::string& username, bool create, wall_time now);
    entrance enter_by_custom(const std::string& id, const std::string& username, bool create, wall_time now);
    /// An empty `email` goes by username and makes no account.
    entrance enter_by_email(const std::string& email, const std::string& password,
                            const std::string& username, bool create, wall_time now);

    /// Makes an account with identities as they are, whoever holds them already is refused. Gives the user's
    /// id.
    std::string put(nakama::account account, const std::string& password, wall_time now);

    void update(const std::string& user_id, const account_changes& changes, wall_time now);

    /// Null if there is none. Stays where it is.
    [[nodiscard]] account_record* find(const std::string& user_id);
    [[nodiscard]] account_record* find_by_username(const std::string& username);
    [[nodiscard]] std::vector<const account_record*> all() const;
    [[nodiscard]] std::size_t size() const noexcept { return users_.size(); }

private:
    using index = std::map<std::string, std::string>; // from an identity to the user's id

    account_record& make(const std::string& username, wall_time now, const std::string& id = {});
    entrance enter(index& identities, const std::string& identity, const std::string& username, bool create,
                   wall_time now);

    id_source& ids_;
    std::map<std::string, std::unique_ptr<account_record>> users_;
    index usernames_;
    index devices_;
    index customs_;
    index emails_;
};

} // namespace nakama::sandbox
