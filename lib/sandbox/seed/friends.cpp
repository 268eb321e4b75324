#include "sandbox/seed/seed.hpp"

#include <array>
#include <string>
#include <utility>

namespace nakama::sandbox {
namespace {

friend_state read_state(const document_value& value) {
    constexpr std::array names{std::pair{"friend", friend_state::friend_},
                               std::pair{"invite_sent", friend_state::invite_sent},
                               std::pair{"invite_received", friend_state::invite_received},
                               std::pair{"blocked", friend_state::blocked}};
    for (const auto& [name, state] : names)
        if (value.text() == name) return state;
    value.wrong(R"(wants "friend", "invite_sent", "invite_received" or "blocked")");
}

} // namespace

void seed_friends(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        std::string user, other, metadata = "{}";
        friend_state is = friend_state::friend_;
        if (entry.kind() == json_kind::array) {
            const auto both = entry.items();
            if (both.size() != 2) entry.wrong("wants two users");
            user = state.user_id(both[0]);
            other = state.user_id(both[1]);
        } else {
            document_object from = entry.object();
            user = state.user_id(from.need("user"));
            other = state.user_id(from.need("other"));
            if (const auto given = from.find("state")) is = read_state(*given);
            if (const auto given = from.find("metadata")) metadata = given->json_text();
            from.finish();
        }
        seeding::put(entry, [&] { state.to.friends().put(user, other, is, metadata); });
    }
}

} // namespace nakama::sandbox
