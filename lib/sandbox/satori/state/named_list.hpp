// What has a name and a turn: the definitions of flags, experiments and live events.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace nakama::sandbox::liveops {

template <class Definition>
struct named {
    Definition definition{};
    std::int64_t create_time_sec{}; ///< of the first definition of that name
};

/// In the order they were first put in.
template <class Definition>
class named_list {
public:
    void put(Definition definition, wall_time now) {
        const auto found = std::ranges::find(entries_, definition.name, name_of);
        if (found != entries_.end()) found->definition = std::move(definition);
        else entries_.push_back({std::move(definition), unix_seconds(now)});
    }
    void remove(std::string_view name) {
        std::erase_if(entries_, [&](const auto& entry) { return name_of(entry) == name; });
    }
    /// Null if there is none.
    [[nodiscard]] const Definition* find(std::string_view name) const {
        const auto found = std::ranges::find(entries_, name, name_of);
        return found == entries_.end() ? nullptr : &found->definition;
    }

    [[nodiscard]] auto begin() const { return entries_.begin(); }
    [[nodiscard]] auto end() const { return entries_.end(); }

private:
    static std::string_view name_of(const named<Definition>& entry) { return entry.definition.name; }

    std::vector<named<Definition>> entries_;
};

} // namespace nakama::sandbox::liveops
