// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/friends.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/friends.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<friend_state>() {
    static constexpr std::array names{
        enum_name{"FRIEND", 0},
        enum_name{"INVITE_SENT", 1},
        enum_name{"INVITE_RECEIVED", 2},
        enum_name{"BLOCKED", 3},
    };
    return names;
}

template <>
const schema& schema_of<friend_>() {
    static constexpr std::array fields{
        member<&friend_::user>("user"),
        member<&friend_::state>("state"),
        member<&friend_::update_time>("update_time"),
        member<&friend_::metadata>("metadata"),
    };
    static constexpr schema layout{"friend", fields};
    return layout;
}

template <>
const schema& schema_of<friend_list>() {
    static constexpr std::array fields{
        member<&friend_list::friends>("friends"),
        member<&friend_list::cursor>("cursor"),
    };
    static constexpr schema layout{"friend_list", fields};
    return layout;
}

template <>
const schema& schema_of<friend_of_friend>() {
    static constexpr std::array fields{
        member<&friend_of_friend::referrer>("referrer"),
        member<&friend_of_friend::user>("user"),
    };
    static constexpr schema layout{"friend_of_friend", fields};
    return layout;
}

template <>
const schema& schema_of<friends_of_friends_list>() {
    static constexpr std::array fields{
        member<&friends_of_friends_list::friends_of_friends>("friends_of_friends"),
        member<&friends_of_friends_list::cursor>("cursor"),
    };
    static constexpr schema layout{"friends_of_friends_list", fields};
    return layout;
}

} // namespace nakama::wire
