#include "sandbox/state/party_record.hpp"

#include "sandbox/json/json_input.hpp"

#include <algorithm>
#include <utility>

namespace nakama::sandbox {
namespace {

bool same_user(const user_presence& one, const user_presence& other) {
    return one.session_id == other.session_id && one.user_id == other.user_id &&
           one.username == other.username;
}

auto find_same(std::vector<user_presence>& among, const user_presence& wanted) {
    return std::ranges::find_if(among, [&](const user_presence& one) { return same_user(one, wanted); });
}

std::string_view name_of(json_kind kind) {
    switch (kind) {
    case json_kind::array:
        return "array";
    case json_kind::string:
        return "string";
    case json_kind::number:
        return "number";
    default:
        return "bool";
    }
}

void require_label(const std::string& label) {
    if (label.empty()) return;
    if (label.size() > party_settings::max_label_bytes) throw party_refusal{"party label too long"};
    const std::string trouble = "failed to unmarshal party label: ";
    json_document document;
    try {
        document = parse_lenient(label);
    } catch (const malformed& bad) {
        // Here the server does not read a stream, and says so of an early end.
        const std::string_view why = bad.what();
        throw party_refusal{trouble +
                            std::string{why == "unexpected EOF" ? "unexpected end of JSON input" : why}};
    }
    if (!is_blank(document.rest)) {
        const auto at = document.rest.find_first_not_of(" \t\r\n");
        throw party_refusal{trouble + "invalid character '" + document.rest[at] + "' after top-level value"};
    }
    // The server's standard library takes null for a map without entries.
    if (document.root.kind == json_kind::object || document.root.kind == json_kind::null) return;
    throw party_refusal{trouble + "json: cannot unmarshal " + std::string{name_of(document.root.kind)} +
                        " into Go value of type map[string]interface {}"};
}

} // namespace

party_record::party_record(std::string id, std::int32_t max_size, party_settings settings,
                           user_presence creator)
    : id_{std::move(id)}, max_size_{max_size}, settings_{std::move(settings)}, leader_{creator},
      audience_{std::move(creator)} {
    require_label(settings_.label);
}

const std::vector<user_presence>& party_record::members() const noexcept {
    static const std::vector<user_presence> nobody;
    return max_size_ > 0 ? audience_ : nobody;
}

bool party_record::has_member(const std::string& session_id) const {
    return std::ranges::find(members(), session_id, &user_presence::session_id) != members().end();
}

bool party_record::is_full() const noexcept {
    return members().size() >= static_cast<std::size_t>(max_size_);
}

void party_record::require_leader(const std::string& session_id) const {
    if (leader_.session_id != session_id) throw party_refusal{"party leader only"};
}

party_record::joining party_record::join(const user_presence& who) {
    if (is_full()) throw party_refusal{"party full"};
    if (settings_.open) return let_in(who) ? joining::done : joining::before;
    if (join_requests_.size() >= static_cast<std::size_t>(max_size_))
        throw party_refusal{"party join requests full"};
    // By user, not by session. That he may be a member already is not looked at, as little as a real server
    // does.
    if (std::ranges::find(join_requests_, who.user_id, &user_presence::user_id) != join_requests_.end())
        throw party_refusal{"party join request duplicate"};
    join_requests_.push_back(who);
    return joining::asked;
}

user_presence party_record::take_request(const user_presence& asked) {
    if (is_full()) throw party_refusal{"party full"};
    const auto found = find_same(join_requests_, asked);
    if (found == join_requests_.end()) throw party_refusal{"party join request not found"};
    user_presence taken = std::move(*found);
    join_requests_.erase(found);
    return taken;
}

bool party_record::let_in(const user_presence& who) {
    if (has_member(who.session_id)) return false;
    audience_.push_back(who);
    return true;
}

bool party_record::remove(const user_presence& whom) {
    if (same_user(leader_, whom)) throw party_refusal{"party cannot remove self"};
    if (const auto found = find_same(audience_, whom); found != audience_.end()) {
        audience_.erase(found);
        return true;
    }
    const auto found = find_same(join_requests_, whom);
    if (found == join_requests_.end()) throw party_refusal{"party member not found"};
    join_requests_.erase(found);
    return false;
}

void party_record::promote(const user_presence& to) {
    const auto found = max_size_ > 0 ? find_same(audience_, to) : audience_.end();
    if (found == audience_.end()) throw party_refusal{"party member not found"};
    leader_ = *found;
}

void party_record::update(party_settings settings) {
    require_label(settings.label);
    settings_ = std::move(settings);
}

party_record::departure party_record::leave(const std::string& session_id) {
    const auto found = std::ranges::find(audience_, session_id, &user_presence::session_id);
    if (found == audience_.end()) return {};
    audience_.erase(found);
    departure result{.left = true};
    if (leader_.session_id == session_id && !audience_.empty()) {
        leader_ = audience_.front();
        result.new_leader = true;
    }
    return result;
}

} // namespace nakama::sandbox
