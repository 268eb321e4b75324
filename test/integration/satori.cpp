// The client of Satori against the sandbox's.
#include "support/co_test.hpp"
#include "support/failure.hpp"

#include <nakama/sandbox/server.hpp>
#include <satori/satori.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

using texts = std::vector<std::string>;
using text_map = std::map<std::string, std::string>;

/// A sandbox whose time is the test's own, and a client with the computer's.
struct satori_pair {
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::system_clock::time_point{1'795'396'900s});
    sandbox::server server;
    satori::client client;

    explicit satori_pair(asio::io_context& io)
        : server{io.get_executor(), {.satori_refresh_token_expiry = 30 * 24h, .clock = time, .seed = 7}},
          client{io.get_executor(), {.port = server.port(), .api_key = "defaultsatorikey"}} {}

    sandbox::satori_view satori() { return server.satori(); }
    timestamp now() const { return time->wall_now(); }
};

std::string value_of(const satori::flag_list& list, std::string_view name) {
    const auto found = std::ranges::find(list.flags, name, &satori::flag::name);
    return found == list.flags.end() ? "none" : found->value;
}

template <class List>
texts names_of(const List& list) {
    texts names;
    for (const auto& one : list) names.push_back(one.name);
    return names;
}

texts ids_of(const satori::get_message_list_response& page) {
    texts ids;
    for (const auto& one : page.messages) ids.push_back(one.id);
    return ids;
}

bool is_from_new_zealand(const sandbox::liveops::identity& who) {
    const auto country = who.properties.default_.find("country");
    return country != who.properties.default_.end() && country->second == "NZ";
}

} // namespace

CO_TEST_CASE("Satori's server is well") {
    satori_pair pair{io};
    co_await pair.client.healthcheck();
    co_await pair.client.readycheck();
    pair.satori().set_ready(false);
    const auto failure = co_await failure_of(pair.client.readycheck());
    CHECK(failure.http_status() == 503);
}

CO_TEST_CASE("authenticating makes an identity once and changes the properties that it names") {
    satori_pair pair{io};
    const auto first = co_await pair.client.authenticate(
        {.id = "player-1", .default_ = {{"country", "NZ"}}, .custom = {{"level", "1"}, {"guild", "Söhne"}}});
    CHECK(first.identity_id() == "player-1");
    CHECK(first.properties().custom == text_map{{"level", "1"}, {"guild", "Söhne"}});
    const auto second = co_await pair.client.authenticate({.id = "player-1", .custom = {{"level", "2"}}});
    CHECK(second.session_id() != first.session_id());
    CHECK(second.properties().default_ == text_map{{"country", "NZ"}});
    CHECK(second.properties().custom == text_map{{"level", "2"}, {"guild", "Söhne"}});
    CHECK(pair.satori().identities().size() == 1);
    CHECK(pair.satori().find_identity("player-1")->create_time == pair.now());
}

CO_TEST_CASE("authenticating without a session makes an identity alone") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate(
        {.id = "npc-0000_0001", .no_session = true, .custom = {{"kind", "npc"}}});
    CHECK(session.token().empty());
    CHECK(session.properties().custom == text_map{{"kind", "npc"}});
    CHECK(pair.satori().find_identity("npc-0000_0001"));
}

CO_TEST_CASE("a Satori session that has expired is refreshed, and goes on as the same one") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    const std::string token{session.token()}, id = session.session_id();
    pair.satori().put_identity("player-1", {.computed = {{"games_played", "41"}}});
    pair.time->advance(10min);
    const auto properties = co_await pair.client.list_properties(session);
    CHECK(properties.computed == text_map{{"games_played", "41"}});
    CHECK(session.token() != token);
    CHECK(session.session_id() == id);
    CHECK(session.properties().computed == text_map{{"games_played", "41"}});

    pair.time->advance(31 * 24h);
    const auto failure = co_await failure_of(pair.client.list_properties(session));
    CHECK(failure.code() == errc::session_expired);
}

CO_TEST_CASE("a refreshed Satori session is known by its new tokens and, while they last, its old ones") {
    satori_pair pair{io};
    auto session = co_await pair.client.authenticate({.id = "player-1"});
    const satori::session before{session.token(), session.refresh_token()};
    pair.time->advance(1s);
    co_await pair.client.authenticate_refresh(session);
    CHECK(session.token() != before.token());
    CHECK(session.issued_at() - before.issued_at() == 1s);
    co_await pair.client.list_properties(session);
    co_await pair.client.list_properties(before);
}

