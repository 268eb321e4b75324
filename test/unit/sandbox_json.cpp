#include "sandbox/json/json_input.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

using namespace nakama::sandbox;

namespace {

std::string complaint(std::string_view text) {
    try {
        (void)parse_json(text);
    } catch (const malformed& input) {
        return input.what();
    }
    return "none";
}

std::string repeated(std::string_view text, int times) {
    std::string result;
    while (times-- > 0) result += text;
    return result;
}

} // namespace

TEST_CASE("nothing is nested deeper than a thousand") {
    CHECK(complaint(repeated("[", 1001) + repeated("]", 1001)) == "none");
    CHECK(complaint(repeated("[", 1002) + repeated("]", 1002)) == "exceeded max depth");
    CHECK(complaint(repeated(R"({"a":)", 1'000'000)) == "exceeded max depth");
}

// Looking for the place of every one of them would take minutes.
TEST_CASE("of many bad strings the first is complained of") {
    CHECK(complaint("[\n" + repeated(R"("\ud800",)", 300'000) + "1]") ==
          "proto: syntax error (line 2:1): invalid escape code in string");
    CHECK(complaint("[1,\n" + repeated("\"\xff\",", 600'000) + "1]") ==
          "proto: syntax error (line 2:1): invalid UTF-8 in string");
    CHECK(complaint(repeated("[\"\xff\",", 2) + "x") ==
          "invalid character 'x' looking for beginning of value");
}
