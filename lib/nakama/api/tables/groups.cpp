// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/groups.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/groups.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<group_user_state>() {
    static constexpr std::array names{
        enum_name{"SUPERADMIN", 0},
        enum_name{"ADMIN", 1},
        enum_name{"MEMBER", 2},
        enum_name{"JOIN_REQUEST", 3},
    };
    return names;
}

template <>
std::span<const enum_name> names_of<user_group_state>() {
    static constexpr std::array names{
        enum_name{"SUPERADMIN", 0},
        enum_name{"ADMIN", 1},
        enum_name{"MEMBER", 2},
        enum_name{"JOIN_REQUEST", 3},
    };
    return names;
}

template <>
const schema& schema_of<group>() {
    static constexpr std::array fields{
        member<&group::id>("id"),
        member<&group::creator_id>("creator_id"),
        member<&group::name>("name"),
        member<&group::description>("description"),
        member<&group::lang_tag>("lang_tag"),
        member<&group::metadata>("metadata"),
        member<&group::avatar_url>("avatar_url"),
        member<&group::open>("open"),
        member<&group::edge_count>("edge_count"),
        member<&group::max_count>("max_count"),
        member<&group::create_time>("create_time"),
        member<&group::update_time>("update_time"),
    };
    static constexpr schema layout{"group", fields};
    return layout;
}

template <>
const schema& schema_of<group_list>() {
    static constexpr std::array fields{
        member<&group_list::groups>("groups"),
        member<&group_list::cursor>("cursor"),
    };
    static constexpr schema layout{"group_list", fields};
    return layout;
}

template <>
const schema& schema_of<group_user>() {
    static constexpr std::array fields{
        member<&group_user::user>("user"),
        member<&group_user::state>("state"),
    };
    static constexpr schema layout{"group_user", fields};
    return layout;
}

template <>
const schema& schema_of<group_user_list>() {
    static constexpr std::array fields{
        member<&group_user_list::group_users>("group_users"),
        member<&group_user_list::cursor>("cursor"),
    };
    static constexpr schema layout{"group_user_list", fields};
    return layout;
}

template <>
const schema& schema_of<user_group>() {
    static constexpr std::array fields{
        member<&user_group::group>("group"),
        member<&user_group::state>("state"),
    };
    static constexpr schema layout{"user_group", fields};
    return layout;
}

template <>
const schema& schema_of<user_group_list>() {
    static constexpr std::array fields{
        member<&user_group_list::user_groups>("user_groups"),
        member<&user_group_list::cursor>("cursor"),
    };
    static constexpr schema layout{"user_group_list", fields};
    return layout;
}

} // namespace nakama::wire
