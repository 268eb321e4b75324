// The relations between a sandbox's users, to put in and to look at without a round trip.
#pragma once

#include <nakama/api/friends.hpp>
#include <nakama/config.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A view of a server's friendships, invitations and blocks, see server::friends(). Nobody is notified of
/// what is done here. Of a server that has stopped it finds nothing.
class NAKAMA_API friends {
public:
    /// Makes `other` what `user_id` shall see in his list, whatever he was before, and the other's side what
    /// goes with it: a friend, an invitation, or nothing for a block. Throws std::invalid_argument if they
    /// are one, if one is not there, for a state that is none and for metadata that is not JSON, and
    /// std::logic_error if the server has stopped.
    void put(std::string_view user_id, std::string_view other_id, friend_state state = friend_state::friend_,
             std::string_view metadata = "{}");
    /// Ends what is between them on both sides, blocks included.
    void remove(std::string_view user_id, std::string_view other_id);

    /// What `user_id` sees of `other_id`.
    [[nodiscard]] std::optional<friend_> find(std::string_view user_id, std::string_view other_id) const;
    /// All that `user_id` sees, in the order of lists.
    [[nodiscard]] std::vector<friend_> all(std::string_view user_id) const;

private:
    friend class server;
    explicit friends(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
