#include "sandbox/state/label.hpp"

#include <catch2/catch_test_macros.hpp>

using nakama::sandbox::properties_of_label;
using nakama::sandbox::query;

namespace {

bool finds(std::string_view wanted, const std::string& label) {
    return query{wanted, "label."}.matches(properties_of_label(label));
}

} // namespace

TEST_CASE("a label's values are found by their path") {
    const std::string label =
        R"({"mode":"ranked","open":true,"skill":{"min":10},"maps":["dust","ice"],"none":null})";
    CHECK(finds("+label.mode:ranked", label));
    CHECK(finds("+label.open:T", label));
    CHECK(finds("+label.skill.min:>=10", label));
    CHECK_FALSE(finds("+label.skill.min:>10", label));
    CHECK(finds("+label.maps:ice +label.maps:dust", label));
    CHECK_FALSE(finds("+label.none:null", label));
    CHECK_FALSE(finds("-label.mode:ranked", label));
}

TEST_CASE("a label that is no JSON object has nothing to be found") {
    for (const std::string label : {"", "ranked", "[\"ranked\"]", "{\"mode\":\"ranked\"", "{} {}"}) {
        CAPTURE(label);
        CHECK_FALSE(finds("+label.mode:ranked", label));
        CHECK(finds("*", label));
    }
}
