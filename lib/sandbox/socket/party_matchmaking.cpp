// Parties before the matchmaker: their members come into the same match.
#include "sandbox/socket/matchmaking.hpp"
#include "sandbox/socket/parties.hpp"

namespace nakama::sandbox::handlers {

using realtime_errors::bad_input;

verdict party_matchmaker_add(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const match_wish wish = read_match_wish(request.body);
    request.body.finish();
    if (const auto complaint = complaint_about(wish); !complaint.empty()) {
        request.refuse(bad_input, std::string{complaint});
        return verdict::go_on;
    }
    return on_party(world, request, party_id, "adding party to matchmaker", [&](party_record& party) {
        party.require_leader(request.from.session_id());
        // A party without places has no members. A real server stumbles over that and ends.
        if (party.members().empty()) throw party_refusal{"party member not found"};
        party_matchmaker_ticket added{.party_id = party_id};
        try {
            auto ticket = make_ticket(world, wish, party.members(), party.id());
            added.ticket = ticket.id;
            if (!world.pool.add(std::move(ticket))) throw party_refusal{"matchmaker too many tickets"};
        } catch (const bad_query& bad) {
            // A real server gives no reason; what it would have understood deserves one.
            const std::string why = bad.understood() ? std::string{": "} + bad.what() : "";
            throw party_refusal{"matchmaker query invalid" + why};
        }
        request.answer("party_matchmaker_ticket", added);
        tell_party(world, party, event("party_matchmaker_ticket", added), request.from.session_id());
        seek_matches(world);
    });
}

verdict party_matchmaker_remove(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const std::string ticket = request.body.text("ticket").value_or("");
    request.body.finish();
    if (ticket.empty()) {
        request.refuse(bad_input, "Invalid matchmaker ticket");
        return verdict::go_on;
    }
    // The server's errors say that it closes the party.
    return on_party(world, request, party_id, "closing party", [&](const party_record& party) {
        party.require_leader(request.from.session_id());
        if (!world.pool.remove_of_party(party.id(), ticket))
            throw party_refusal{"matchmaker ticket not found"};
        request.acknowledge();
    });
}

} // namespace nakama::sandbox::handlers
