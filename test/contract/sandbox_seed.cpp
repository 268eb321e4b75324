// What a seed puts into a server, seen through the views of its state.
#include "contract/stage_players.hpp"

#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <utility>

namespace {

using namespace replay;
using namespace std::chrono_literals;

constexpr wall_time start{1795396900s};

std::string complaint(sandbox::server& server, std::string_view json) {
    try {
        server.load_seed(json, "s.json");
    } catch (const std::invalid_argument& bad) {
        return bad.what();
    }
    return "none";
}

std::string with_accounts(const std::string& sections) {
    return R"({"accounts": [{"username": "ada"}, {"username": "bob"}, {"username": "cat"}],)"
           "\n" +
           sections + '}';
}

} // namespace

TEST_CASE("a seed fills every part of a server") {
    stage stage{start};
    sandbox::server& server = stage.server;
    REQUIRE(complaint(server, with_accounts(R"(
        "groups": [{"name": "The Larks", "creator": "ada", "open": true, "max_count": 5, "metadata": {"a": 1},
                    "members": ["bob", {"user": "cat", "state": "banned"}]}],
        "storage": [{"collection": "saves", "key": "one", "user": "ada", "value": {"level": 1},
                     "permission_read": 2, "permission_write": 0},
                    {"collection": "saves", "key": "all", "value": "{\"level\": 2}"}],
        "leaderboards": [{"id": "laps", "order": "lowest_first", "operator": "increment",
                          "reset_schedule": "0 0 * * 1", "authoritative": true,
                          "records": [{"user": "ada", "score": 30}, {"user": "bob", "score": 10, "subscore": 2},
                                      {"user": "bob", "score": 5, "metadata": {"map": "sea"}}]}],
        "tournaments": [{"id": "cup", "title": "Cup", "category": 3, "duration": "1h", "join_required": true,
                         "max_size": 2, "end_time": "2027-01-01T00:00:00Z",
                         "records": [{"user": "ada", "score": 5}, {"user": "bob"}]}],
        "messages": [{"room": "parlour", "sender": "ada", "content": {"text": "hello"}},
                     {"room": "parlour", "content": {"text": "closed"}},
                     {"group": "The Larks", "sender": "bob", "content": {"text": "larks"}},
                     {"sender": "cat", "to": "ada", "content": {"text": "psst"}}],
        "receipts": [{"store": "apple_app_store", "receipt": "receipt-1",
                      "purchases": [{"product_id": "coins", "transaction_id": "t-1", "environment": "sandbox"}]},
                     {"store": "google_play_store", "receipt": "receipt-2",
                      "subscription": {"product_id": "gold", "original_transaction_id": "t-2",
                                       "expiry_time": "2027-01-01T00:00:00Z"}}])")) == "none");

    const auto id_of = [&](std::string_view name) {
        return server.accounts().find_by_username(name).value().user.id;
    };
    const std::string ada = id_of("ada"), bob = id_of("bob"), cat = id_of("cat");

    const auto larks = server.groups().find_by_name("The Larks");
    REQUIRE(larks);
    CHECK(larks->open);
    CHECK(larks->max_count == 5);
    CHECK(larks->edge_count == 2);
    CHECK(larks->metadata == R"({"a": 1})");
    const auto members = server.groups().members(larks->id);
    REQUIRE(members.size() == 3);
    CHECK((members[0].user_id == ada && members[0].state == nakama::group_user_state::superadmin));
    CHECK((members[1].user_id == bob && members[1].state == nakama::group_user_state::member));
    CHECK((members[2].user_id == cat && static_cast<int>(members[2].state) == 4));

    const auto save = server.storage().find("saves", "one", ada);
    REQUIRE(save);
    CHECK(save->value == R"({"level": 1})");
    CHECK(save->permission_read == 2);
    CHECK(save->permission_write == 0);
    CHECK(server.storage().find("saves", "all").value().value == R"({"level": 2})");

    CHECK(server.leaderboards().find("laps").value().authoritative);
    const auto laps = server.leaderboards().records("laps");
    REQUIRE(laps.size() == 2);
    CHECK((laps[0].owner_id == bob && laps[0].score == 15 && laps[0].subscore == 2));
    CHECK(laps[0].metadata == R"({"map": "sea"})");
    CHECK((laps[1].username == "ada" && laps[1].score == 30));

    const auto cup = server.tournaments().find("cup");
    REQUIRE(cup);
    CHECK((cup->title == "Cup" && cup->category == 3u && cup->duration == 3600u && cup->size == 2u));
    const auto scores = server.tournaments().records("cup");
    REQUIRE(scores.size() == 2);
    CHECK((scores[0].owner_id == ada && scores[0].score == 5 && scores[0].num_score == 1));
    CHECK((scores[1].owner_id == bob && scores[1].num_score == 0));

    const auto parlour = server.channels().history("2...parlour");
    REQUIRE(parlour.size() == 2);
    CHECK((parlour[0].sender_id == ada && parlour[0].username == "ada"));
    CHECK(parlour[0].content == R"({"text": "hello"})");
    CHECK(parlour[1].content == R"({"text": "closed"})");
    CHECK(server.channels().history("3." + larks->id + "..").size() == 1);
    CHECK(server.channels().history("4." + std::min(ada, cat) + '.' + std::max(ada, cat) + '.').size() == 1);

    line line{stage};
    const std::string token = sign_in(line, "dan");
    line.write(post("/v2/iap/purchase/apple", "Bearer " + token, R"({"receipt":"receipt-1"})"));
    CHECK(read_reply(line).status == 200);
    const auto purchases = server.purchases().list();
    REQUIRE(purchases.size() == 1);
    CHECK(purchases[0].transaction_id == "t-1");
    CHECK(purchases[0].environment == nakama::store_environment::sandbox);
    line.write(post("/v2/iap/subscription/google", "Bearer " + token, R"({"receipt":"receipt-2"})"));
    CHECK(read_reply(line).status == 200);
    CHECK(server.purchases().list_subscriptions().size() == 1);
}

TEST_CASE("a seed tells what is wrong with it, and puts nothing in") {
    stage stage{start};
    sandbox::server& server = stage.server;
    const auto [section, error] = GENERATE(values<std::pair<std::string, std::string>>({
        {R"("groups": [{"name": "G"}])", R"(s.json:2:12: groups[0]: lacks "creator")"},
        {R"("groups": [{"name": "G", "creator": "dan"}])",
         R"(s.json:2:37: groups[0].creator: there is no account "dan")"},
        {R"("groups": [{"name": "G", "creator": "ada", "members": [{"user": "bob", "state": "king"}]}])",
         R"(s.json:2:81: groups[0].members[0].state: wants "superadmin", "admin", "member", "join_request" or "banned")"},
        {R"("groups": [{"name": "G", "creator": "ada"}, {"name": "G", "creator": "bob"}])",
         "s.json:2:45: groups[1]: "},
        {R"("storage": [{"collection": "saves", "key": "one", "value": [1]}])",
         "s.json:2:60: storage[0].value: wants an object, or one as text"},
        {R"("storage": [{"collection": "saves", "key": "one", "permission_read": 3}])",
         "s.json:2:13: storage[0]: permission_read is 0, 1 or 2"},
        {R"("leaderboards": [{"id": "points", "order": "desc"}])",
         R"(s.json:2:44: leaderboards[0].order: wants "lowest_first" or "highest_first")"},
        {R"("leaderboards": [{"id": "points"}, {"id": "points"}])",
         R"(s.json:2:36: leaderboards[1]: there is "points" already)"},
        {R"("leaderboards": [{"id": "points", "records": [{"user": "ada", "score": -1}]}])",
         "s.json:2:47: leaderboards[0].records[0]: "},
        {R"("tournaments": [{"id": "cup"}])", R"(s.json:2:17: tournaments[0]: lacks "duration")"},
        {R"("tournaments": [{"id": "cup", "duration": 9, "join_required": true, "max_size": 1,
 "records": [{"user": "ada"}, {"user": "bob"}]}])",
         "s.json:3:31: tournaments[0].records[1]: "},
        {R"("messages": [{"content": {}}])",
         R"(s.json:2:14: messages[0]: wants one of "room", "group" and "to")"},
        {R"("messages": [{"group": "G"}])", R"(s.json:2:24: messages[0].group: there is no group "G")"},
        {R"("messages": [{"to": "ada"}])", R"(s.json:2:14: messages[0]: lacks "sender")"},
        {R"("receipts": [{"store": "apple_app_store", "receipt": "r"}])",
         R"(s.json:2:14: receipts[0]: wants either "purchases" or a "subscription")"},
        {R"("receipts": [{"store": "corner shop", "receipt": "r", "purchases": []}])",
         "s.json:2:24: receipts[0].store: wants "},
    }));
    CAPTURE(section, error);
    const std::string said = complaint(server, with_accounts(section));
    CAPTURE(said);
    CHECK(said.starts_with(error));
    CHECK(server.accounts().size() == 0);
    CHECK(server.groups().size() == 0);
    CHECK(server.storage().size() == 0);
    CHECK(server.leaderboards().list().empty());
    CHECK(server.tournaments().list().empty());
}

TEST_CASE("a seed is not for a server that has boards") {
    stage stage{start};
    stage.server.leaderboards().create({.id = "points"});
    CHECK_THROWS_AS(stage.server.load_seed("{}"), std::logic_error);
}
