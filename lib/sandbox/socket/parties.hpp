// What the messages of parties share, and what becomes of parties when a socket ends.
#pragma once

#include "sandbox/socket/realtime.hpp"

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// What `act` refuses becomes the answer.
template <class Act>
verdict or_refuse(const message& request, std::string_view doing, const Act& act) {
    try {
        act();
    } catch (const party_refusal& refused) {
        request.refuse(realtime_errors::bad_input, "Error " + std::string{doing} + ": " + refused.what());
    }
    return verdict::go_on;
}

/// Throws party_refusal.
[[nodiscard]] party_record& find_party(world& world, const node_address& address);

verdict refuse_party_id(const message& request);

/// Answers a message that is about a party, which `act` takes. `doing` is what the server's errors call it.
template <class Act>
verdict on_party(world& world, const message& request, std::string_view party_id, std::string_view doing,
                 const Act& act) {
    const auto address = read_node_address(party_id);
    if (!address) return refuse_party_id(request);
    return or_refuse(request, doing, [&] { act(find_party(world, *address)); });
}

/// Tells all of a party; all but one if `except` is the session of one.
void tell_party(world& world, const party_record& party, const std::string& text,
                const std::string& except = {});

/// Takes a session out of all parties; those who remain are told.
void leave_parties(world& world, const std::string& session_id);

/// The same without telling anybody.
void forget_in_parties(world& world, const std::string& session_id);

/// Takes a session out of all parties but one, if a server has it so.
void leave_other_parties(world& world, const std::string& session_id, const std::string& but);

} // namespace nakama::sandbox
