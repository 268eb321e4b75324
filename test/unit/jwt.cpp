#include "wire/jwt.hpp"

#include "wire/base64.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama::wire;

namespace {

std::string token_of(std::string_view payload) {
    std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.";
    append_base64url(token, payload);
    return token + ".c2ln";
}

} // namespace

TEST_CASE("claims are read, whatever their text is made of") {
    // The encoded payload of this name has both characters that plain base64 does not know.
    const auto token = token_of(
        R"({"tid":"t","uid":"u","usn":"ÿÿ>>??~~","vrs":{"k":"ü"},"exp":1661590979,"iat":1661590919})");
    CHECK(token.find_first_of("-_") != std::string::npos);
    const auto claims = read_jwt(token);
    REQUIRE(claims);
    CHECK(claims->tid == "t");
    CHECK(claims->uid == "u");
    CHECK(claims->usn == "ÿÿ>>??~~");
    CHECK(claims->vrs.at("k") == "ü");
    CHECK(claims->exp == 1661590979);
    CHECK(claims->iat == 1661590919);
}

TEST_CASE("what has not the form of a token is refused") {
    for (const std::string token : {"", ".", "..", "a.b", "a.b.c.d", "a.!.c", "a.W10.c", "not a token",
                                    "e30.e30.e30\r\nX-Admin: yes", "e30\n.e30.e30", "e 0.e30.e30"})
        CHECK(!read_jwt(token));
    CHECK(!read_jwt(token_of("{")));
}
