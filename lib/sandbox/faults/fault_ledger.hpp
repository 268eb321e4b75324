// What was ordered to go wrong, and what came of it.
#pragma once

#include <nakama/sandbox/faults.hpp>

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

/// An order that cannot be.
class bad_order : public std::invalid_argument {
public:
    /// `field` is the member's name, "fault.status".
    bad_order(std::string field, const std::string& why)
        : invalid_argument{field + ": " + why}, field_{std::move(field)}, why_{why} {}
    const std::string& field() const noexcept { return field_; }
    const std::string& why() const noexcept { return why_; }

private:
    std::string field_;
    std::string why_;
};

[[nodiscard]] fault_place place_of(const fault_order& order) noexcept;

/// Throws bad_order.
void check_order(const fault_order& order);

/// `*` in the pattern stands for any text.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text) noexcept;

/// The operation that a request means, "connect" for the socket's handshake. Empty for none.
[[nodiscard]] std::string_view operation_of(std::string_view method, std::string_view path) noexcept;

class fault_ledger {
public:
    static constexpr std::size_t remembered = 1000;

    /// Throws bad_order.
    fault_id add(const fault_order& order);
    void remove(fault_id id);
    void clear() { entries_.clear(); }

    /// Whether anything may happen there: asking is not free.
    [[nodiscard]] bool may_befall(fault_place place) const noexcept;
    /// Whether who asks matters.
    [[nodiscard]] bool wants_usernames() const noexcept;

    /// What happens to `event`.
    std::optional<fault> ask(const fault_event& event, std::chrono::system_clock::time_point now);

    /// The number of a connection that was just accepted.
    std::size_t count_connection() noexcept { return ++connections_; }

    [[nodiscard]] std::size_t connections() const noexcept { return connections_; }
    [[nodiscard]] std::size_t hits(fault_id id) const noexcept;
    [[nodiscard]] std::size_t seen(fault_id id) const noexcept;
    [[nodiscard]] const std::deque<fault_hit>& history() const noexcept { return history_; }

private:
    struct entry {
        fault_id id{};
        fault_order order{};
        fault_place place{};
        std::size_t seen = 0; ///< of what the order is about
        std::size_t hits = 0;

        [[nodiscard]] bool is_about(const fault_event& event) const;
        /// Counts the event.
        std::optional<fault> offer(const fault_event& event);
    };

    [[nodiscard]] const entry* find(fault_id id) const noexcept;

    /// Shared, so that a function that is asked may order and take back.
    std::vector<std::shared_ptr<entry>> entries_;
    std::deque<fault_hit> history_;
    fault_id last_id_ = 0;
    std::size_t connections_ = 0;
};

} // namespace nakama::sandbox
