// Leaderboards and tournaments of a sandbox as its clients see them while its clock goes on.
#include "support/failure.hpp"
#include "support/test_server.hpp"

#include <chrono>
#include <limits>
#include <memory>
#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

constexpr timestamp morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 8h};

/// A sandbox and a client on one clock, and sessions that outlive the day.
struct day {
    explicit day(asio::io_context& io)
        : server{io, {.token_expiry = std::chrono::days{9}, .clock = time}},
          client{io.get_executor(), client_config()} {}

    asio::awaitable<session> sign_in(const std::string& name) {
        co_return co_await client.authenticate_device({.id = "device-of-" + name, .username = name});
    }

    nakama::client_config client_config() const {
        auto config = server.config();
        config.clock = time;
        return config;
    }

    std::shared_ptr<virtual_clock> time = std::make_shared<virtual_clock>(
        std::chrono::time_point_cast<std::chrono::system_clock::duration>(morning));
    test_server server;
    nakama::client client;
};

} // namespace

CO_TEST_CASE("a tournament starts, is joined and written to, ends and starts anew") {
    day today{io};
    auto& client = today.client;
    auto tournaments = today.server.sandbox().tournaments();
    tournaments.create({.id = "noon",
                        .operator_ = leaderboard_operator::increment,
                        .duration = 1h,
                        .reset_schedule = "0 12 * * *",
                        .title = "High noon",
                        .max_size = 2,
                        .max_num_score = 2,
                        .join_required = true});
    const auto ada = co_await today.sign_in("ada");
    const auto bob = co_await today.sign_in("bob");
    const auto cyd = co_await today.sign_in("cyd");

    // It was made between two noons, so it waits for the next one; joining works before.
    auto list = co_await client.list_tournaments(ada);
    REQUIRE(list.tournaments.size() == 1);
    CHECK(list.tournaments[0].title == "High noon");
    CHECK(!list.tournaments[0].can_enter);
    CHECK(timestamp{std::chrono::seconds{list.tournaments[0].start_active}} == morning + 4h);
    co_await client.join_tournament(ada, {.tournament_id = "noon"});
    auto failure = co_await failure_of(client.write_tournament_record(ada, {.tournament_id = "noon"}));
    CHECK(failure.code() == grpc_code::failed_precondition);
    CHECK(failure.server_message() == "Tournament is not active and cannot accept new scores.");

    today.time->advance(4h);
    failure = co_await failure_of(client.write_tournament_record(bob, {.tournament_id = "noon"}));
    CHECK(failure.server_message() == "Must join tournament before attempting to write value.");
    co_await client.join_tournament(bob, {.tournament_id = "noon"});
    failure = co_await failure_of(client.join_tournament(cyd, {.tournament_id = "noon"}));
    CHECK(failure.server_message() == "Tournament cannot be joined as it has reached its max size.");
    auto record = co_await client.write_tournament_record(ada, {.tournament_id = "noon", .score = 3});
    CHECK(record.rank == 1);
    CHECK(record.expiry_time == morning + 28h);
    record = co_await client.write_tournament_record(bob, {.tournament_id = "noon", .score = 2});
    CHECK(record.rank == 2);
    record = co_await client.write_tournament_record(bob, {.tournament_id = "noon", .score = 2});
    CHECK(record.score == 4);
    CHECK(record.rank == 1);
    // His two writes are used up, which a tournament that has to be joined does not say.
    record = co_await client.write_tournament_record(bob, {.tournament_id = "noon", .score = 9});
    CHECK(record.score == 4);
    CHECK(record.num_score == 2);
    tournaments.add_attempts("noon", bob.user_id(), 1);
    record = co_await client.write_tournament_record(bob, {.tournament_id = "noon", .score = 9});
    CHECK(record.score == 13);

    // Over, but its records stay until the next noon.
    today.time->advance(1h);
    failure = co_await failure_of(client.write_tournament_record(ada, {.tournament_id = "noon"}));
    CHECK(failure.code() == grpc_code::failed_precondition);
    auto records = co_await client.list_tournament_records(cyd, {.tournament_id = "noon"});
    CHECK(records.records.size() == 2);
    CHECK(records.records[0].owner_id == bob.user_id());
    CHECK(records.rank_count == 2);
    const auto around = co_await client.list_tournament_records_around_owner(
        cyd, {.tournament_id = "noon", .limit = 1, .owner_id = ada.user_id()});
    REQUIRE(around.records.size() == 1);
    CHECK(around.records[0].rank == 2);

    today.time->advance(23h);
    list = co_await client.list_tournaments(ada);
    CHECK(list.tournaments[0].can_enter);
    CHECK(list.tournaments[0].size == 0);
    records = co_await client.list_tournament_records(cyd, {.tournament_id = "noon"});
    CHECK(records.records.empty());
    co_await client.join_tournament(cyd, {.tournament_id = "noon"});
    record = co_await client.write_tournament_record(cyd, {.tournament_id = "noon", .score = 1});
    CHECK(record.num_score == 1);
    const auto yesterday = std::chrono::floor<std::chrono::seconds>(morning + 28h).time_since_epoch().count();
    records = co_await client.list_tournament_records(cyd, {.tournament_id = "noon", .expiry = yesterday});
    CHECK(records.records.size() == 2);
    CHECK(records.rank_count == 0);
    CHECK(tournaments.records("noon", morning + 28h).size() == 2);
    CHECK(tournaments.record("noon", cyd.user_id())->score == 1);
    CHECK(!tournaments.record("noon", ada.user_id()));
}

