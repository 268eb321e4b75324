// Parties: groups of sockets with a leader that come and go with their members.
#include "sandbox/socket/parties.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;

user_presence read_whom(message_reader& body) {
    auto given = body.message("presence");
    return given ? read_presence(*given) : user_presence{};
}

bool is_complete(const user_presence& presence) {
    return !presence.user_id.empty() && !presence.session_id.empty() && !presence.username.empty();
}

verdict refuse_presence(const message& request) {
    request.refuse(bad_input, "Invalid presence");
    return verdict::go_on;
}

void send_to(world& world, const user_presence& whom, const std::string& text) {
    const auto socket = world.sockets.find(whom.session_id);
    if (socket != world.sockets.end()) socket->second->send(text);
}

/// Label and hidden are told to the creator alone.
nakama::party describe(const party_record& party, const user_presence& to) {
    return {.party_id = party.id(),
            .open = party.settings().open,
            .max_size = party.max_size(),
            .self = to,
            .leader = party.leader(),
            .presences = party.audience()};
}

void announce_leader(world& world, const party_record& party) {
    tell_party(
        world, party,
        event("party_leader", nakama::party_leader{.party_id = party.id(), .presence = party.leader()}));
}

void announce_joined(world& world, const party_record& party, const user_presence& who) {
    if (party.has_member(who.session_id)) send_to(world, who, event("party", describe(party, who)));
    tell_party(world, party,
               event("party_presence_event", party_presence_event{.party_id = party.id(), .joins = {who}}));
}

void announce_left(world& world, const party_record& party, const user_presence& who) {
    tell_party(world, party,
               event("party_presence_event", party_presence_event{.party_id = party.id(), .leaves = {who}}));
}

void erase(world& world, const party_record& over) {
    std::erase_if(world.parties, [&](const party_record& one) { return &one == &over; });
}

/// Takes a session out of one party, whose tickets are void then. The party may be over after it.
void leave(world& world, party_record& party, const std::string& session_id, bool tell) {
    const auto at = std::ranges::find(party.audience(), session_id, &user_presence::session_id);
    if (at == party.audience().end()) return;
    const user_presence who = *at;
    const auto departure = party.leave(session_id);
    world.pool.remove_party(party.id());
    if (tell && departure.new_leader) announce_leader(world, party);
    if (tell) announce_left(world, party, who);
    if (party.audience().empty()) erase(world, party);
}

void leave_all(world& world, const std::string& session_id, bool tell) {
    for (auto at = world.parties.begin(); at != world.parties.end();) leave(world, *at++, session_id, tell);
}

} // namespace

party_record& find_party(world& world, const node_address& address) {
    const auto found = std::ranges::find(world.parties, address.id(), &party_record::id);
    if (found == world.parties.end()) throw party_refusal{"party not found"};
    return *found;
}

verdict refuse_party_id(const message& request) {
    request.refuse(bad_input, "Invalid party ID");
    return verdict::go_on;
}

void tell_party(world& world, const party_record& party, const std::string& text, const std::string& except) {
    for (const user_presence& one : party.audience())
        if (one.session_id != except) send_to(world, one, text);
}

void leave_parties(world& world, const std::string& session_id) {
    leave_all(world, session_id, true);
}

void forget_in_parties(world& world, const std::string& session_id) {
    leave_all(world, session_id, false);
}

void leave_other_parties(world& world, const std::string& session_id, const std::string& but) {
    if (!world.config.single_party) return;
    for (auto at = world.parties.begin(); at != world.parties.end();) {
        party_record& one = *at++;
        if (one.id() != but) leave(world, one, session_id, true);
    }
}

