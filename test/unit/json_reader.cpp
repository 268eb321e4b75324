#include "wire/json_reader.hpp"

#include <nakama/api/operations.hpp>
#include <nakama/api/realtime_operations.hpp>
#include <satori/api/flags.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>

using namespace nakama;
using namespace nakama::wire;

namespace {

template <class T>
T read(std::string_view text) {
    T object{};
    const auto failure = read_json(text, object);
    INFO(text);
    if (failure) FAIL(failure->where << ": " << failure->what);
    return object;
}

template <class T>
read_failure refuse(std::string_view text) {
    T object{};
    const auto failure = read_json(text, object);
    INFO(text);
    REQUIRE(failure);
    return *failure;
}

} // namespace

TEST_CASE("absent fields stay empty and zero") {
    CHECK(read<account>("{}") == account{});
    CHECK(read<friend_list>(R"({"friends":[]})") == friend_list{});
}

TEST_CASE("names are read in snake_case and in camelCase") {
    CHECK(read<user>(R"({"display_name":"a"})").display_name == "a");
    CHECK(read<user>(R"({"displayName":"a"})").display_name == "a");
    CHECK(read<user>(R"({"facebookInstantGameId":"a"})").facebook_instant_game_id == "a");
    CHECK(read<user>(R"({"displayname":"a","DisplayName":"b","display_Name":"c"})").display_name == "");
}

TEST_CASE("unknown fields of any shape are skipped") {
    const auto read_back = read<user>(
        R"({"new":{"id":"inner","list":[1,[2,{"x":null}],"]"]},"id":"outer","more":[{"id":"no"}],"n":1e300,"b":true,"z":null})");
    CHECK(read_back.id == "outer");
}

TEST_CASE("null means absent") {
    CHECK(read<user>(R"({"id":null,"online":null,"edge_count":null,"create_time":null})") == user{});
    CHECK(read<account>(R"({"user":null,"devices":null})") == account{});
}

TEST_CASE("integers are read from numbers and from text") {
    CHECK(read<match_data>(R"({"op_code":"9223372036854775807"})").op_code ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(read<match_data>(R"({"op_code":9223372036854775807})").op_code ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(read<match_data>(R"({"op_code":"-9223372036854775808"})").op_code ==
          std::numeric_limits<std::int64_t>::min());
    CHECK(read<match_data>(R"({"op_code":9007199254740993})").op_code == 9007199254740993);
    CHECK(read<match_data>(R"({"op_code":"1e3"})").op_code == 1000);
    CHECK(read<match_data>(R"({"op_code":1e3})").op_code == 1000);
    CHECK(read<user>(R"({"edge_count":"12"})").edge_count == 12);
    CHECK(read<user>(R"({"edge_count":-12})").edge_count == -12);
}

TEST_CASE("numbers that do not fit their field are refused, naming it") {
    CHECK(refuse<user>(R"({"edge_count":2147483648})").where == "edge_count");
    CHECK(refuse<user>(R"({"edge_count":1.5})").where == "edge_count");
    CHECK(refuse<match_data>(R"({"op_code":9223372036854775808})").where == "op_code");
    CHECK(refuse<match_data>(R"({"op_code":"12x"})").where == "op_code");
    CHECK(refuse<match_data>(R"({"op_code":""})").where == "op_code");
}

TEST_CASE("wrapped values tell zero from absence") {
    CHECK(!read<channel_message>("{}").code);
    CHECK(read<channel_message>(R"({"code":0,"persistent":false})").code == 0);
    CHECK(read<channel_message>(R"({"code":0,"persistent":false})").persistent == false);
}

TEST_CASE("lists, maps and messages nest") {
    const auto page =
        read<friend_list>(R"({"friends":[{"user":{"id":"1"},"state":0},{"user":{"id":"2"}}],"cursor":"c"})");
    REQUIRE(page.friends.size() == 2);
    CHECK(page.friends[0].user.id == "1");
    CHECK(page.friends[0].state == friend_state::friend_);
    CHECK(page.friends[1].user.id == "2");
    CHECK(!page.friends[1].state);
    CHECK(page.cursor == "c");

    const auto matched = read<matchmaker_user>(
        R"({"string_properties":{"a":"1","b":"2"},"numeric_properties":{"x":1e+21,"y":3,"z":-0.25},"party_id":"p"})");
    CHECK(matched.string_properties == std::map<std::string, std::string>{{"a", "1"}, {"b", "2"}});
    CHECK(matched.numeric_properties == std::map<std::string, double>{{"x", 1e21}, {"y", 3}, {"z", -0.25}});
    CHECK(matched.party_id == "p");
}

TEST_CASE("escapes are undone, also in names") {
    CHECK(read<user>(R"({"username":"Zo\u00eb \"q\" \\ \/ \ud83c\udfae \n"})").username ==
          "Zo\u00eb \"q\" \\ / \U0001F3AE \n");
    CHECK(read<user>(R"({"user\u006eame":"x"})").username == "x");
}

TEST_CASE("bytes are decoded") {
    CHECK(read<match_data>(R"({"data":"AAH/"})").data == std::string("\0\x01\xff", 3));
    CHECK(read<match_data>(R"({"data":""})").data == "");
    CHECK(refuse<match_data>(R"({"data":"A"})").where == "data");
}

TEST_CASE("bytes with escapes are decoded, and refused like any other text") {
    CHECK(read<match_data>(R"({"data":"AAH\/","match_id":"m"})").data == std::string("\0\x01\xff", 3));
    CHECK(read<match_data>(R"({"data":"\u0041AH/","match_id":"m"})").match_id == "m");
    CHECK(refuse<match_data>(R"({"data":"AA\"A","match_id":"m"})").what == "not base64");
    CHECK(refuse<match_data>(R"({"data":"AA)"
                             "\n"
                             R"(A"})")
              .what == "a control character within a text");
    CHECK(refuse<match_data>(R"({"data":"AA)"
                             "\xff"
                             R"(A"})")
              .what == "a text that is not UTF-8");
    CHECK(refuse<match_data>(R"({"data":"AAAA)").what == "incomplete JSON");
}

