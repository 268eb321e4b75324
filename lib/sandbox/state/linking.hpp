// More identities for an account, and fewer.
#pragma once

#include "sandbox/state/accounts.hpp"
#include "sandbox/state/providers.hpp"

#include <string>

namespace nakama::sandbox {

/// They throw refusal in the server's words.
void link_custom(account_book& book, const std::string& user_id, const std::string& id, wall_time now);
void link_device(account_book& book, const std::string& user_id, const std::string& id, wall_time now);
void link_email(account_book& book, const std::string& user_id, const std::string& email,
                const std::string& password, wall_time now);
void link_provider(account_book& book, const std::string& user_id, provider which,
                   const provider_profile& profile, wall_time now);

/// Takes an identity off an account that has another. Empty means whatever there is, also if there is none.
void unlink(account_book& book, const std::string& user_id, identity_kind kind, const std::string& identity,
            wall_time now);
void unlink_device(account_book& book, const std::string& user_id, const std::string& id, wall_time now);

/// The name of a provider in the server's words: "GameCenter".
[[nodiscard]] std::string name_of(provider which);

} // namespace nakama::sandbox
