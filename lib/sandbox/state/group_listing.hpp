// Finding groups: filters, orders and pages.
#pragma once

#include "sandbox/state/groups.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::sandbox {

struct group_filter {
    std::string
        name{}; ///< in any case; % stands for any text, _ for one character; goes with no other filter
    std::string lang_tag{};
    std::optional<bool> open{};
    std::int32_t members = -1; ///< at most so many; less than none is no filter
};

/// Each combination of filters has an order of its own. Throws refusal.
[[nodiscard]] group_list list_groups(const group_book& groups, group_filter filter, std::size_t limit,
                                     const std::string& cursor);

/// Whether all of `text` is as `pattern` says, in any case. Only ASCII letters have a case here. Nothing if
/// the pattern ends in the middle of an escape.
[[nodiscard]] std::optional<bool> is_like(std::string_view text, std::string_view pattern);

} // namespace nakama::sandbox
