#include "sandbox/seed/seed.hpp"

#include <utility>

namespace nakama::sandbox {

void seed_accounts(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        new_account account;
        account.username = from.need("username").text();
        for (const auto& [name, to] :
             {std::pair{"id", &account.id}, std::pair{"display_name", &account.display_name},
              std::pair{"avatar_url", &account.avatar_url}, std::pair{"lang_tag", &account.lang_tag},
              std::pair{"location", &account.location}, std::pair{"timezone", &account.timezone},
              std::pair{"custom_id", &account.custom_id}, std::pair{"email", &account.email},
              std::pair{"password", &account.password}})
            if (const auto given = from.find(name)) *to = given->text();
        for (const auto& [name, to] :
             {std::pair{"metadata", &account.metadata}, std::pair{"wallet", &account.wallet}})
            if (const auto given = from.find(name)) *to = given->json_text();
        if (const auto given = from.find("devices"))
            for (const document_value& device : given->items()) account.devices.push_back(device.text());
        from.finish();
        state.add_user(account.username,
                       seeding::put(entry, [&] { return state.to.accounts().add(account); }));
    }
}

} // namespace nakama::sandbox
