// Generated from gen/api by nakama-gen; not to be edited.
// Groups, their members and who may do what in them.
#pragma once

#include <nakama/api/users.hpp>
#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// How a user relates to a group. The server's `GroupUserList.GroupUser.State`. Numbers that this version
/// does not know are kept.
enum class group_user_state : std::int32_t {
    superadmin = 0, ///< may do everything, also delete the group; its creator is one
    admin = 1, ///< may change the group and its members
    member = 2, ///< an ordinary member
    join_request = 3, ///< asked to join a closed group, not a member yet
};

/// How a user relates to one of the user's groups. The server's `UserGroupList.UserGroup.State`. Numbers that
/// this version does not know are kept.
enum class user_group_state : std::int32_t {
    superadmin = 0, ///< may do everything, also delete the group; its creator is one
    admin = 1, ///< may change the group and its members
    member = 2, ///< an ordinary member
    join_request = 3, ///< asked to join a closed group, not a member yet
};

/// A group of users.
struct group {
    std::string id{}; ///< [1] UUID
    std::string creator_id{}; ///< [2] UUID of the user who made it
    std::string name{}; ///< [3] unique, up to 255 characters
    std::string description{}; ///< [4] up to 255 characters
    std::string lang_tag{}; ///< [5] BCP 47 tag, `en` unless set
    std::string metadata{}; ///< [6] a JSON object as text, changed by the server only
    std::string avatar_url{}; ///< [7] up to 512 characters
    std::optional<bool> open{}; ///< [8] whether joining works at once instead of asking
    std::int32_t edge_count{}; ///< [9] how many members it has, without requests to join
    std::int32_t max_count{}; ///< [10] how many members it may have
    timestamp create_time{}; ///< [11] when it was made, whole seconds
    timestamp update_time{}; ///< [12] when it was last changed, whole seconds

    bool operator==(const group&) const = default;
};

/// A page of groups.
struct group_list {
    std::vector<group> groups{}; ///< [1] those that pass the filters
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const group_list&) const = default;
};

/// A user and how the user relates to a group. The server's `GroupUserList.GroupUser`.
struct group_user {
    nakama::user user{}; ///< [1] the member, or who asked to join
    /// [2] the user's place in the group; 4, which has no name, is banned
    std::optional<group_user_state> state{};

    bool operator==(const group_user&) const = default;
};

/// A page of a group's users.
struct group_user_list {
    std::vector<group_user> group_users{}; ///< [1] in the order of their states
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const group_user_list&) const = default;
};

/// A group and how a user relates to it. The server's `UserGroupList.UserGroup`.
struct user_group {
    nakama::group group{}; ///< [1] the group itself
    std::optional<user_group_state> state{}; ///< [2] the user's place in it; 4, which has no name, is banned

    bool operator==(const user_group&) const = default;
};

/// A page of a user's groups.
struct user_group_list {
    std::vector<user_group> user_groups{}; ///< [1] in the order of the user's states
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const user_group_list&) const = default;
};

/// Make users members of a group.
struct add_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    text_list user_ids{}; ///< [2] UUIDs; an unknown user is refused
};

/// Ban users from a group.
struct ban_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    text_list user_ids{}; ///< [2] UUIDs of the users
};

/// Make a group.
struct create_group_request {
    std::string_view name{}; ///< [1] unique among groups; 1 to 255 characters; required
    std::string_view description{}; ///< [2] free text; up to 255 characters
    std::string_view lang_tag{}; ///< [3] BCP 47 tag; up to 18 characters; the server's default is `en`
    std::string_view avatar_url{}; ///< [4] where its picture is found; up to 512 characters
    bool open{}; ///< [5] whether joining works at once instead of asking; the server's default is false
    /// [6] how many members it may have; 0 takes the default; at least 1; the server's default is 100
    std::int32_t max_count{};
};

/// Delete a group.
struct delete_group_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
};

/// Join a group, or ask to.
struct join_group_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
};

/// Remove users from a group.
struct kick_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    text_list user_ids{}; ///< [2] UUIDs of the users
};

/// Leave a group.
struct leave_group_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
};

/// List groups, a page at a time.
struct list_groups_request {
    std::string_view name{}; ///< [1] in any case; a percent sign stands for any text, but not in front
    std::string_view cursor{}; ///< [2] from the page before, listed with the same filters
    std::optional<std::int32_t> limit{}; ///< [3] size of the page; 1 to 100; the server's default is 1
    std::string_view lang_tag{}; ///< [4] only those with exactly this language tag
    std::optional<std::int32_t> members{}; ///< [5] only those with at most so many members
    std::optional<bool> open{}; ///< [6] only open ones, or only closed ones
};

/// List the users of a group, a page at a time.
struct list_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    std::optional<std::int32_t> limit{}; ///< [2] size of the page; 1 to 100; the server's default is 100
    /// [3] only those of one state; only 4, which has no name, shows the banned
    std::optional<group_user_state> state{};
    std::string_view cursor{}; ///< [4] from the page before, listed with the same `state`
};

/// List the groups of a user, a page at a time.
struct list_user_groups_request {
    std::string_view user_id{}; ///< [1] UUID of any user; required
    std::optional<std::int32_t> limit{}; ///< [2] size of the page; 1 to 100; the server's default is 100
    std::optional<user_group_state> state{}; ///< [3] only those where the user has one state
    std::string_view cursor{}; ///< [4] from the page before, listed with the same `state`
};

/// Raise members of a group.
struct promote_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    text_list user_ids{}; ///< [2] UUIDs of the users
};

/// Lower members of a group.
struct demote_group_users_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    text_list user_ids{}; ///< [2] UUIDs of the users; required
};

/// Change a group; what is not set stays as it is.
struct update_group_request {
    std::string_view group_id{}; ///< [1] UUID of the group; required
    std::optional<std::string_view> name{}; ///< [2] unique among groups; 1 to 255 characters
    std::optional<std::string_view> description{}; ///< [3] empty clears it; up to 255 characters
    std::optional<std::string_view> lang_tag{}; ///< [4] BCP 47 tag; up to 18 characters
    std::optional<std::string_view> avatar_url{}; ///< [5] empty clears it; up to 512 characters
    std::optional<bool> open{}; ///< [6] whether joining works at once instead of asking
};

} // namespace nakama
