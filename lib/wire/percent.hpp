// Request targets: paths and queries, percent-encoded after RFC 3986.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::wire {

/// Appends `text` with everything but unreserved characters escaped.
void append_percent(std::string& out, std::string_view text);

/// Undoes percent-encoding; `plus_is_space` for queries. Nothing if an escape is malformed.
[[nodiscard]] std::optional<std::string> decode_percent(std::string_view text, bool plus_is_space = false);

/// A request's target, built piece by piece: `target{"/v2/friend"}.query("limit", request.limit)`.
/// Text that is not UTF-8 throws nakama::error with errc::invalid_argument and the parameter's name.
class target {
public:
    explicit target(std::string_view path) : text_{path} {}

    /// Adds a path segment from a parameter; `name` is for errors. An empty segment is refused.
    target& segment(std::string_view name, std::string_view value);

    /// Adds a query parameter that is left out while empty or not set.
    target& query(std::string_view name, std::string_view value);
    target& query(std::string_view name, const char* value) { return query(name, std::string_view{value}); }
    target& query(std::string_view name, std::optional<bool> value);
    target& query(std::string_view name, std::optional<std::int32_t> value);

    /// The whole; leaves nothing behind.
    std::string take() { return std::move(text_); }

private:
    void append_query(std::string_view name, std::string_view value);

    std::string text_;
    char separator_ = '?';
};

} // namespace nakama::wire
