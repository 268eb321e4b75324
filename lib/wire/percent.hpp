// Request targets: paths and queries, percent-encoded after RFC 3986.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
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

    /// Adds what stands between parameters, as it is.
    target& path(std::string_view literal) {
        text_ += literal;
        return *this;
    }

    /// Adds a query parameter that is left out while it is empty or zero.
    target& query(std::string_view name, std::string_view value);
    target& query(std::string_view name, const char* value) { return query(name, std::string_view{value}); }
    template <class T>
    target& query(std::string_view name, T plain) {
        return plain == T{} ? *this : query(name, std::optional{plain});
    }
    /// Adds a query parameter that is left out while it is not set.
    target& query(std::string_view name, std::optional<std::string_view> value);
    template <class T>
    target& query(std::string_view name, std::optional<T> value) {
        if (!value) return *this;
        if constexpr (std::is_same_v<T, bool>) append_query(name, *value ? "true" : "false");
        else append_query(name, std::to_string(number(*value)));
        return *this;
    }
    /// Adds a query parameter once for each text, also for empty ones.
    target& query(std::string_view name, text_list values);

    /// Adds a query parameter whose name comes from outside as well.
    target& parameter(std::string_view name, std::string_view value);

    /// The whole; leaves nothing behind.
    std::string take() { return std::move(text_); }

private:
    template <class T>
    static auto number(T value) {
        if constexpr (std::is_enum_v<T>) return static_cast<std::underlying_type_t<T>>(value);
        else return value;
    }

    void append_query(std::string_view name, std::string_view value);

    std::string text_;
    char separator_ = '?';
};

} // namespace nakama::wire
