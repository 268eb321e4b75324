#include "sandbox/faults/fault_ledger.hpp"

#include <algorithm>

namespace nakama::sandbox {

bool fault_ledger::entry::is_about(const fault_event& event) const {
    if (place != event.place) return false;
    if (order.connection != 0 && order.connection != event.connection) return false;
    if (!order.username.empty() && !fits(order.username, event.username)) return false;
    switch (place) {
    case fault_place::connection:
        return true;
    case fault_place::request:
        return (order.operation.empty() || (!event.name.empty() && fits(order.operation, event.name))) &&
               (order.method.empty() || fits(order.method, event.method)) &&
               (order.path.empty() || fits(order.path, event.path));
    case fault_place::message:
        return fits(order.message, event.name);
    case fault_place::event:
        return fits(order.event, event.name);
    }
    return false;
}

std::optional<fault> fault_ledger::entry::offer(const fault_event& event) {
    const std::size_t number = seen++;
    if (number < order.skip) return {};
    if (order.times && number - order.skip >= *order.times) return {};
    if (order.decide) {
        try {
            return order.decide(event);
        } catch (...) {
            return {}; // it is asked in the middle of everything, where nobody could take what it throws
        }
    }
    if (order.script.empty()) return order.fault;
    if (number - order.skip >= order.script.size()) return {};
    return order.script[number - order.skip];
}

fault_id fault_ledger::add(const fault_order& order) {
    check_order(order);
    entries_.push_back(
        std::make_shared<entry>(entry{.id = ++last_id_, .order = order, .place = place_of(order)}));
    return last_id_;
}

void fault_ledger::remove(fault_id id) {
    std::erase_if(entries_, [&](const auto& one) { return one->id == id; });
}

bool fault_ledger::may_befall(fault_place place) const noexcept {
    return std::ranges::any_of(entries_, [&](const auto& one) { return one->place == place; });
}

bool fault_ledger::wants_usernames() const noexcept {
    return std::ranges::any_of(
        entries_, [](const auto& one) { return !one->order.username.empty() || one->order.decide; });
}

std::optional<fault> fault_ledger::ask(const fault_event& event, std::chrono::system_clock::time_point now) {
    const auto asked = entries_;
    for (const auto& one : asked) {
        if (!one->is_about(event)) continue;
        auto offered = one->offer(event);
        if (!offered) continue;
        ++one->hits;
        if (history_.size() == remembered) history_.pop_front();
        history_.push_back({.order = one->id, .event = event, .fault = *offered, .time = now});
        return offered;
    }
    return {};
}

const fault_ledger::entry* fault_ledger::find(fault_id id) const noexcept {
    const auto found = std::ranges::find_if(entries_, [&](const auto& one) { return one->id == id; });
    return found == entries_.end() ? nullptr : found->get();
}

std::size_t fault_ledger::hits(fault_id id) const noexcept {
    const entry* found = find(id);
    return found ? found->hits : 0;
}

std::size_t fault_ledger::seen(fault_id id) const noexcept {
    const entry* found = find(id);
    return found ? found->seen : 0;
}

} // namespace nakama::sandbox
