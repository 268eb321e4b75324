// Reads JSON text straight into messages, without a document in between.
#pragma once

#include "schema.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::wire {

struct read_limits {
    std::size_t depth = 32; ///< nesting of objects and lists
};

/// Why text could not be read.
struct read_failure {
    std::string where{}; ///< the field's path, "friends[2].user.create_time"; empty for the text as a whole
    std::string what{};
    std::size_t offset{}; ///< bytes from the start of the text, roughly where it was noticed
};

/// Fills `object` from `text`. Lenient towards a newer server: unknown fields are skipped, names may be in
/// snake_case or camelCase, integers may be text or numbers, null and absence leave the value as it is.
/// `unknown_field`, if given, receives the name of the first unknown field of the outermost object.
[[nodiscard]] std::optional<read_failure> read_json(std::string_view text, void* object, const schema& schema,
                                                    std::string* unknown_field = nullptr,
                                                    read_limits limits = {});

template <class T>
[[nodiscard]] std::optional<read_failure> read_json(std::string_view text, T& object) {
    return read_json(text, &object, schema_of<T>());
}

} // namespace nakama::wire
