// Who is whose friend, or would like to be.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <nakama/api/friends.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

enum class relation_state : std::int32_t { friends = 0, invited = 1, invites = 2 };

/// One user's side of a relation.
struct friendship {
    std::string user_id{}; ///< the other's
    relation_state state{};
    std::int64_t position{}; ///< orders relations by age
    timestamp update_time{};
    std::string metadata = "{}";
};

class friend_book {
public:
    enum class outcome {
        nothing, ///< the relation was there before
        invited,
        accepted,
    };

    /// `metadata` is JSON, merged into what is there.
    outcome add(const std::string& user, const std::string& other, const std::string& metadata,
                wall_time now);

    /// An account is deleted: nobody has a relation with it any more.
    void forget(const std::string& user);

    struct page {
        std::vector<friendship> entries{};
        std::string cursor{};
    };
    /// Throws refusal for a cursor that is none or is of another filter.
    [[nodiscard]] page list(const std::string& user, std::size_t limit, std::optional<std::int32_t> state,
                            std::string_view cursor) const;

private:
    friendship* find(const std::string& user, const std::string& other);

    std::map<std::string, std::vector<friendship>> relations_;
    std::int64_t last_position_ = 0;
};

} // namespace nakama::sandbox
