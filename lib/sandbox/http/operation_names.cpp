#include "sandbox/http/operation_names.hpp"

#include "sandbox/api/catalogue.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

/// Whether two patterns take the same paths.
bool same_pattern(std::string_view one, std::string_view other) {
    for (;;) {
        const auto part = one.substr(0, one.find('/'));
        const auto with = other.substr(0, other.find('/'));
        if (part != with && !(part.starts_with('{') && with.starts_with('{'))) return false;
        const bool last = part.size() == one.size();
        if (last || with.size() == other.size()) return last && with.size() == other.size();
        one.remove_prefix(part.size() + 1);
        other.remove_prefix(with.size() + 1);
    }
}

} // namespace

std::string_view operation_name(std::string_view method, std::string_view path) {
    const auto all = nakama_operations();
    const auto found = std::ranges::find_if(
        all, [&](const api_operation& one) { return one.method == method && same_pattern(one.path, path); });
    return found == all.end() ? std::string_view{} : found->name;
}

bool operation_takes_hooks(std::string_view name) {
    if (name == "healthcheck" || name == "rpc_func") return false;
    const auto all = nakama_operations();
    return std::ranges::find(all, name, &api_operation::name) != all.end();
}

} // namespace nakama::sandbox
