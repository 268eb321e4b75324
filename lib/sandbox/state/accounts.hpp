// Who plays here: accounts, how they are made, found, changed and removed.
#pragma once

#include "sandbox/state/identities.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/api/accounts.hpp>
#include <nakama/sandbox/accounts.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct account_record {
    nakama::account account{};
    std::string password{};  ///< empty where no password is right
    std::uint64_t made{};    ///< tells who was made first
    std::uint64_t written{}; ///< tells who was changed last

    [[nodiscard]] bool is_banned() const noexcept { return account.disable_time != timestamp{}; }
};

/// Everything here throws refusal in the server's words. There is always the system user, whose id is nil.
class account_book {
public:
    account_book(id_source& ids, wall_time now);

    /// A new account without identities. An empty `username` is chosen, an empty `id` too.
    account_record& make(const std::string& username, wall_time now, const std::string& id = {});

    /// Makes an account with identities as they are; whoever holds them already is refused. Gives the user's
    /// id.
    std::string put(nakama::account account, const std::string& password, wall_time now);

    /// What the account's owner may change.
    void update(const std::string& user_id, const account_changes& changes, wall_time now);

    /// False if there is none.
    bool remove(const std::string& user_id);

    /// Gives an account an identity, in place of the one it has; nobody else may have it.
    void claim(account_record& record, identity_kind kind, std::string identity);
    void release(account_record& record, identity_kind kind, const std::string& identity);

    /// Every change of an account ends with this.
    void touch(account_record& record, wall_time now);

    /// Null if there is none. Stays where it is.
    [[nodiscard]] account_record* find(const std::string& user_id);
    [[nodiscard]] account_record* find_by_username(const std::string& username);
    [[nodiscard]] account_record* find_by(identity_kind kind, const std::string& identity);

    /// Without the system user.
    [[nodiscard]] std::vector<const account_record*> all() const;
    [[nodiscard]] std::size_t size() const noexcept { return users_.size() - 1; }

private:
    void check_update(const account_changes& changes) const;

    id_source& ids_;
    std::map<std::string, std::unique_ptr<account_record>> users_;
    std::map<std::string, std::string> usernames_;                            // to ids
    std::map<std::pair<identity_kind, std::string>, std::string> identities_; // to ids
    std::uint64_t writes_ = 0;
};

} // namespace nakama::sandbox
