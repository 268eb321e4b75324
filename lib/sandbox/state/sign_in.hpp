// Who comes in with which identity, and who is made on the way.
#pragma once

#include "sandbox/state/accounts.hpp"
#include "sandbox/state/providers.hpp"

#include <string>

namespace nakama::sandbox {

struct entrance {
    std::string user_id{};
    std::string username{};
    bool created{};
};

/// `username` matters only when an account is made; empty lets the server choose. They throw refusal.
entrance enter_by_device(account_book& book, const std::string& id, const std::string& username, bool create,
                         wall_time now);
entrance enter_by_custom(account_book& book, const std::string& id, const std::string& username, bool create,
                         wall_time now);
/// An empty `email` goes by username and makes no account.
entrance enter_by_email(account_book& book, const std::string& email, const std::string& password,
                        const std::string& username, bool create, wall_time now);
entrance enter_by_provider(account_book& book, provider which, const provider_profile& profile,
                           const std::string& username, bool create, wall_time now);

/// Takes what a provider tells of somebody into an account that does not know it yet.
void take_over_profile(account_record& record, provider which, const provider_profile& profile);
/// The address a provider tells of, in place of the account's; not if somebody else has it.
void take_over_email(account_book& book, account_record& record, provider which,
                     const provider_profile& profile);

} // namespace nakama::sandbox
