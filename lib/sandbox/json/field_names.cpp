#include "sandbox/json/field_names.hpp"

namespace nakama::sandbox {
namespace {

/// Gives the characters of the camelCase form one by one, until `each` says no.
template <class Each>
void for_each_camel(std::string_view snake_case, Each each) {
    bool upper = false;
    for (const char c : snake_case) {
        if (c == '_') {
            upper = true;
            continue;
        }
        if (!each(upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c)) return;
        upper = false;
    }
}

} // namespace

std::string camel_case(std::string_view snake_case) {
    std::string result;
    for_each_camel(snake_case, [&](char c) {
        result += c;
        return true;
    });
    return result;
}

bool is_field(std::string_view key, std::string_view snake_case) noexcept {
    if (key == snake_case) return true;
    bool same = true;
    for_each_camel(snake_case, [&](char c) {
        same = !key.empty() && key.front() == c;
        if (same) key.remove_prefix(1);
        return same;
    });
    return same && key.empty();
}

} // namespace nakama::sandbox