TEST_CASE("a failure names the path and roughly the place") {
    const auto failure =
        refuse<friend_list>(R"({"friends":[{"user":{"id":"1"}},{"user":{"create_time":"yesterday"}}]})");
    CHECK(failure.where == "friends[1].user.create_time");
    CHECK(failure.what == "not a time in the form of RFC 3339");
    CHECK(failure.offset > 40);
    CHECK(refuse<matchmaker_user>(R"({"numeric_properties":{"rank":"high"}})").where ==
          "numeric_properties.rank");
}

TEST_CASE("values of another kind than the field's are refused") {
    for (const auto* text :
         {R"({"friends":{}})", R"({"friends":1})", R"({"friends":["x"]})", R"({"friends":[[]]})",
          R"({"cursor":1})", R"({"cursor":true})", R"({"cursor":{}})", R"({"cursor":[]})",
          R"({"friends":[{"user":[]}]})", R"({"friends":[{"state":true}]})"})
        refuse<friend_list>(text);
    for (const auto* text : {R"({"online":"true"})", R"({"online":1})"}) refuse<user>(text);
    for (const auto* text :
         {R"({"string_properties":[]})", R"({"string_properties":"x"})", R"({"string_properties":{"a":{}}})",
          R"({"string_properties":{"a":[]}})", R"({"numeric_properties":3})"})
        refuse<matchmaker_user>(text);
}

TEST_CASE("what is no JSON object is refused without a crash") {
    for (const auto* text :
         {"", "   ", "null", "true", "1", "\"x\"", "[]", "{", "{\"id\"", "{\"id\":", "{\"id\":\"x\"",
          "{\"id\":\"x\",}", "{\"id\":\"x\"} trailing", "{'id':1}", "{\"id\":\"\xff\"}", "\xef\xbb\xbf{}"})
        refuse<user>(text);
}

TEST_CASE("a truncated message is refused at every length") {
    const std::string_view text =
        R"({"friends":[{"user":{"id":"1","username":"Zo\u00eb","create_time":"2026-11-23T01:25:16Z"},"state":3}],"cursor":"c"})";
    for (std::size_t length = 0; length < text.size(); ++length) refuse<friend_list>(text.substr(0, length));
    read<friend_list>(text);
}

TEST_CASE("nesting is bounded") {
    std::string deep = R"({"unknown":)";
    for (int i = 0; i < 1000; ++i) deep += '[';
    CHECK(refuse<user>(deep).what == "too deep");
}