CO_TEST_CASE("a tournament with an end is gone after it, but for those who know its expiry") {
    day today{io};
    auto& client = today.client;
    auto tournaments = today.server.sandbox().tournaments();
    tournaments.create({.id = "once", .duration = 1h, .end_time = morning + 1h});
    const auto ada = co_await today.sign_in("ada");
    const auto record = co_await client.write_tournament_record(ada, {.tournament_id = "once", .score = 1});
    CHECK(record.expiry_time == morning + 1h);

    today.time->advance(1h);
    auto failure = co_await failure_of(client.write_tournament_record(ada, {.tournament_id = "once"}));
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.server_message() == "Tournament not found or has ended.");
    failure = co_await failure_of(client.list_tournament_records(ada, {.tournament_id = "once"}));
    CHECK(failure.server_message() == "Tournament has ended.");
    const auto ended = std::chrono::floor<std::chrono::seconds>(morning + 1h).time_since_epoch().count();
    const auto records =
        co_await client.list_tournament_records(ada, {.tournament_id = "once", .expiry = ended});
    CHECK(records.records.size() == 1);

    today.time->advance(1s);
    const auto list = co_await client.list_tournaments(ada);
    CHECK(list.tournaments.empty());
    CHECK(tournaments.list().size() == 1);
    CHECK(tournaments.remove("once"));
    CHECK(!tournaments.find("once"));
}

CO_TEST_CASE("scores of 64 bits come back as they were written") {
    day today{io};
    auto& client = today.client;
    today.server.sandbox().leaderboards().create({.id = "big"});
    const auto ada = co_await today.sign_in("ada");
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto record = co_await client.write_leaderboard_record(
        ada, {.leaderboard_id = "big", .score = most, .subscore = most - 1});
    CHECK(record.score == most);
    const auto list = co_await client.list_leaderboard_records(ada, {.leaderboard_id = "big"});
    REQUIRE(list.records.size() == 1);
    CHECK(list.records[0].subscore == most - 1);
    const auto failure = co_await failure_of(client.write_leaderboard_record(
        ada, {.leaderboard_id = "big", .score = 1, .operator_ = leaderboard_operator::increment}));
    CHECK(failure.code() == grpc_code::internal);
}

CO_TEST_CASE("what the server's code writes is there for its clients") {
    day today{io};
    auto& client = today.client;
    auto boards = today.server.sandbox().leaderboards();
    CHECK(boards.create({.id = "fair",
                         .authoritative = true,
                         .order = sandbox::score_order::lowest_first,
                         .reset_schedule = "@daily",
                         .metadata = R"({"unit":"ms"})"}));
    CHECK(!boards.create({.id = "fair"}));
    const auto board = boards.find("fair");
    REQUIRE(board);
    CHECK(board->metadata == R"({"unit": "ms"})");
    CHECK(timestamp{std::chrono::seconds{board->next_reset}} == morning + 16h);
    CHECK(timestamp{std::chrono::seconds{board->prev_reset}} == morning - 8h);

    const auto ada = co_await today.sign_in("ada");
    const auto failure =
        co_await failure_of(client.write_leaderboard_record(ada, {.leaderboard_id = "fair", .score = 1}));
    CHECK(failure.code() == grpc_code::permission_denied);
    const std::string bot = "11111111-2222-4333-8444-555555555555";
    boards.write("fair", {.owner_id = ada.user_id(), .username = ada.username(), .score = 20});
    const auto first = boards.write("fair", {.owner_id = bot, .score = 10, .metadata = R"({"bot":true})"});
    CHECK(first.rank == 1);
    CHECK(!first.username);

    auto list = co_await client.list_leaderboard_records(ada, {.leaderboard_id = "fair", .limit = 5});
    CHECK(list.records == boards.records("fair"));
    REQUIRE(list.records.size() == 2);
    CHECK(list.records[0] == first);
    CHECK(list.records[1].username == "ada");
    boards.remove_record("fair", bot);
    list = co_await client.list_leaderboard_records(ada, {.leaderboard_id = "fair", .limit = 5});
    CHECK(list.records.size() == 1);
    CHECK(!boards.record("fair", bot));

    CHECK_THROWS_AS(boards.write("fair", {.owner_id = "ada"}), std::invalid_argument);
    CHECK_THROWS_AS(boards.write("fair", {.owner_id = bot, .score = -1}), std::invalid_argument);
    CHECK_THROWS_AS(boards.write("fair", {.owner_id = bot, .metadata = "[]"}), std::invalid_argument);
    CHECK_THROWS_AS(boards.write("unfair", {.owner_id = bot}), std::invalid_argument);
    CHECK(boards.records("unfair").empty());
    CHECK(boards.list().size() == 1);
    CHECK(boards.remove("fair"));
    CHECK(boards.list().empty());
    today.server.sandbox().stop();
    CHECK_THROWS_AS(boards.create({.id = "late"}), std::logic_error);
    CHECK(!boards.find("fair"));
}
