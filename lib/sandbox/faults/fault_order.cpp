// Which orders make sense, and what they are about.
#include "sandbox/api/catalogue.hpp"
#include "sandbox/faults/fault_ledger.hpp"
#include "sandbox/http/operation_names.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

constexpr std::string_view connect = "connect";

enum place_set : unsigned { connections = 1, requests = 2, messages = 4, events = 8, sockets = 16 };

unsigned bit_of(fault_place place, const fault_order& order) {
    switch (place) {
    case fault_place::connection:
        return connections;
    case fault_place::request:
        return requests | (order.operation == connect ? sockets : 0U);
    case fault_place::message:
        return messages | sockets;
    case fault_place::event:
        return events | sockets;
    }
    return 0;
}

/// `where` says which member holds the fault: "fault", "script[1]".
void check_fault(const fault& fault, unsigned place, const std::string& where) {
    const auto member = [&](std::string_view name, bool is_set, unsigned allowed) {
        if (!is_set || (place & allowed) != 0) return;
        std::string befallen;
        for (const auto& [bit, text] :
             {std::pair{connections, "connections"}, std::pair{requests, "requests"},
              std::pair{messages, "messages"}, std::pair{events, "events"},
              std::pair{sockets, "messages, events and the operation \"connect\""}}) {
            if ((allowed & bit) == 0) continue;
            befallen += (befallen.empty() ? "" : ", ") + std::string{text};
        }
        throw bad_order{where + '.' + std::string{name}, "is for " + befallen + " only"};
    };
    const auto refuse = [&](std::string_view name, const std::string& why) {
        throw bad_order{where + '.' + std::string{name}, why};
    };
    member("status", fault.status != 0, requests);
    member("code", fault.code.has_value(), requests | messages);
    member("message", !fault.message.empty(), requests | messages);
    member("body", fault.body.has_value(), requests);
    member("retry_after", fault.retry_after.has_value(), requests);
    member("acts", fault.acts, requests | messages);
    member("refuse", fault.refuse != fault::refusal::none, connections);
    member("lose", fault.lose != fault::loss::none, requests | messages | events);
    member("duplicate", fault.duplicate, requests | messages | events);
    member("reorder", fault.reorder, messages | events);
    member("stop_reading", fault.stop_reading, sockets);
    member("ignore_pings", fault.ignore_pings, sockets);
    member("stop_pinging", fault.stop_pinging, sockets);
    member("close_code", fault.close_code.has_value(), sockets);

    if (fault.status != 0 && (fault.status < 200 || fault.status > 599)) refuse("status", "wants 200 to 599");
    if (fault.code && (*fault.code < 0 || *fault.code > 16)) refuse("code", "wants 0 to 16");
    const bool answers = fault.status != 0 || fault.code || fault.body;
    if (!fault.message.empty() && !fault.code && fault.status == 0)
        refuse("message", "goes with status or code");
    if (fault.acts && !answers) refuse("acts", "goes with status, code or body");
    if (fault.retry_after && !answers) refuse("retry_after", "goes with status, code or body");
    if (fault.retry_after && fault.retry_after->count() < 0) refuse("retry_after", "is negative");
    if (fault.lose != fault::loss::none && answers) refuse("lose", "contradicts an answer");
    if (fault.delay.count() < 0) refuse("delay", "is negative");
    if (fault.cut_at && fault.reset_at) refuse("reset_at", "contradicts cut_at");
    if (place == connections &&
        (fault.cut_at.value_or(0) >= fault::middle || fault.reset_at.value_or(0) >= fault::middle))
        refuse(fault.cut_at ? "cut_at" : "reset_at",
               "wants a number of bytes: a connection has no middle and no end");
    if (fault.drip.pause.count() < 0) refuse("drip.pause", "is negative");
    if (fault.drip.pause.count() > 0 && fault.drip.bytes == 0) refuse("drip.bytes", "wants at least 1");
    if (fault.close_code) {
        const auto code = *fault.close_code;
        if (code < 1000 || code > 4999) refuse("close_code", "wants 1000 to 4999");
    }
    if (!fault.close_reason.empty() && !fault.close_code) refuse("close_reason", "goes with close_code");
    if (fault.close_reason.size() > 123) refuse("close_reason", "is longer than 123 bytes");
}

/// Whether a pattern can mean anything of a list.
template <class List, class Name>
bool names_any(std::string_view pattern, const List& list, Name name) {
    return std::ranges::any_of(list, [&](const auto& one) { return fits(pattern, name(one)); });
}

void check_names(const fault_order& order) {
    const auto as_is = [](std::string_view kind) { return kind; };
    const auto name_of = [](const api_operation& one) { return one.name; };
    if (!order.operation.empty() && !fits(order.operation, connect) &&
        !names_any(order.operation, nakama_operations(), name_of) &&
        !names_any(order.operation, satori_operations(), name_of))
        throw bad_order{"operation", "there is no operation \"" + order.operation + '"'};
    if (!order.message.empty() && !names_any(order.message, sent_kinds(), as_is))
        throw bad_order{"message", "there is no message \"" + order.message + "\" from clients"};
    if (!order.event.empty() && !names_any(order.event, received_kinds(), as_is))
        throw bad_order{"event", "there is no event \"" + order.event + '"'};
}

} // namespace

fault_place place_of(const fault_order& order) noexcept {
    if (!order.event.empty()) return fault_place::event;
    if (!order.message.empty()) return fault_place::message;
    if (!order.operation.empty() || !order.path.empty() || !order.method.empty()) return fault_place::request;
    return fault_place::connection;
}

void check_order(const fault_order& order) {
    const fault_place place = place_of(order);
    const bool names_request = !order.operation.empty() || !order.path.empty() || !order.method.empty();
    if (!order.event.empty() && !order.message.empty())
        throw bad_order{"message", "contradicts event: an order is about one place"};
    if (names_request && place != fault_place::request)
        throw bad_order{place == fault_place::event ? "event" : "message",
                        "contradicts operation, method and path: an order is about one place"};
    if (!order.username.empty() && place == fault_place::connection)
        throw bad_order{"username", "nobody has signed in when a connection is accepted"};
    check_names(order);
    if (order.decide && !order.script.empty())
        throw bad_order{"script", "contradicts decide: one of them says what happens"};

    if (!order.decide && order.script.empty() && order.fault == sandbox::fault{})
        throw bad_order{"fault", "says nothing that is to happen"};

    const unsigned bit = bit_of(place, order);
    check_fault(order.fault, bit, "fault");
    for (std::size_t i = 0; i < order.script.size(); ++i)
        if (order.script[i]) check_fault(*order.script[i], bit, "script[" + std::to_string(i) + ']');
}

bool fits(std::string_view pattern, std::string_view text) noexcept {
    // The last star takes one character more whenever what follows it does not fit.
    std::size_t p = 0, t = 0, star = std::string_view::npos, taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::string_view operation_of(std::string_view method, std::string_view path) noexcept {
    return method == "GET" && path == "/ws" ? connect : operation_name(method, path);
}

} // namespace nakama::sandbox
