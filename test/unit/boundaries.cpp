// Values at the edges of their types, there and back.
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/operations.hpp>
#include <nakama/api/realtime_operations.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <cstdint>
#include <limits>
#include <string>

using namespace nakama;

namespace {

template <class T>
T again(const T& message) {
    T result{};
    const auto failure = wire::read_json(wire::to_json(message), result);
    INFO(wire::to_json(message));
    CHECK(!failure);
    return result;
}

} // namespace

TEST_CASE("64-bit integers keep their value to the last digit") {
    const auto number =
        GENERATE(std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                 (std::int64_t{1} << 53) + 1, std::int64_t{-1}, std::int64_t{0});
    const leaderboard_record record{.score = number, .subscore = number, .rank = number};
    CHECK(again(record) == record);
    const match_data data{.op_code = number};
    CHECK(again(data) == data);
}

TEST_CASE("unsigned integers and enumerations keep numbers that nobody has a name for") {
    const tournament board{.category = std::numeric_limits<std::uint32_t>::max(),
                           .operator_ = static_cast<leaderboard_operator>(77)};
    CHECK(again(board) == board);
    const friend_ other{.state = static_cast<friend_state>(-5)};
    CHECK(again(other) == other);
}

TEST_CASE("enumerations are read by number and by name; a name that nobody knows leaves them unset") {
    tournament board;
    REQUIRE(!wire::read_json(R"({"operator":"INCREMENT"})", board));
    CHECK(board.operator_ == leaderboard_operator::increment);
    REQUIRE(!wire::read_json(R"({"operator":4})", board));
    CHECK(board.operator_ == leaderboard_operator::decrement);
    tournament fresh;
    REQUIRE(!wire::read_json(R"({"operator":"OF_TOMORROW","title":"t"})", fresh));
    CHECK(fresh.operator_ == leaderboard_operator::no_override);
    CHECK(fresh.title == "t");
}

TEST_CASE("empty and absent differ where the server tells them apart") {
    const user_presence online{.user_id = "u", .status = ""};
    CHECK(again(online) == online);
    const user_presence away{.user_id = "u"};
    CHECK(again(away) == away);
    CHECK(wire::to_json(online) != wire::to_json(away));
}

TEST_CASE("text may hold NUL and characters beyond the basic plane") {
    const user someone{.username = std::string{"a\0b", 3},
                       .display_name = "\U0001F3AE \u00fc \u2028 \"\\/\x7f"};
    CHECK(again(someone) == someone);
    user read;
    REQUIRE(!wire::read_json(R"({"username":"\ud83c\udfae\u0000"})", read));
    CHECK(read.username == std::string{"\U0001F3AE\0", 5});
}

TEST_CASE("times keep 0, 3, 6 and 9 digits of a second") {
    const auto text = GENERATE(as<std::string>{}, "2026-11-23T01:32:22Z", "2026-11-23T01:32:22.209Z",
                               "2026-11-23T01:32:22.209551Z", "2026-11-23T01:32:22.209551001Z");
    const auto document = R"({"create_time":")" + text + "\"}";
    channel_message message;
    REQUIRE(!wire::read_json(document, message));
    CHECK(wire::to_json(message) == document);
}

TEST_CASE("data of a match is bytes of any value") {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
    const match_data data{.data = bytes};
    CHECK(again(data) == data);
    CHECK(again(match_data{}).data.empty());
}
