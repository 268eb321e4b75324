// Everything that the Satori side of a sandbox knows and remembers.
#pragma once

#include "sandbox/satori/state/events.hpp"
#include "sandbox/satori/state/identities.hpp"
#include "sandbox/satori/state/named_list.hpp"
#include "sandbox/satori/state/schedule.hpp"

#include <nakama/sandbox/satori.hpp>

#include <chrono>
#include <cstdint>
#include <set>
#include <string>

namespace nakama::sandbox::liveops {

/// Names that clients may use; any, as long as none is defined.
class taxonomy {
public:
    void define(std::string name) { names_.insert(std::move(name)); }
    [[nodiscard]] bool allows(const std::string& name) const {
        return names_.empty() || names_.contains(name);
    }

private:
    std::set<std::string> names_;
};

struct state {
    identity_book identities{};
    session_book sessions{};
    event_book events{};
    taxonomy event_names{};
    taxonomy default_properties{};
    named_list<flag> flags{};
    named_list<experiment> experiments{};
    named_list<live_event> live_events{};
    bool ready = true;
};

/// 0 for a time that is not set.
[[nodiscard]] inline std::int64_t seconds_of(timestamp time) noexcept {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

} // namespace nakama::sandbox::liveops