namespace handlers {

verdict party_create(world& world, message& request) {
    const bool open = request.body.flag("open").value_or(false);
    const std::int32_t max_size = request.body.int32("max_size").value_or(0);
    const std::string label = request.body.text("label").value_or("");
    const bool hidden = request.body.flag("hidden").value_or(false);
    request.body.finish();
    // Whatever the text says, a real server takes 0: a party that nobody can join.
    if (max_size < 0 || max_size > 256) {
        request.refuse(bad_input, "Invalid party max size, must be 1-256");
        return verdict::go_on;
    }
    return or_refuse(request, "creating party", [&] {
        const user_presence creator = request.from.presence();
        const std::string id = node_address{world.ids.uuid(), world.config.node}.id();
        const party_record& created = world.parties.emplace_back(
            id, max_size, party_settings{.open = open, .hidden = hidden, .label = label}, creator);
        nakama::party answer = describe(created, creator);
        answer.hidden = hidden;
        answer.label = label;
        request.answer("party", answer);
        announce_joined(world, created, creator);
        leave_other_parties(world, creator.session_id, id);
    });
}

verdict party_join(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    request.body.finish();
    return on_party(world, request, party_id, "joining party", [&](party_record& party) {
        const user_presence who = request.from.presence();
        const auto joined = party.join(who);
        request.acknowledge();
        if (joined == party_record::joining::asked) {
            send_to(
                world, party.leader(),
                event("party_join_request", party_join_requests{.party_id = party.id(), .presences = {who}}));
            return;
        }
        world.pool.remove_party(party.id());
        if (joined == party_record::joining::done) announce_joined(world, party, who);
        leave_other_parties(world, who.session_id, party.id());
    });
}

verdict party_leave(world& world, message& request) {
    const auto address = read_node_address(request.body.text("party_id").value_or(""));
    request.body.finish();
    if (!address) return refuse_party_id(request);
    request.acknowledge();
    const auto found = std::ranges::find(world.parties, address->id(), &party_record::id);
    if (found != world.parties.end()) leave(world, *found, request.from.session_id(), true);
    return verdict::go_on;
}

verdict party_promote(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const user_presence to = read_whom(request.body);
    request.body.finish();
    if (!is_complete(to)) return refuse_presence(request);
    return on_party(world, request, party_id, "promoting new party leader", [&](party_record& party) {
        party.require_leader(request.from.session_id());
        party.promote(to);
        announce_leader(world, party);
        request.acknowledge();
    });
}

verdict party_accept(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const user_presence asked = read_whom(request.body);
    request.body.finish();
    if (!is_complete(asked)) return refuse_presence(request);
    return on_party(world, request, party_id, "accepting party join request", [&](party_record& party) {
        party.require_leader(request.from.session_id());
        const user_presence who = party.take_request(asked);
        if (!world.sockets.contains(who.session_id)) throw party_refusal{"party could not accept request"};
        const bool fresh = party.let_in(who);
        world.pool.remove_party(party.id());
        request.acknowledge();
        if (fresh) announce_joined(world, party, who);
        leave_other_parties(world, who.session_id, party.id());
    });
}

verdict party_remove(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const user_presence whom = read_whom(request.body);
    request.body.finish();
    if (!is_complete(whom)) return refuse_presence(request);
    constexpr std::string_view doing = "removing party member or join request";
    return on_party(world, request, party_id, doing, [&](party_record& party) {
        party.require_leader(request.from.session_id());
        const bool was_member = party.remove(whom);
        request.acknowledge();
        if (!was_member) return; // who only asked is not told
        world.pool.remove_party(party.id());
        send_to(world, whom, event("party_close", nakama::party_close{.party_id = party.id()}));
        announce_left(world, party, whom);
    });
}

verdict party_close(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    request.body.finish();
    return on_party(world, request, party_id, "closing party", [&](party_record& party) {
        party.require_leader(request.from.session_id());
        tell_party(world, party, event("party_close", nakama::party_close{.party_id = party.id()}));
        world.pool.remove_party(party.id());
        erase(world, party);
        request.acknowledge();
    });
}

verdict party_join_request_list(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    request.body.finish();
    return on_party(world, request, party_id, "listing party join requests", [&](party_record& party) {
        party.require_leader(request.from.session_id());
        request.answer("party_join_request",
                       party_join_requests{.party_id = party_id, .presences = party.join_requests()});
    });
}

verdict party_data_send(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    party_data data{.party_id = {},
                    .presence = request.from.presence(),
                    .op_code = request.body.int64("op_code").value_or(0),
                    .data = request.body.bytes("data").value_or("")};
    request.body.finish();
    return on_party(world, request, party_id, "sending party data", [&](party_record& party) {
        if (!party.has_member(request.from.session_id())) throw party_refusal{"party member not found"};
        data.party_id = party.id();
        tell_party(world, party, event("party_data", data), request.from.session_id());
        request.acknowledge();
    });
}

verdict party_update(world& world, message& request) {
    const std::string party_id = request.body.text("party_id").value_or("");
    const party_settings settings{.open = request.body.flag("open").value_or(false),
                                  .hidden = request.body.flag("hidden").value_or(false),
                                  .label = request.body.text("label").value_or("")};
    request.body.finish();
    constexpr std::string_view doing = "updating party";
    const auto address = read_node_address(party_id);
    if (!address) return refuse_party_id(request);
    return or_refuse(request, doing, [&] {
        // Looked at before anything else; creating such a party is fine.
        if (settings.hidden && !settings.label.empty() && settings.label != "{}")
            throw party_refusal{"party is hidden and label is not empty, invalid operation"};
        party_record& party = find_party(world, *address);
        party.require_leader(request.from.session_id());
        party.update(settings);
        tell_party(world, party,
                   event("party_update", nakama::party_update{.party_id = party.id(),
                                                              .label = settings.label,
                                                              .open = settings.open,
                                                              .hidden = settings.hidden}));
        request.acknowledge();
    });
}

} // namespace handlers
} // namespace nakama::sandbox
