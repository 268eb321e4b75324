// Groups and who is what in them.
#pragma once

#include "sandbox/state/ids.hpp"
#include "sandbox/state/tokens.hpp"

#include <nakama/api/groups.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// Has no name in the API.
inline constexpr auto banned = static_cast<group_user_state>(4);

struct group_edge {
    group_user_state state{};
    std::int64_t position{}; ///< orders edges of one state by age
};

struct group_record {
    nakama::group group{};
    timestamp changed{};                       ///< the update time to the microsecond, and no other group's
    std::map<std::string, group_edge> edges{}; ///< by the user's id
};

/// Changes to a group; absent means unchanged.
struct group_changes {
    std::optional<std::string> name{};
    std::optional<std::string> description{};
    std::optional<std::string> lang_tag{};
    std::optional<std::string> avatar_url{};
    std::optional<bool> open{};
};

/// Everything that takes a `caller` or a cursor throws refusal in the server's words.
class group_book {
public:
    using users = std::vector<std::string>; // ids
    using user_check = std::function<bool(const std::string& user_id)>;

    explicit group_book(id_source& ids) : ids_{ids} {}

    /// Makes a group of `wanted` with a new id unless it has one, and its creator a superadmin. Throws
    /// refusal.
    const nakama::group& create(nakama::group wanted, wall_time now);
    void update(const std::string& id, const std::string& caller, const group_changes& changes,
                wall_time now);
    void remove(const std::string& id, const std::string& caller);

    enum class entrance {
        nothing, ///< there was a relation before, and it stays what it is
        asked,
        joined,
    };
    /// Throws refusal.
    entrance join(const std::string& id, const std::string& user, wall_time now);

    enum class departure {
        nothing, ///< there was nothing to leave
        left,
        ended, ///< the last one has left, and the group is gone
    };
    /// Throws refusal.
    departure leave(const std::string& id, const std::string& user, wall_time now);

    // Each gives those whom it happened to; the others are passed over.

    /// All or nobody; `exists` tells whether there is such a user.
    users add(const std::string& id, const std::string& caller, const users& whom, const user_check& exists,
              wall_time now);
    /// Those who were members; others go without a word.
    users kick(const std::string& id, const std::string& caller, const users& whom, wall_time now);
    users ban(const std::string& id, const std::string& caller, const users& whom, wall_time now);
    users promote(const std::string& id, const std::string& caller, const users& whom);
    users demote(const std::string& id, const std::string& caller, const users& whom);

    /// Makes a user what he is to be, whatever he was. False if there is no such group, or if it is full.
    bool put(const std::string& id, const std::string& user, group_user_state state, wall_time now);

    /// Takes a user out; groups that are left without a superadmin go with him.
    void forget(const std::string& user, wall_time now);

    struct listed_edge {
        std::string id{}; ///< of the user or of the group
        group_edge edge{};
    };
    struct page {
        std::vector<listed_edge> entries{};
        std::string cursor{};
    };
    /// The banned are listed only if asked for.
    [[nodiscard]] page users_of(const std::string& id, std::size_t limit, std::optional<std::int32_t> state,
                                std::string_view cursor) const;
    /// Who is banned has no longer anything to do with the group.
    [[nodiscard]] page groups_of(const std::string& user, std::size_t limit,
                                 std::optional<std::int32_t> state, std::string_view cursor) const;

    /// Null if there is none.
    [[nodiscard]] const group_record* find(const std::string& id) const;
    [[nodiscard]] std::optional<group_user_state> state_of(const std::string& id,
                                                           const std::string& user) const;
    [[nodiscard]] bool is_member(const std::string& id, const std::string& user) const;
    [[nodiscard]] const std::map<std::string, group_record>& all() const noexcept { return groups_; }

private:
    timestamp moment(wall_time now);
    std::int64_t next_position(wall_time now);
    void touch(group_record& record, wall_time now);
    void grow(group_record& record, wall_time now);
    void shrink(group_record& record, wall_time now);
    group_record& as_admin(const std::string& id, const std::string& caller);
    users expel(const std::string& id, const std::string& caller, const users& whom, bool for_good,
                wall_time now);
    void erase(const std::string& id);

    id_source& ids_;
    std::map<std::string, group_record> groups_;     // by id
    std::map<std::string, std::string> ids_by_name_; // names are unique
    timestamp last_{};
};

} // namespace nakama::sandbox
