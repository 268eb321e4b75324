#include "sandbox/seed/members.hpp"
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
              std::pair{"password", &account.password}, std::pair{"apple_id", &account.apple_id},
              std::pair{"facebook_id", &account.facebook_id},
              std::pair{"facebook_instant_game_id", &account.facebook_instant_game_id},
              std::pair{"gamecenter_id", &account.gamecenter_id}, std::pair{"google_id", &account.google_id},
              std::pair{"steam_id", &account.steam_id}})
            read_text(from, name, *to);
        for (const auto& [name, to] :
             {std::pair{"metadata", &account.metadata}, std::pair{"wallet", &account.wallet}})
            read_json(from, name, *to);
        if (const auto given = from.find("devices"))
            for (const document_value& device : given->items()) account.devices.push_back(device.text());
        from.finish();
        state.add_user(account.username,
                       seeding::put(entry, [&] { return state.to.accounts().add(account); }));
    }
}

} // namespace nakama::sandbox
