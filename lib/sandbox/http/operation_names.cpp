#include "sandbox/http/operation_names.hpp"

#include "sandbox/api/catalogue.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

/// Whether `path` is of a pattern, or is that pattern with other names in its braces.
bool is_of(std::string_view path, std::string_view pattern) {
    for (;;) {
        const auto part = path.substr(0, path.find('/'));
        const auto expected = pattern.substr(0, pattern.find('/'));
        if (expected.starts_with('{') ? part.empty() : part != expected) return false;
        const bool last = part.size() == path.size();
        if (last != (expected.size() == pattern.size())) return false;
        if (last) return true;
        path.remove_prefix(part.size() + 1);
        pattern.remove_prefix(expected.size() + 1);
    }
}

} // namespace

std::string_view operation_name(std::string_view method, std::string_view path) noexcept {
    for (const auto operations : {nakama_operations(), satori_operations()})
        for (const api_operation& one : operations)
            if (one.method == method && is_of(path, one.path)) return one.name;
    return {};
}

bool operation_takes_hooks(std::string_view name) {
    if (name == "healthcheck" || name == "rpc") return false;
    const auto all = nakama_operations();
    return std::ranges::find(all, name, &api_operation::name) != all.end();
}

} // namespace nakama::sandbox
