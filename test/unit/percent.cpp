#include "wire/percent.hpp"

#include <nakama/error.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace nakama::wire;

namespace {

std::string encoded(std::string_view text) {
    std::string out;
    append_percent(out, text);
    return out;
}

} // namespace

TEST_CASE("everything but unreserved characters is escaped") {
    CHECK(encoded("AZaz09-._~") == "AZaz09-._~");
    CHECK(encoded("a b/c?d#e&f=g%+") == "a%20b%2Fc%3Fd%23e%26f%3Dg%25%2B");
    CHECK(encoded("caf\u00e9") == "caf%C3%A9");
    CHECK(encoded("\n") == "%0A");
}

TEST_CASE("escaping every byte and undoing it changes nothing") {
    for (int byte = 0; byte < 256; ++byte) {
        const std::string text(3, static_cast<char>(byte));
        CHECK(decode_percent(encoded(text)) == text);
    }
    CHECK(decode_percent("a+b", true) == "a b");
    CHECK(decode_percent("a+b") == "a+b");
}

TEST_CASE("malformed escapes are refused") {
    CHECK(!decode_percent("%"));
    CHECK(!decode_percent("%4"));
    CHECK(!decode_percent("%zz"));
    CHECK(!decode_percent("abc%"));
}

TEST_CASE("a target has what is set and leaves out what is not") {
    CHECK(target{"/v2/friend"}.take() == "/v2/friend");
    CHECK(target{"/v2/friend"}
              .query("limit", std::optional<std::int32_t>{10})
              .query("state", std::optional<std::int32_t>{})
              .query("create", std::optional<bool>{false})
              .query("cursor", "a=b")
              .query("username", "")
              .take() == "/v2/friend?limit=10&create=false&cursor=a%3Db");
    CHECK(target{"/v2/rpc"}.segment("id", "a/b?c#d").take() == "/v2/rpc/a%2Fb%3Fc%23d");
}

TEST_CASE("a target refuses empty segments and text that is not UTF-8, naming the parameter") {
    try {
        target{"/v2/rpc"}.segment("id", "");
        FAIL("an empty segment was accepted");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(failure.message() == "\"id\" must not be empty");
    }
    try {
        target{"/v2/friend"}.query("cursor", std::string_view{"\xff"});
        FAIL("bytes were accepted as text");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(failure.message() == "the text of \"cursor\" is not UTF-8");
    }
}
