#include "sandbox/state/party_record.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>

using Catch::Matchers::Message;
using nakama::user_presence;
using nakama::sandbox::party_record;
using nakama::sandbox::party_refusal;
using nakama::sandbox::party_settings;
using joining = party_record::joining;

namespace {

user_presence user(const std::string& name) {
    return {.user_id = "user " + name, .session_id = "session " + name, .username = name};
}

party_record make(std::int32_t max_size, bool open = true) {
    return {"id", max_size, {.open = open}, user("ada")};
}

std::string label_trouble(const std::string& label) {
    party_record party = make(1);
    try {
        party.update({.label = label});
    } catch (const party_refusal& refused) {
        CHECK(party.settings().label.empty());
        return refused.what();
    }
    CHECK(party.settings().label == label);
    return {};
}

} // namespace

TEST_CASE("an open party takes in whoever comes while it has places") {
    party_record party = make(2);
    CHECK(party.join(user("bob")) == joining::done);
    CHECK(party.members() == std::vector{user("ada"), user("bob")});
    CHECK(party.leader() == user("ada"));
    CHECK_THROWS_MATCHES(party.join(user("cyd")), party_refusal, Message("party full"));
    CHECK_THROWS_MATCHES(party.join(user("bob")), party_refusal, Message("party full"));
}

TEST_CASE("joining an open party twice changes nothing") {
    party_record party = make(3);
    CHECK(party.join(user("bob")) == joining::done);
    CHECK(party.join(user("bob")) == joining::before);
    CHECK(party.members().size() == 2);
}

TEST_CASE("a closed party notes who asks, once a user and no more than it has places") {
    party_record party = make(3, false);
    CHECK(party.join(user("bob")) == joining::asked);
    CHECK(party.members().size() == 1);
    user_presence other_socket = user("bob");
    other_socket.session_id = "another";
    CHECK_THROWS_MATCHES(party.join(other_socket), party_refusal, Message("party join request duplicate"));
    CHECK(party.join(user("cyd")) == joining::asked);
    CHECK(party.join(user("ada")) == joining::asked); // a member; nobody looks
    CHECK_THROWS_MATCHES(party.join(user("dan")), party_refusal, Message("party join requests full"));
    CHECK(party.join_requests() == std::vector{user("bob"), user("cyd"), user("ada")});
}

TEST_CASE("who asked is let in when user, session and username are right") {
    party_record party = make(2, false);
    CHECK(party.join(user("bob")) == joining::asked);
    for (const auto part : {&user_presence::user_id, &user_presence::session_id, &user_presence::username}) {
        user_presence wrong = user("bob");
        wrong.*part = "other";
        CHECK_THROWS_MATCHES(party.take_request(wrong), party_refusal,
                             Message("party join request not found"));
        CHECK_THROWS_MATCHES(party.remove(wrong), party_refusal, Message("party member not found"));
        CHECK_THROWS_MATCHES(party.promote(wrong), party_refusal, Message("party member not found"));
    }
    CHECK(party.let_in(party.take_request(user("bob"))));
    CHECK(party.join_requests().empty());
    CHECK(party.has_member("session bob"));
    CHECK_THROWS_MATCHES(party.take_request(user("bob")), party_refusal, Message("party full"));
}

TEST_CASE("members and those who ask are removed, the leader is not") {
    party_record party = make(3, false);
    party.let_in(user("bob"));
    CHECK(party.join(user("cyd")) == joining::asked);
    CHECK(party.remove(user("bob")));
    CHECK_FALSE(party.remove(user("cyd")));
    CHECK(party.members() == std::vector{user("ada")});
    CHECK(party.join_requests().empty());
    CHECK_THROWS_MATCHES(party.remove(user("ada")), party_refusal, Message("party cannot remove self"));
}

TEST_CASE("the longest present follows a leader who leaves") {
    party_record party = make(3);
    CHECK(party.join(user("bob")) == joining::done);
    CHECK(party.join(user("cyd")) == joining::done);
    party.promote(user("cyd"));
    CHECK_NOTHROW(party.require_leader("session cyd"));
    CHECK_THROWS_MATCHES(party.require_leader("session ada"), party_refusal, Message("party leader only"));

    auto gone = party.leave("session cyd");
    CHECK((gone.left && gone.new_leader));
    CHECK(party.leader() == user("ada"));
    gone = party.leave("session bob");
    CHECK((gone.left && !gone.new_leader));
    gone = party.leave("session bob");
    CHECK_FALSE(gone.left);
    gone = party.leave("session ada");
    CHECK((gone.left && !gone.new_leader));
    CHECK(party.audience().empty());
}

TEST_CASE("a party without places has a leader and no member") {
    party_record party = make(0);
    CHECK_NOTHROW(party.require_leader("session ada"));
    CHECK(party.audience() == std::vector{user("ada")});
    CHECK_FALSE(party.has_member("session ada"));
    CHECK_THROWS_MATCHES(party.join(user("bob")), party_refusal, Message("party full"));
    CHECK_THROWS_MATCHES(party.promote(user("ada")), party_refusal, Message("party member not found"));
}

TEST_CASE("an update replaces everything") {
    party_record party{"id", 1, {.open = true, .hidden = true, .label = "{}"}, user("ada")};
    party.update({.label = R"({"a":1})"});
    CHECK_FALSE(party.settings().open);
    CHECK_FALSE(party.settings().hidden);
    CHECK(party.settings().label == R"({"a":1})");
    party.update({.open = true});
    CHECK(party.settings().label.empty());
}

TEST_CASE("a label is a JSON object of at most 2048 bytes") {
    const auto sized = [](std::size_t bytes) { return "{\"a\":\"" + std::string(bytes - 8, 'x') + "\"}"; };
    CHECK(label_trouble("").empty());
    CHECK(label_trouble(" { \"a\" : [1, {}] } ").empty());
    CHECK(label_trouble("null").empty());
    CHECK(label_trouble(sized(2048)).empty());
    CHECK(label_trouble(sized(2049)) == "party label too long");
    const std::string trouble = "failed to unmarshal party label: ";
    CHECK(label_trouble("[]") ==
          trouble + "json: cannot unmarshal array into Go value of type map[string]interface {}");
    CHECK(label_trouble("1").ends_with(
        "cannot unmarshal number into Go value of type map[string]interface {}"));
    CHECK(label_trouble("\"a\"").ends_with(
        "cannot unmarshal string into Go value of type map[string]interface {}"));
    CHECK(label_trouble("true").ends_with(
        "cannot unmarshal bool into Go value of type map[string]interface {}"));
    CHECK(label_trouble("mode") == trouble + "invalid character 'm' looking for beginning of value");
    CHECK(label_trouble("{") == trouble + "unexpected end of JSON input");
    CHECK(label_trouble(" ") == trouble + "unexpected end of JSON input");
    CHECK(label_trouble("{} x") == trouble + "invalid character 'x' after top-level value");
    CHECK_THROWS_AS((party_record{"id", 1, {.label = "no"}, user("ada")}), party_refusal);
}
