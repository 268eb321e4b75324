// Takes the fields of one message out of JSON by the rules of protocol buffers.
#pragma once

#include "sandbox/json/json_input.hpp"

#include <nakama/timestamp.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

enum class unknown_fields {
    ignored, ///< as in bodies of requests
    refused, ///< as on the socket
};

/// Fields are asked for by their snake_case name and found under that or its camelCase form; null is absent.
/// Everything throws malformed for a value of another type and for a field given twice.
class message_reader {
public:
    message_reader(std::string_view document, const json_value& object, unknown_fields policy);

    [[nodiscard]] std::optional<std::string> text(std::string_view name);
    /// Fields of the wrapper types: the same on the wire, but other words in errors.
    [[nodiscard]] std::optional<std::string> wrapped_text(std::string_view name);
    [[nodiscard]] std::optional<bool> wrapped_flag(std::string_view name);
    [[nodiscard]] std::optional<std::int32_t> wrapped_int32(std::string_view name);
    [[nodiscard]] std::optional<std::string> bytes(std::string_view name);
    [[nodiscard]] std::optional<bool> flag(std::string_view name);
    [[nodiscard]] std::optional<std::int32_t> int32(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> int64(std::string_view name);
    [[nodiscard]] std::optional<timestamp> time(std::string_view name);
    /// A number as it is or the number of a name; names stand at their numbers. Unknown ones are left out
    /// where unknown fields are.
    [[nodiscard]] std::optional<std::int32_t> enumeration(std::string_view name,
                                                          std::span<const std::string_view> names);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    [[nodiscard]] std::optional<std::map<std::string, std::string>> text_map(std::string_view name);
    [[nodiscard]] std::optional<std::map<std::string, double>> number_map(std::string_view name);
    [[nodiscard]] std::optional<message_reader> message(std::string_view name);
    [[nodiscard]] std::vector<message_reader> messages(std::string_view name);

    /// The message as it was written.
    [[nodiscard]] std::string_view json() const;

    /// Refuses what was not asked for, if unknown fields are to be refused.
    void finish() const;

private:
    const json_value* find(std::string_view name);
    const json_value* find_list(std::string_view name);
    const json_value* find_object(std::string_view name);
    [[noreturn]] void wrong(const json_value& value, std::string_view type, std::string_view name) const;
    [[noreturn]] void unexpected(const json_value& value) const;
    std::string as_text(const json_value& value, std::string_view name) const;
    bool as_flag(const json_value& value, std::string_view name) const;
    std::int32_t as_int32(const json_value& value, std::string_view name) const;
    std::int64_t as_integer(const json_value& value, std::string_view type, std::string_view name,
                            std::int64_t min, std::int64_t max) const;
    double as_number(const json_value& value, std::string_view name) const;

    std::string_view document_;
    const json_value* object_;
    unknown_fields policy_;
    std::vector<bool> known_;
};

} // namespace nakama::sandbox
