#include "sandbox/json/json_input.hpp"
#include "sandbox/json/stored_json.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace nakama::sandbox;

namespace {

std::string digits(std::size_t count) {
    return std::string(count, '7');
}

std::string nested(std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
}

} // namespace

TEST_CASE("the database writes numbers without exponents, with the digits they are given") {
    CHECK(storable("1.50e1") == "15.0");
    CHECK(storable("12e3") == "12000");
    CHECK(storable("12E+0") == "12");
    CHECK(storable("0.05e1") == "0.5");
    CHECK(storable("12.5e-4") == "0.00125");
    CHECK(storable("-0") == "0");
    CHECK(storable("-0.00") == "0.00");
    CHECK(storable("0e-3") == "0.000");
    CHECK(storable("0e200000") == "0");
    CHECK(storable("0.001e3") == "1");
    CHECK(storable("-100.25") == "-100.25");
}

TEST_CASE("the database keeps numbers of 131072 digits before the point and 16383 behind it") {
    CHECK(storable(digits(131072)));
    CHECK_FALSE(storable(digits(131073)));
    CHECK(storable("1e131071"));
    CHECK_FALSE(storable("1e131072"));
    CHECK(storable("0.001e131074"));
    CHECK_FALSE(storable("0.001e131075"));
    CHECK(storable("0." + digits(16383)));
    CHECK_FALSE(storable("0." + digits(16384)));
    CHECK(storable("1e-16383"));
    CHECK_FALSE(storable("1e-16384"));
    CHECK_FALSE(storable("0e-16384"));
    CHECK_FALSE(storable("0e1073741823"));
    CHECK_FALSE(storable("1e99999999999999999999"));
    CHECK_FALSE(storable("1e-99999999999999999999"));
}

TEST_CASE("the database keeps no text that it could not give back") {
    CHECK(storable(R"({"a": "\ud83d\ude00"})"));
    CHECK_FALSE(storable(R"({"a": "\u0000"})"));
    CHECK_FALSE(storable(R"({"\u0000": 1})"));
    CHECK_FALSE(storable(R"({"a": "\ud83d"})"));
    CHECK_FALSE(storable("{\"a\": \"\xff\"}"));
    CHECK(holds_object(R"({"a": "\ud83d"})"));
    CHECK(holds_object(R"({"a": "\u0000"})"));
}

TEST_CASE("what is stored is one value") {
    CHECK(storable(" [1] "));
    CHECK_FALSE(storable("[1] 2"));
    CHECK_FALSE(storable(""));
    CHECK(storable_object(" {\"bb\":1,\"a\":2,\"a\":3}") == R"({"a": 3, "bb": 1})");
    CHECK_FALSE(storable_object("[1]"));
    CHECK_FALSE(storable_object("null"));
}

TEST_CASE("JSON is read a thousand levels deep") {
    CHECK(storable(nested(1000)) == nested(1000));
    CHECK_FALSE(storable(nested(1002)));
    CHECK_FALSE(storable(std::string(1'000'000, '[')));
}