CO_TEST_CASE("a Satori session that was logged out is over, and no other") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    const auto other = co_await pair.client.authenticate({.id = "player-1"});
    const satori::session copy{session.token(), session.refresh_token()};
    co_await pair.client.authenticate_logout(session);
    const auto failure = co_await failure_of(pair.client.list_properties(copy));
    CHECK(failure.code() == errc::session_expired);
    co_await pair.client.list_properties(other);
}

CO_TEST_CASE("identifying goes on with the session under another id, and leaves the first one as it is") {
    satori_pair pair{io};
    auto session = co_await pair.client.authenticate({.id = "device-1", .custom = {{"level", "3"}}});
    const satori::session before{session.token(), session.refresh_token()};
    const std::string id = session.session_id();
    co_await pair.client.identify(session, {.id = "account-1", .default_ = {{"email", "zoe@example.com"}}});
    CHECK(session.identity_id() == "account-1");
    CHECK(session.session_id() == id);
    CHECK(session.properties().default_ == text_map{{"email", "zoe@example.com"}});
    CHECK(session.properties().custom.empty());
    co_await pair.client.list_properties(session);
    const auto failure = co_await failure_of(pair.client.list_properties(before));
    CHECK(failure.code() == errc::session_expired);
    CHECK(pair.satori().find_identity("device-1")->properties.custom == text_map{{"level", "3"}});
}

CO_TEST_CASE("a deleted identity is gone with all it had, until it comes back as a new one") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1", .custom = {{"level", "3"}}});
    pair.satori().send_message("player-1", {.text = "hello"});
    co_await pair.client.event(session, {.events = {{.name = "won"}}});
    co_await pair.client.delete_identity(session);
    CHECK_FALSE(pair.satori().find_identity("player-1"));
    CHECK(pair.satori().events().empty());
    const auto failure = co_await failure_of(pair.client.delete_identity(session));
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.server_message() == "Identity not found.");

    const auto again = co_await pair.client.authenticate({.id = "player-1"});
    CHECK(again.properties() == satori::properties{});
    const auto messages = co_await pair.client.get_message_list(again);
    CHECK(messages.messages.empty());
}

CO_TEST_CASE("properties change as they are named, and stay as they are otherwise") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1", .custom = {{"level", "1"}}});
    pair.satori().put_identity("player-1", {.computed = {{"spender", "false"}}});
    co_await pair.client.update_properties(
        session,
        {.recompute = true, .default_ = {{"language", "mi"}}, .custom = {{"level", "2"}, {"x", ""}}});
    co_await pair.client.update_properties(session, {});
    const auto properties = co_await pair.client.list_properties(session);
    CHECK(properties == satori::properties{.default_ = {{"language", "mi"}},
                                           .computed = {{"spender", "false"}},
                                           .custom = {{"level", "2"}, {"x", ""}}});
}

CO_TEST_CASE("events are kept with the session that published them") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    const timestamp then = pair.now() - 90s;
    co_await pair.client.event(session, {.events = {{.name = "level_won",
                                                     .id = "the-first",
                                                     .metadata = {{"level", "12"}},
                                                     .value = "1250",
                                                     .timestamp = then,
                                                     .identity_id = "somebody-else"},
                                                    {.name = "ping"}}});
    const auto events = pair.satori().events("player-1");
    REQUIRE(events.size() == 2);
    CHECK(events[0].name == "level_won");
    CHECK(events[0].id == "the-first");
    CHECK(events[0].metadata == text_map{{"level", "12"}});
    CHECK(events[0].value == "1250");
    CHECK(events[0].time == then);
    CHECK(events[0].session_id == session.session_id());
    CHECK(events[0].session_expires_at - events[0].session_issued_at == 300);
    CHECK_FALSE(events[0].from_server);
    CHECK(events[1].time == pair.now());
    CHECK(events[1].id.size() == 36);
}

CO_TEST_CASE("an event is counted once however often it is sent") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    for (int i = 0; i < 3; ++i)
        co_await pair.client.event(session, {.events = {{.name = "won", .id = "the-same"}, {.name = "won"}}});
    co_await pair.client.server_event(
        {.events = {{.name = "won", .id = "the-same", .identity_id = "player-1"}}});
    CHECK(pair.satori().events().size() == 4);
    CHECK(std::ranges::count(pair.satori().events(), "the-same", &sandbox::liveops::event::id) == 1);
}

