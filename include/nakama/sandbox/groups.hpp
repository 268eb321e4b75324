// The groups of a sandbox, to put in and to look at without a round trip.
#pragma once

#include <nakama/api/groups.hpp>
#include <nakama/config.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A group to be, with what the client cannot say: its id and its metadata.
struct new_group {
    std::string id{};         ///< a UUID; a new one if empty
    std::string name{};       ///< 1 to 255 characters that no other group has
    std::string creator_id{}; ///< a user's, who becomes its superadmin
    std::string description{};
    std::string lang_tag = "en";
    std::string avatar_url{};
    std::string metadata = "{}"; ///< a JSON object
    bool open = false;
    std::int32_t max_count = 100; ///< how many members it may have, at least 1
};

/// A user of a group. 4, which has no name, is banned.
struct group_member {
    std::string user_id{};
    group_user_state state{};
};

/// A view of a server's groups, see server::groups(). Of a server that has stopped it finds nothing. What is
/// put in is neither told in the group's channel nor notified.
class NAKAMA_API groups {
public:
    /// Gives the group's id. Throws std::invalid_argument if something is not as new_group says, and
    /// std::logic_error if the server has stopped.
    std::string create(const new_group& group);

    /// Makes a user what he is to be in a group, whatever he was. Throws std::invalid_argument if there is
    /// no such user or group or no such state, or if the group is full, and std::logic_error if the server
    /// has stopped.
    void add(std::string_view group_id, std::string_view user_id,
             group_user_state state = group_user_state::member);

    [[nodiscard]] std::optional<nakama::group> find(std::string_view group_id) const;
    [[nodiscard]] std::optional<nakama::group> find_by_name(std::string_view name) const;

    /// All who have to do with a group, also who asked to join and who is banned, in the order of their
    /// states.
    [[nodiscard]] std::vector<group_member> members(std::string_view group_id) const;
    [[nodiscard]] std::size_t size() const;

private:
    friend class server;
    explicit groups(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
