// The texts within JSON.
#pragma once

#include "plain_text.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace nakama::wire {

/// Takes texts from JSON, undoes their escapes and checks that they are UTF-8.
class json_text {
public:
    /// `end` is where the JSON ends.
    explicit json_text(const char* end) noexcept : end_{end} {}

    /// Takes a text that begins at `start`, behind its opening quote, and gives the place behind its closing
    /// one, or null if it is none. What is found lies in the JSON, or in memory that the next text needs.
    const char* take(const char* start, std::string_view& found) {
        const char* const at = skip_plain(start, end_);
        if (at == end_ || *at != '"') [[unlikely]]
            return take_special(start, at, found);
        found = {start, static_cast<std::size_t>(at - start)};
        return at + 1;
    }

    struct failure {
        const char* at = nullptr;
        const char* what = nullptr;
    };
    /// Of the latest text that was none.
    [[nodiscard]] const failure& failed() const noexcept { return failure_; }

private:
    const char* take_special(const char* start, const char* at, std::string_view& found);
    const char* find_escape(const char* at);
    const char* undo_escapes(const char* at, std::string_view& found);
    const char* escape(const char* at);
    const char* character(const char* at);
    const char* code_unit(const char* at, unsigned& unit);
    const char* fail(const char* at, const char* what) noexcept;

    const char* end_;
    std::string memory_; // as large as has been needed
    std::size_t size_ = 0;
    failure failure_;
};

} // namespace nakama::wire