TEST_CASE("space is taken wherever JSON allows it, and nowhere else") {
    const std::string_view compact =
        R"({"friends":[{"user":{"id":"1","edge_count":-3,"online":true},"state":2},{"user":null}],"cursor":"c d"})";
    const auto expected = read<friend_list>(compact);
    std::string spaced;
    bool within = false;
    for (const char c : compact) {
        if (c == '"') within = !within;
        const bool is_token = !within && std::string_view{"{}[],:"}.find(c) != std::string_view::npos;
        spaced += is_token ? std::string{" \t\r\n"} + c + "\n " : std::string{c};
    }
    CHECK(read<friend_list>(spaced) == expected);
    for (const auto* text : {R"({"edge_count":1 2})", R"({"online":tr ue})", R"({"edge_count":- 1})",
                             "{\"edge_count\":\v1}", "{\"id\":\"a\nb\"}"})
        refuse<user>(text);
}

TEST_CASE("numbers are as strict as JSON has them") {
    for (const auto* text :
         {"01", "-", "-01", "+1", "1.", ".5", "1e", "1e+", "0x1", "1_0", "--1", "NaN", "Infinity"})
        refuse<user>(R"({"edge_count":)" + std::string{text} + '}');
    CHECK(read<user>(R"({"edge_count":0})").edge_count == 0);
    CHECK(read<user>(R"({"edge_count":-0})").edge_count == 0);
    CHECK(read<user>(R"({"edge_count":1.0})").edge_count == 1);
    CHECK(read<user>(R"({"edge_count":2147483647})").edge_count == 2147483647);
    CHECK(refuse<matchmaker_user>(R"({"numeric_properties":{"x":1e999}})").where == "numeric_properties.x");
}

TEST_CASE("escapes that are none are refused") {
    for (const auto* text : {R"("\x")", R"("\u12")", R"("\u12g4")", R"("\ud800")", R"("\udc00")",
                             R"("\ud800\u0041")", R"("\ud800x")", R"("\)", R"("\u)"})
        refuse<user>(R"({"id":)" + std::string{text} + '}');
}

TEST_CASE("a failure in JSON itself tells where it is") {
    const auto failure = refuse<friend_list>(R"({"friends":[{"user":{"id":"1"}},{"user":{"id":"2",}}]})");
    CHECK(failure.where == "friends[1].user");
    CHECK(failure.what == "syntax error");
    CHECK(failure.offset == 50);
    CHECK(refuse<user>("{\"id\":\"\xff\"}").what == "a text that is not UTF-8");
    CHECK(refuse<user>(R"({"id":"x"} {})").what == "text after the end of the value");
}

TEST_CASE("a list makes room once, and never much more than its text could fill") {
    std::string text = R"({"friends":[)";
    for (int i = 0; i < 1000; ++i)
        text += R"({"user":{"id":"c125cb56-c81e-40d0-a97d-ef4626a23ed8"},"state":1},)";
    text.back() = ']';
    const auto page = read<friend_list>(text + '}');
    CHECK(page.friends.size() == 1000);
    CHECK(page.friends.capacity() < 1200);

    std::string small = R"({"friends":[{})";
    for (int i = 0; i < 1000; ++i) small += ",{}";
    const auto many = read<friend_list>(small + R"(],"unknown":")" + std::string(100'000, 'x') + "\"}");
    CHECK(many.friends.size() == 1001);
    CHECK(many.friends.capacity() <= 2 * many.friends.size());
}

TEST_CASE("lists within lists do not each make room for all that follows") {
    std::string text = R"({"flags":[)";
    for (int i = 0; i < 5000; ++i) text += R"({"name":"f","labels":["a"]},)";
    text.back() = ']';
    const auto read_back = read<satori::flag_list>(text + '}');
    REQUIRE(read_back.flags.size() == 5000);
    std::size_t room = 0;
    for (const auto& each : read_back.flags) room += each.labels.capacity();
    CHECK(room == 5000);
}

TEST_CASE("numbers too small for a double are zero") {
    const auto matched = read<matchmaker_user>(R"({"numeric_properties":{"x":1e-999,"y":-1.5E-400}})");
    CHECK(matched.numeric_properties == std::map<std::string, double>{{"x", 0}, {"y", 0}});
}
