// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/users.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/users.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<user>() {
    static constexpr std::array fields{
        member<&user::id>("id"),
        member<&user::username>("username"),
        member<&user::display_name>("display_name"),
        member<&user::avatar_url>("avatar_url"),
        member<&user::lang_tag>("lang_tag"),
        member<&user::location>("location"),
        member<&user::timezone>("timezone"),
        member<&user::metadata>("metadata"),
        member<&user::facebook_id>("facebook_id"),
        member<&user::google_id>("google_id"),
        member<&user::gamecenter_id>("gamecenter_id"),
        member<&user::steam_id>("steam_id"),
        member<&user::online>("online"),
        member<&user::edge_count>("edge_count"),
        member<&user::create_time>("create_time"),
        member<&user::update_time>("update_time"),
        member<&user::facebook_instant_game_id>("facebook_instant_game_id"),
        member<&user::apple_id>("apple_id"),
    };
    static constexpr schema layout{"user", fields};
    return layout;
}

template <>
const schema& schema_of<users>() {
    static constexpr std::array fields{
        member<&users::users>("users"),
    };
    static constexpr schema layout{"users", fields};
    return layout;
}

} // namespace nakama::wire
