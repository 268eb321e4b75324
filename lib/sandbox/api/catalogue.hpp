// What the API consists of, by the names that clients use.
#pragma once

#include <span>
#include <string_view>

namespace nakama::sandbox {

struct api_operation {
    std::string_view name; ///< "get_account"
    std::string_view method;
    std::string_view path; ///< with parts in braces: "/v2/group/{group_id}/add"
};

/// One entry for each route.
[[nodiscard]] std::span<const api_operation> nakama_operations();
[[nodiscard]] std::span<const api_operation> satori_operations();

/// The kinds of messages that clients send over the socket, and of those that they receive.
[[nodiscard]] std::span<const std::string_view> sent_kinds();
[[nodiscard]] std::span<const std::string_view> received_kinds();

} // namespace nakama::sandbox
