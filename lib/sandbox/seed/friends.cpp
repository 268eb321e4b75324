#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <array>
#include <string>
#include <utility>

namespace nakama::sandbox {
namespace {

friend_state read_state(const document_value& value) {
    constexpr std::array<std::pair<std::string_view, friend_state>, 4> names{
        {{"friend", friend_state::friend_},
         {"invite_sent", friend_state::invite_sent},
         {"invite_received", friend_state::invite_received},
         {"blocked", friend_state::blocked}}};
    return read_named<friend_state>(value, names);
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
            read_json(from, "metadata", metadata);
            from.finish();
        }
        seeding::put(entry, [&] { state.to.friends().put(user, other, is, metadata); });
    }
}

} // namespace nakama::sandbox
