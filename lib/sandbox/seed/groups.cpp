#include "sandbox/state/groups.hpp"

#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <nakama/sandbox/groups.hpp>

#include <array>

namespace nakama::sandbox {
namespace {

group_user_state read_state(const document_value& value) {
    constexpr std::array<std::pair<std::string_view, group_user_state>, 5> names{
        {{"superadmin", group_user_state::superadmin},
         {"admin", group_user_state::admin},
         {"member", group_user_state::member},
         {"join_request", group_user_state::join_request},
         {"banned", banned}}};
    return read_named<group_user_state>(value, names);
}

/// A username, or an object with a state as well.
void put_member(seeding& state, const std::string& group_id, const document_value& entry) {
    group_member member{.user_id = {}, .state = group_user_state::member};
    if (entry.kind() == json_kind::string) {
        member.user_id = state.user_id(entry);
    } else {
        document_object from = entry.object();
        member.user_id = state.user_id(from.need("user"));
        if (const auto given = from.find("state")) member.state = read_state(*given);
        from.finish();
    }
    seeding::put(entry, [&] { state.to.groups().add(group_id, member.user_id, member.state); });
}

} // namespace

void seed_groups(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        new_group group;
        group.name = from.need("name").text();
        group.creator_id = state.user_id(from.need("creator"));
        read_text(from, "id", group.id);
        read_text(from, "description", group.description);
        read_text(from, "lang_tag", group.lang_tag);
        read_text(from, "avatar_url", group.avatar_url);
        read_json(from, "metadata", group.metadata);
        read_flag(from, "open", group.open);
        read_number(from, "max_count", group.max_count);
        const auto members = from.find("members");
        from.finish();
        const std::string id = seeding::put(entry, [&] { return state.to.groups().create(group); });
        if (!members) continue;
        for (const document_value& member : members->items()) put_member(state, id, member);
    }
}

} // namespace nakama::sandbox
