// The messages of one identity.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <satori/api/messages.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox::liveops {

class inbox {
public:
    struct request {
        std::size_t limit = 100;
        bool forward = false; ///< from older to newer; a cursor knows better
        std::string cursor{};
        std::vector<std::string> ids{}; ///< only these, if there are any
    };

    /// False if there is a message of that id.
    bool put(satori::message message);

    /// Messages are seen from their send time on. Throws refusal for a cursor that is none of ours.
    [[nodiscard]] satori::get_message_list_response list(const request& request, wall_time now) const;

    /// Times of 0 stay as they are. False if there is no such message, or not yet.
    bool update(std::string_view id, std::int64_t read_time, std::int64_t consume_time, wall_time now);
    bool remove(std::string_view id, wall_time now);

    /// Oldest first.
    [[nodiscard]] std::vector<satori::message> all() const;

private:
    /// What messages are ordered by: when they are due, then as they came.
    struct place {
        std::int64_t send_time{};
        std::uint64_t order{};

        auto operator<=>(const place&) const = default;
    };
    struct entry {
        place at{};
        satori::message message{};
    };
    struct cursor {
        place at{};
        bool forward{};  ///< how the page is to be read
        bool previous{}; ///< the page before `at` in that order, not after it
    };

    [[nodiscard]] static std::string write(const cursor& cursor);
    [[nodiscard]] static cursor read(const std::string& text);
    std::vector<entry>::iterator find(std::string_view id, wall_time now);

    std::vector<entry> entries_; // by place
    std::uint64_t count_ = 0;
};

} // namespace nakama::sandbox::liveops
