#include "wire/json_writer.hpp"

#include "wire/json_reader.hpp"

#include <nakama/api/operations.hpp>
#include <nakama/api/realtime_operations.hpp>
#include <nakama/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace nakama;
using namespace nakama::wire;

namespace {

template <class... Members>
std::string object(Members... members) {
    std::string out;
    json_writer writer{out};
    writer.begin_object();
    (members(writer), ...);
    writer.end_object();
    return out;
}

} // namespace

TEST_CASE("members that are not set are left out") {
    CHECK(object([](json_writer& w) { w.member("a", std::string_view{}); },
                 [](json_writer& w) { w.member("b", std::int32_t{}); },
                 [](json_writer& w) { w.member("c", std::optional<bool>{}); },
                 [](json_writer& w) { w.member("d", list_view<string_entry>{}); }) == "{}");
}

TEST_CASE("wrapped members are written whenever they are set") {
    CHECK(object([](json_writer& w) { w.member("a", std::optional<std::string_view>{""}); },
                 [](json_writer& w) { w.member("b", std::optional<std::int32_t>{0}); },
                 [](json_writer& w) { w.member("c", std::optional<bool>{false}); }) ==
          R"({"a":"","b":0,"c":false})");
}

TEST_CASE("64-bit integers travel as text") {
    CHECK(object([](json_writer& w) { w.member("a", std::numeric_limits<std::int64_t>::min()); },
                 [](json_writer& w) { w.member("b", std::int32_t{-5}); }) ==
          R"({"a":"-9223372036854775808","b":-5})");
}

TEST_CASE("text is escaped where it must be and nowhere else") {
    CHECK(object([](json_writer& w) {
              w.member("a", std::string_view{"\"\\/\b\f\n\r\t\x01<&>\u2028Zo\u00eb\U0001F3AE"});
          }) == "{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001<&>\u2028Zo\u00eb\U0001F3AE\"}");
}

TEST_CASE("text that is not UTF-8 is refused, naming its member") {
    try {
        object([](json_writer& w) { w.member("username", std::string_view{"\xff"}); });
        FAIL("accepted");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(failure.message() == "the text of \"username\" is not UTF-8");
    }
}

TEST_CASE("numbers that JSON cannot say are refused") {
    CHECK_THROWS_AS(object([](json_writer& w) { w.member("rank", std::numeric_limits<double>::infinity()); }),
                    error);
    CHECK_THROWS_AS(
        object([](json_writer& w) { w.member("rank", std::numeric_limits<double>::quiet_NaN()); }), error);
}

TEST_CASE("a message that is written is read back the same") {
    match_data data{.match_id = "m.", .op_code = -1, .data = std::string("\0\xff", 2), .reliable = true};
    data.presence = {.user_id = "u", .session_id = "s", .username = "n", .status = ""};
    match_data back;
    REQUIRE(!read_json(to_json(data), back));
    CHECK(back == data);

    matchmaker_matched matched{.ticket = "t", .token = "x"};
    matched.users = {
        {.presence = {.user_id = "1"}, .string_properties = {{"a", "b"}}, .numeric_properties = {{"z", 0}}},
        {.presence = {.user_id = "2"}}};
    matched.self = matched.users[1];
    matchmaker_matched matched_back;
    REQUIRE(!read_json(to_json(matched), matched_back));
    CHECK(matched_back == matched);
}

TEST_CASE("a message is written as the server writes it: zero values left out, wrapped ones kept") {
    CHECK(to_json(account{}) == "{}");
    CHECK(to_json(friend_list{.friends = {{.user = {.id = "1"}, .state = friend_state::friend_}}}) ==
          R"({"friends":[{"user":{"id":"1"},"state":0}]})");
    CHECK(to_json(status_presence_event{.joins = {{.user_id = "u", .status = ""}}}) ==
          R"({"joins":[{"user_id":"u","status":""}]})");
}
