#include "standing.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <utility>

namespace nakama::realtime {
namespace {

namespace json = boost::json;

/// The members of a request in its message, which is our own work and so is as it should be.
json::object members_of(std::string_view operation, std::string_view text) {
    return json::parse({text.data(), text.size()}).at({operation.data(), operation.size()}).as_object();
}

std::string text_of(const json::object& members, std::string_view name) {
    const auto* value = members.if_contains({name.data(), name.size()});
    return value && value->is_string() ? std::string{value->as_string()} : std::string{};
}

/// `{"a":1}` without its braces.
std::string bare(const json::object& members) {
    const std::string text = json::serialize(members);
    return text.substr(1, text.size() - 2);
}

/// Requests to follow users, as many as it takes: a message has a limit.
void append_follows(std::vector<resumption>& to, const char* list, const std::set<std::string>& users,
                    std::size_t most_bytes) {
    json::object members;
    const auto flush = [&] {
        if (!members.empty()) to.push_back({"status_follow", "status_follow", "", bare(members)});
        members.clear();
    };
    std::size_t size = 0;
    for (const auto& user : users) {
        const std::size_t more = json::serialize(json::string_view{user}).size() + 1;
        if (size + more > most_bytes) flush();
        if (members.empty()) size = std::string_view{list}.size() + 5;
        if (members.empty()) members[list] = json::array{};
        members[list].as_array().emplace_back(user);
        size += more;
    }
    flush();
}

std::vector<std::string> list_of(const json::object& members, std::string_view name) {
    std::vector<std::string> result;
    if (const auto* list = members.if_contains({name.data(), name.size()}); list && list->is_array())
        for (const auto& each : list->get_array()) result.emplace_back(each.as_string());
    return result;
}

} // namespace

void standing::remember(resumption again, std::string session_id) {
    if (auto* known = find(again.kind, again.id)) {
        known->again = std::move(again);
        known->session_id = std::move(session_id);
    } else {
        places_.push_back({.again = std::move(again), .session_id = std::move(session_id)});
    }
}

standing::place* standing::find(std::string_view kind, std::string_view id) {
    const auto found = std::ranges::find_if(
        places_, [&](const place& each) { return each.again.kind == kind && each.again.id == id; });
    return found == places_.end() ? nullptr : &*found;
}

void standing::forget(std::string_view kind, std::string_view id) {
    std::erase_if(places_, [&](const place& each) { return each.again.kind == kind && each.again.id == id; });
}

void standing::answered(std::string_view operation, std::string_view text, const envelope& answer) {
    const auto members = [&] { return members_of(operation, text); };
    if (operation == "channel_join") {
        if (const auto* joined = answer.message.get_if<channel>())
            remember({"channel_join", "channel", joined->id, bare(members())}, joined->self.session_id);
    } else if (operation == "channel_leave") {
        forget("channel", text_of(members(), "channel_id"));
    } else if (operation == "match_create" || operation == "match_join") {
        const auto* joined = answer.message.get_if<match>();
        if (!joined) return;
        auto asked = members();
        if (!text_of(asked, "name").empty()) {
            // The name makes the id, so that creating is the way back, also when everybody has gone.
            remember({"match_create", "match", joined->match_id, bare(asked)}, joined->self.session_id);
            return;
        }
        asked.erase("token"); // it was good for some seconds
        asked["match_id"] = joined->match_id;
        remember({"match_join", "match", joined->match_id, bare(asked)}, joined->self.session_id);
    } else if (operation == "match_leave") {
        forget("match", text_of(members(), "match_id"));
    } else if (operation == "party_create") {
        if (const auto* created = answer.message.get_if<party>()) heard(*created);
    } else if (operation == "party_leave" || operation == "party_close") {
        forget("party", text_of(members(), "party_id"));
    } else if (operation == "status_follow") {
        for (auto& id : list_of(members(), "user_ids")) followed_ids_.insert(std::move(id));
        for (auto& name : list_of(members(), "usernames")) followed_names_.insert(std::move(name));
        if (const auto* seen = answer.message.get_if<status>()) know_by_id(seen->presences);
    } else if (operation == "status_unfollow") {
        for (const auto& id : list_of(members(), "user_ids")) followed_ids_.erase(id);
    } else if (operation == "status_update") {
        status_ = bare(members());
    } else if (operation == "matchmaker_add") {
        if (const auto* added = answer.message.get_if<matchmaker_ticket>())
            tickets_.insert({"matchmaker_ticket", added->ticket});
    } else if (operation == "party_matchmaker_add") {
        if (const auto* added = answer.message.get_if<party_matchmaker_ticket>())
            tickets_.insert({"party_matchmaker_ticket", added->ticket});
    } else if (operation == "matchmaker_remove") {
        tickets_.erase({"matchmaker_ticket", text_of(members(), "ticket")});
    } else if (operation == "party_matchmaker_remove") {
        tickets_.erase({"party_matchmaker_ticket", text_of(members(), "ticket")});
    }
}

/// Unfollowing is by id alone, so names give way to ids as soon as these are known.
void standing::know_by_id(const std::vector<user_presence>& seen) {
    for (const auto& each : seen)
        if (followed_names_.erase(each.username) > 0) followed_ids_.insert(each.user_id);
}

void standing::heard(const status_presence_event& event) {
    know_by_id(event.joins);
}

/// Who is seen to go, by being removed, is not there any more.
template <class Presences>
void standing::went(std::string_view kind, std::string_view id, const Presences& leaves) {
    const auto* where = find(kind, id);
    if (where && std::ranges::find(leaves, where->session_id, &user_presence::session_id) != leaves.end())
        forget(kind, id);
}

void standing::heard(const channel_presence_event& event) {
    went("channel", event.channel_id, event.leaves);
}
void standing::heard(const match_presence_event& event) {
    went("match", event.match_id, event.leaves);
}
void standing::heard(const party_presence_event& event) {
    went("party", event.party_id, event.leaves);
}

void standing::heard(const party& event) {
    json::object members;
    members["party_id"] = event.party_id;
    remember({"party_join", "party", event.party_id, bare(members)}, event.self.session_id);
    find("party", event.party_id)->open = event.open;
}

void standing::heard(const party_close& event) {
    forget("party", event.party_id);
}

void standing::heard(const party_update& event) {
    if (auto* changed = find("party", event.party_id)) changed->open = event.open;
}

void standing::heard(const matchmaker_matched& event) {
    tickets_.erase({"matchmaker_ticket", event.ticket});
    tickets_.erase({"party_matchmaker_ticket", event.ticket});
}

void standing::heard(const party_matchmaker_ticket& event) {
    tickets_.insert({"party_matchmaker_ticket", event.ticket});
}

std::vector<resumption> standing::resumptions(std::size_t most_bytes) const {
    std::vector<resumption> result;
    if (status_) result.push_back({"status_update", "status", "", *status_});
    append_follows(result, "user_ids", followed_ids_, most_bytes);
    append_follows(result, "usernames", followed_names_, most_bytes);
    for (const char* kind : {"channel", "match", "party"})
        for (const auto& each : places_)
            if (each.again.kind == kind) result.push_back(each.again);
    return result;
}

std::vector<standing::ticket> standing::take_tickets() {
    const auto taken = std::exchange(tickets_, {});
    return {taken.begin(), taken.end()};
}

bool standing::has(std::string_view kind, std::string_view id) const {
    return std::ranges::any_of(
        places_, [&](const place& each) { return each.again.kind == kind && each.again.id == id; });
}

bool standing::is_open_party(std::string_view id) const {
    return std::ranges::any_of(places_, [&](const place& each) {
        return each.again.kind == "party" && each.again.id == id && each.open;
    });
}

} // namespace nakama::realtime
