#include "sandbox/seed/seed.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

struct named_section {
    std::string_view name;
    seed_section put;
};

/// In the order in which they are put in: what is named has to be there.
constexpr std::array sections{
    named_section{"accounts", seed_accounts},
    named_section{"friends", seed_friends},
    named_section{"groups", seed_groups},
    named_section{"storage", seed_storage},
    named_section{"leaderboards", seed_leaderboards},
    named_section{"tournaments", seed_tournaments},
    named_section{"messages", seed_messages},
    named_section{"notifications", seed_notifications},
    named_section{"receipts", seed_receipts},
    named_section{"satori", seed_satori},
};

} // namespace

const std::string& seeding::user_id(const document_value& username) const {
    const auto found = users_.find(username.text());
    if (found == users_.end()) username.wrong("there is no account \"" + username.text() + '"');
    return found->second;
}

void seed_document::put_into(server& to) const {
    document_object root = read_.root().object();
    seeding state{to};
    for (const named_section& section : sections)
        if (const auto given = root.find(section.name)) section.put(state, *given);
    root.finish();
}

} // namespace nakama::sandbox
