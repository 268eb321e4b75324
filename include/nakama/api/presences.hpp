// Generated from gen/api by nakama-gen; not to be edited.
// Who is where: users as seen in channels, matches, parties and streams.
#pragma once

#include <nakama/list_view.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace nakama {

/// A user's presence on one socket: two sockets of a user are two presences.
struct user_presence {
    std::string user_id{}; ///< [1] UUID
    std::string session_id{}; ///< [2] UUID that identifies the socket
    std::string username{}; ///< [3] as in the token the socket was opened with, also after a rename
    bool persistence{}; ///< [4] in a channel: whether messages are kept
    std::optional<std::string> status{}; ///< [5] set, maybe to an empty text, while the user shows as online

    bool operator==(const user_presence&) const = default;
};

/// Names a `user_presence` in a request.
struct user_presence_ref {
    std::string_view user_id{}; ///< [1] UUID
    std::string_view session_id{}; ///< [2] UUID that identifies the socket
    std::string_view username{}; ///< [3] as in the token the socket was opened with, also after a rename
    bool persistence{}; ///< [4] in a channel: whether messages are kept
    /// [5] set, maybe to an empty text, while the user shows as online
    std::optional<std::string_view> status{};

    constexpr user_presence_ref() = default;
    constexpr user_presence_ref(
            std::string_view user_id_, std::string_view session_id_, std::string_view username_,
            bool persistence_ = {}, std::optional<std::string_view> status_ = {}) noexcept
        :
                user_id(user_id_), session_id(session_id_), username(username_), persistence(persistence_),
                status(status_) {}
    user_presence_ref(const user_presence& from NAKAMA_BORROWS) noexcept
        :
                user_id(from.user_id), session_id(from.session_id), username(from.username),
                persistence(from.persistence), status(from.status) {}
};

} // namespace nakama