CO_TEST_CASE("a server publishes events in the name of others") {
    satori_pair pair{io};
    co_await pair.client.server_event({.events = {{.name = "bought",
                                                   .identity_id = "player-1",
                                                   .session_id = "a-session",
                                                   .session_issued_at = 5,
                                                   .session_expires_at = 9},
                                                  {.name = "banned", .identity_id = "player-2"}}});
    const auto events = pair.satori().events();
    REQUIRE(events.size() == 2);
    CHECK(events[0].identity_id == "player-1");
    CHECK(events[0].session_id == "a-session");
    CHECK(events[0].session_issued_at == 5);
    CHECK(events[0].session_expires_at == 9);
    CHECK(events[0].from_server);
    CHECK(pair.satori().events("player-2").size() == 1);
    // Telling of somebody does not make him known.
    CHECK_FALSE(pair.satori().find_identity("player-2"));
}

CO_TEST_CASE("the value of a flag comes from an experiment before a live event before a variant") {
    satori_pair pair{io};
    auto satori = pair.satori();
    satori.put_flag({.name = "speed",
                     .value = "1",
                     .labels = {"economy"},
                     .variants = {{.name = "kiwis", .value = "2", .who = is_from_new_zealand},
                                  {.name = "all", .value = "3"}}});
    const auto kiwi = co_await pair.client.authenticate({.id = "player-nz", .default_ = {{"country", "NZ"}}});
    const auto dutch = co_await pair.client.authenticate({.id = "player-nl"});
    auto flags = co_await pair.client.get_flags_without_session();
    CHECK(flags.flags == std::vector<satori::flag>{{.name = "speed", .value = "1", .labels = {"economy"}}});
    flags = co_await pair.client.get_flags(kiwi);
    CHECK(flags.flags.at(0).value == "2");
    CHECK(flags.flags.at(0).condition_changed);
    CHECK(flags.flags.at(0).change_reason ==
          satori::flag_value_change_reason{satori::flag_value_change_reason_type::flag_variant, "speed",
                                           "kiwis"});
    flags = co_await pair.client.get_flags(dutch);
    CHECK(flags.flags.at(0).value == "3");

    satori.put_live_event(
        {.name = "fest",
         .flags = {{"speed", "4"}},
         .variants = {{.name = "kiwis", .flags = {{"speed", "5"}}, .who = is_from_new_zealand}}});
    flags = co_await pair.client.get_flags(dutch);
    CHECK(flags.flags.at(0).value == "4");
    CHECK(flags.flags.at(0).change_reason ==
          satori::flag_value_change_reason{satori::flag_value_change_reason_type::live_event, "fest", ""});
    satori.put_live_event({.name = "later fest", .flags = {{"speed", "6"}}});
    flags = co_await pair.client.get_flags(dutch);
    CHECK(flags.flags.at(0).value == "6");

    satori.put_experiment(
        {.name = "lives", .phase_name = "one", .variants = {{.name = "nine", .flags = {{"speed", "9"}}}}});
    flags = co_await pair.client.get_flags(kiwi);
    CHECK(flags.flags.at(0).value == "9");
    CHECK(
        flags.flags.at(0).change_reason ==
        satori::flag_value_change_reason{satori::flag_value_change_reason_type::experiment, "lives", "nine"});

    const auto overrides = co_await pair.client.get_flag_overrides(kiwi);
    using kind = satori::flag_override_type;
    const std::int64_t now = 1'795'396'900;
    REQUIRE(overrides.flags.size() == 1);
    CHECK(overrides.flags[0].flag_name == "speed");
    CHECK(overrides.flags[0].labels == texts{"economy"});
    CHECK(overrides.flags[0].overrides ==
          std::vector<satori::flag_override_value>{
              {kind::flag, "speed", "", "1", now},
              {kind::flag_variant, "speed", "all", "3", now},
              {kind::flag_variant, "speed", "kiwis", "2", now},
              {kind::live_event_flag_variant, "fest", "kiwis", "5", now},
              {kind::live_event_flag, "later fest", "", "6", now},
              {kind::experiment_phase_variant_flag, "lives", "nine", "9", now}});
    const auto defaults = co_await pair.client.get_flag_overrides_without_session();
    CHECK(defaults.flags.at(0).overrides.size() == 1);

    satori.remove_experiment("lives");
    satori.remove_live_event("later fest");
    flags = co_await pair.client.get_flags(kiwi);
    CHECK(flags.flags.at(0).value == "5");
    satori.remove_flag("speed");
    flags = co_await pair.client.get_flags(kiwi);
    CHECK(flags.flags.empty());
}

