// Who is whose friend, or would like to be, and who wants to hear nothing of whom.
#pragma once

#include "sandbox/state/accounts.hpp"

#include <nakama/api/friends.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// One user's side of a relation.
struct friendship {
    std::string user_id{}; ///< the other's
    friend_state state{};
    std::int64_t position{}; ///< orders relations by age
    timestamp update_time{};
    std::string metadata = "{}";
};

/// Keeps count of each user's relations in his account. Unknown users have none.
class friend_book {
public:
    explicit friend_book(account_book& users) : users_{users} {}

    enum class addition {
        nothing, ///< the relation was there before, or one of them has blocked the other
        invited,
        accepted,
    };
    /// `metadata` is JSON, merged into what is there.
    addition add(const std::string& user, const std::string& other, const std::string& metadata,
                 wall_time now);

    enum class removal {
        nothing,
        unblocked,
        parted, ///< both have lost their side
    };
    /// Leaves the other's block.
    removal remove(const std::string& user, const std::string& other, wall_time now);

    /// Whether there is somebody to block.
    bool block(const std::string& user, const std::string& other, wall_time now);

    /// Friends from elsewhere need no invitation. Whether they are friends now who were not before;
    /// `metadata` becomes that of both sides.
    bool befriend(const std::string& user, const std::string& other, const std::string& metadata,
                  wall_time now);
    /// Ends a user's friendships and invitations, on both sides. Blocks stay.
    void reset(const std::string& user, wall_time now);

    /// Makes the relation what `user` shall see, whatever it was, and the other's side what goes with it.
    void put(const std::string& user, const std::string& other, friend_state state,
             const std::string& metadata, wall_time now);
    /// Ends it on both sides, blocks included.
    void part(const std::string& user, const std::string& other, wall_time now);

    /// An account is deleted: nobody has a relation with it any more. As on the real server, counts stay.
    void forget(const std::string& user);

    /// Null if there is none.
    [[nodiscard]] const friendship* find(const std::string& user, const std::string& other) const;
    [[nodiscard]] bool blocks(const std::string& user, const std::string& other) const;

    struct page {
        std::vector<friendship> entries{};
        std::string cursor{};
    };
    /// By state, then by age.
    [[nodiscard]] std::vector<friendship> all(const std::string& user) const;
    /// The same by pages. Throws refusal for a cursor that is none or is of another filter.
    [[nodiscard]] page list(const std::string& user, std::size_t limit, std::optional<friend_state> state,
                            std::string_view cursor) const;

    struct acquaintance {
        std::string referrer{};
        std::string user_id{};
    };
    struct acquaintances {
        std::vector<acquaintance> entries{};
        std::string cursor{};
    };
    /// Friends of friends, by ids. As on the real server, pages after the first stay with the referrer that
    /// their cursor names. Throws refusal for a cursor that is none.
    [[nodiscard]] acquaintances friends_of_friends(const std::string& user, std::size_t limit,
                                                   std::string_view cursor) const;

private:
    [[nodiscard]] const std::vector<friendship>& relations_of(const std::string& user) const;
    friendship* side_of(const std::string& user, const std::string& other);
    void insert(const std::string& user, friendship relation, wall_time now);
    bool erase(const std::string& user, const std::string& other, wall_time now);
    void count(const std::string& user, std::int32_t change, wall_time now);
    std::int64_t next_position(wall_time now);

    account_book& users_;
    std::map<std::string, std::vector<friendship>> relations_;
    std::int64_t last_position_ = 0;
};

} // namespace nakama::sandbox
