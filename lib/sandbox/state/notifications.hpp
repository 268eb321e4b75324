// Notifications that are kept until their users delete them.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <nakama/api/notifications.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

class notification_book {
public:
    /// Later ones are newer, also within one moment.
    void keep(const std::string& user, notification kept, wall_time now);

    /// Oldest first; a cursor goes on behind the last one of its page, now or later, also if that one is
    /// deleted. Throws refusal for a cursor that is none.
    [[nodiscard]] notification_list list(const std::string& user, std::size_t limit,
                                         const std::string& cursor) const;
    [[nodiscard]] std::vector<notification> all(const std::string& user) const;

    /// What is not there or another's stays out of it.
    void remove(const std::string& user, const std::string& id);

    /// An account is deleted, and what it was told with it.
    void forget(const std::string& user) { kept_.erase(user); }

private:
    struct entry {
        notification content{};
        std::int64_t position{}; // orders them by age
    };

    std::map<std::string, std::vector<entry>> kept_;
    std::int64_t last_position_ = 0;
};

} // namespace nakama::sandbox