CO_TEST_CASE("a changed property changes an audience's flags at once") {
    satori_pair pair{io};
    pair.satori().put_flag(
        {.name = "speed", .value = "1", .variants = {{.value = "2", .who = is_from_new_zealand}}});
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    auto flag = co_await pair.client.get_flag(session, "speed", "0");
    CHECK(flag.value == "1");
    co_await pair.client.update_properties(session, {.default_ = {{"country", "NZ"}}});
    flag = co_await pair.client.get_flag(session, "speed", "0");
    CHECK(flag.value == "2");
    flag = co_await pair.client.get_flag_without_session("speed", "0");
    CHECK(flag.value == "1");
}

CO_TEST_CASE("lists are filtered by names and by labels") {
    satori_pair pair{io};
    auto satori = pair.satori();
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    for (const auto& [name, labels] :
         {std::pair{"a", texts{"x"}}, {"b/ü", texts{"x", "y & z"}}, {"c", texts{}}}) {
        satori.put_flag({.name = name, .labels = labels});
        satori.put_experiment({.name = name, .labels = labels, .variants = {{.name = "only"}}});
        satori.put_live_event({.name = name, .labels = labels});
    }
    struct filter {
        std::vector<std::string_view> names, labels;
        texts found;
    };
    const filter filters[] = {{{}, {}, {"a", "b/ü", "c"}}, {{"c", "b/ü", "none"}, {}, {"b/ü", "c"}},
                              {{}, {"x"}, {"a", "b/ü"}},   {{}, {"y & z", "none"}, {"b/ü"}},
                              {{"a", "c"}, {"x"}, {"a"}},  {{"none"}, {}, {}}};
    for (const filter& one : filters) {
        const auto flags =
            co_await pair.client.get_flags(session, {.names = one.names, .labels = one.labels});
        CHECK(names_of(flags.flags) == one.found);
        const auto defaults =
            co_await pair.client.get_flags_without_session({.names = one.names, .labels = one.labels});
        CHECK(names_of(defaults.flags) == one.found);
        const auto experiments =
            co_await pair.client.get_experiments(session, {.names = one.names, .labels = one.labels});
        CHECK(names_of(experiments.experiments) == one.found);
        const auto events =
            co_await pair.client.get_live_events(session, {.names = one.names, .labels = one.labels});
        CHECK(names_of(events.live_events) == one.found);
        const auto overrides =
            co_await pair.client.get_flag_overrides(session, {.names = one.names, .labels = one.labels});
        CHECK(overrides.flags.size() == one.found.size());
    }
}

CO_TEST_CASE("an identity takes part in an experiment's phase while it lasts") {
    satori_pair pair{io};
    auto satori = pair.satori();
    const auto kiwi = co_await pair.client.authenticate({.id = "player-nz", .default_ = {{"country", "NZ"}}});
    const auto dutch = co_await pair.client.authenticate({.id = "player-nl"});
    satori.put_experiment({.name = "shop",
                           .labels = {"ui"},
                           .phase_name = "phase one",
                           .start_time = pair.now() + 1h,
                           .end_time = pair.now() + 2h,
                           .who = is_from_new_zealand,
                           .variants = {{.name = "three columns", .value = "3"}}});
    auto list = co_await pair.client.get_experiments(kiwi);
    CHECK(list.experiments.empty());
    pair.time->advance(1h);
    list = co_await pair.client.get_experiments(kiwi);
    CHECK(list.experiments ==
          std::vector<satori::experiment>{{"shop", "3", {"ui"}, "phase one", "three columns"}});
    list = co_await pair.client.get_experiments(dutch);
    CHECK(list.experiments.empty());
    pair.time->advance(1h);
    list = co_await pair.client.get_experiments(kiwi);
    CHECK(list.experiments.empty());
}

CO_TEST_CASE("a live event begins and ends when the clock says so, and its flags with it") {
    satori_pair pair{io};
    auto satori = pair.satori();
    satori.put_flag({.name = "double-xp", .value = "false"});
    const std::string id = satori.put_live_event({.name = "weekend",
                                                  .description = "twice the fun",
                                                  .value = "x2",
                                                  .start_time = pair.now() + 1h,
                                                  .end_time = pair.now() + 10 * 24h,
                                                  .duration = 48h,
                                                  .every = 7 * 24h,
                                                  .reset_cron = "0 0 * * 6",
                                                  .flags = {{"double-xp", "true"}}});
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    const std::int64_t start = 1'795'396'900 + 3600, day = 24 * 3600;

    auto list = co_await pair.client.get_live_events(session);
    CHECK(list == satori::live_event_list{});
    list = co_await pair.client.get_live_events(session, {.past_run_count = 5, .future_run_count = 5});
    REQUIRE(list.live_events.size() == 2);
    CHECK(list.live_events[0].status == satori::live_event_status::upcoming);
    CHECK(list.live_events[1].active_start_time_sec == start + 7 * day);
    auto flags = co_await pair.client.get_flags(session);
    CHECK(value_of(flags, "double-xp") == "false");

    pair.time->advance(1h);
    list = co_await pair.client.get_live_events(session);
    CHECK(list.live_events == std::vector<satori::live_event>{{.id = id,
                                                               .name = "weekend",
                                                               .description = "twice the fun",
                                                               .value = "x2",
                                                               .active_start_time_sec = start,
                                                               .active_end_time_sec = start + 2 * day,
                                                               .start_time_sec = start,
                                                               .end_time_sec = 1'795'396'900 + 10 * day,
                                                               .duration_sec = 2 * day,
                                                               .reset_cron = "0 0 * * 6",
                                                               .status = satori::live_event_status::active}});
    flags = co_await pair.client.get_flags(session);
    CHECK(value_of(flags, "double-xp") == "true");

    pair.time->advance(48h);
    flags = co_await pair.client.get_flags(session);
    CHECK(value_of(flags, "double-xp") == "false");
    list = co_await pair.client.get_live_events(session, {.past_run_count = 1, .future_run_count = 5});
    REQUIRE(list.live_events.size() == 2);
    CHECK(list.live_events[0].status == satori::live_event_status::terminated);
    CHECK(list.live_events[1].status == satori::live_event_status::upcoming);
    list = co_await pair.client.get_live_events(
        session,
        {.past_run_count = 1, .future_run_count = 5, .start_time_sec = start, .end_time_sec = start + day});
    CHECK(list.live_events.size() == 1);

    pair.time->advance(5 * 24h);
    list = co_await pair.client.get_live_events(session, {.past_run_count = 5});
    REQUIRE(list.live_events.size() == 2);
    CHECK(list.live_events[0].active_start_time_sec == start + 7 * day);
    CHECK(list.live_events[1].active_start_time_sec == start);
}

CO_TEST_CASE("a live event's value is that of the first variant that takes the identity") {
    satori_pair pair{io};
    pair.satori().put_live_event({.name = "fest",
                                  .value = "snow",
                                  .variants = {{.name = "south", .value = "sun", .who = is_from_new_zealand}},
                                  .who = [](const auto& who) { return who.id != "player-no"; }});
    for (const auto& [id, country, values] : {std::tuple{"player-nz", "NZ", texts{"sun"}},
                                              {"player-nl", "NL", texts{"snow"}},
                                              {"player-no", "NZ", {}}}) {
        const auto session =
            co_await pair.client.authenticate({.id = id, .default_ = {{"country", country}}});
        const auto list = co_await pair.client.get_live_events(session);
        texts found;
        for (const auto& one : list.live_events) found.push_back(one.value);
        CHECK(found == values);
    }
}

CO_TEST_CASE("a live event that is to be joined counts for those who have") {
    satori_pair pair{io};
    auto satori = pair.satori();
    satori.put_flag({.name = "arena", .value = "closed"});
    const std::string id = satori.put_live_event({.name = "arena",
                                                  .start_time = pair.now() + 1min,
                                                  .duration = 2min,
                                                  .explicit_join = true,
                                                  .flags = {{"arena", "open"}}});
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    auto list = co_await pair.client.get_live_events(session);
    CHECK(list.live_events.empty());
    REQUIRE(list.explicit_join_live_events.size() == 1);
    CHECK(list.explicit_join_live_events[0].status == satori::live_event_status::upcoming);

    co_await pair.client.join_live_event(session, {.id = list.explicit_join_live_events[0].id});
    co_await pair.client.join_live_event(session, {.id = id});
    CHECK(satori.has_joined("player-1", id));
    pair.time->advance(1min);
    list = co_await pair.client.get_live_events(session);
    CHECK(list.explicit_join_live_events.empty());
    REQUIRE(list.live_events.size() == 1);
    CHECK(list.live_events[0].status == satori::live_event_status::active);
    auto flags = co_await pair.client.get_flags(session);
    CHECK(value_of(flags, "arena") == "open");
    const auto other = co_await pair.client.authenticate({.id = "player-2"});
    flags = co_await pair.client.get_flags(other);
    CHECK(value_of(flags, "arena") == "closed");

    pair.time->advance(2min);
    list = co_await pair.client.get_live_events(other);
    CHECK(list == satori::live_event_list{});
    const auto failure = co_await failure_of(pair.client.join_live_event(other, {.id = id}));
    CHECK(failure.server_message() == "Live event has ended.");
}

CO_TEST_CASE("messages come when they are due, and are read, consumed and deleted") {
    satori_pair pair{io};
    auto satori = pair.satori();
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    const auto other = co_await pair.client.authenticate({.id = "player-2"});
    satori.send_message("player-1", {.id = "now",
                                     .schedule_id = "the-schedule",
                                     .title = "Haere mai!",
                                     .text = "Your gift",
                                     .image_url = "https://example.com/gift.png",
                                     .metadata = {{"coins", "100"}}});
    satori.send_message("player-1", {.id = "later", .send_time = pair.now() + 1min});
    const std::int64_t sent = 1'795'396'900;
    auto page = co_await pair.client.get_message_list(session, {.limit = 10});
    CHECK(page.messages == std::vector<satori::message>{{.id = "now",
                                                         .schedule_id = "the-schedule",
                                                         .title = "Haere mai!",
                                                         .text = "Your gift",
                                                         .image_url = "https://example.com/gift.png",
                                                         .metadata = {{"coins", "100"}},
                                                         .send_time = sent,
                                                         .create_time = sent,
                                                         .update_time = sent}});
    const std::string cacheable = page.cacheable_cursor;
    pair.time->advance(1min);
    page = co_await pair.client.get_message_list(session, {.limit = 10, .cursor = cacheable});
    CHECK(ids_of(page) == texts{"later"});

    co_await pair.client.update_message(session, {.id = "now", .read_time = sent + 10});
    co_await pair.client.update_message(session, {.id = "now", .consume_time = sent + 20});
    const auto updated = satori.messages("player-1").at(0);
    CHECK(updated.read_time == sent + 10);
    CHECK(updated.consume_time == sent + 20);
    CHECK(updated.update_time == sent + 60);
    const auto failure = co_await failure_of(pair.client.delete_message(other, {.id = "now"}));
    CHECK(failure.code() == grpc_code::not_found);
    co_await pair.client.delete_message(session, {.id = "now"});
    page = co_await pair.client.get_message_list(session);
    CHECK(ids_of(page) == texts{"later"});
}

CO_TEST_CASE("messages are read page by page, and by their ids") {
    satori_pair pair{io};
    const auto session = co_await pair.client.authenticate({.id = "player-1"});
    for (const char* id : {"a", "b", "c", "d", "e"}) pair.satori().send_message("player-1", {.id = id});
    auto page = co_await pair.client.get_message_list(session, {.limit = 2});
    CHECK(ids_of(page) == texts{"e", "d"});
    page = co_await pair.client.get_message_list(session, {.limit = 2, .cursor = page.next_cursor});
    CHECK(ids_of(page) == texts{"c", "b"});
    page = co_await pair.client.get_message_list(session, {.limit = 2, .cursor = page.prev_cursor});
    CHECK(ids_of(page) == texts{"e", "d"});
    page = co_await pair.client.get_message_list(session, {.limit = 9, .forward = true});
    CHECK(ids_of(page) == texts{"a", "b", "c", "d", "e"});
    page = co_await pair.client.get_message_list(session, {.limit = 9, .message_ids = {"d", "b", "none"}});
    CHECK(ids_of(page) == texts{"d", "b"});
}
