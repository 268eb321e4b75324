#include "wire/utf8.hpp"

#include <catch2/catch_test_macros.hpp>

using nakama::wire::is_utf8;

TEST_CASE("well-formed text of every length is UTF-8") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("plain ASCII that is longer than one chunk of eight bytes"));
    CHECK(is_utf8("Zo\u00eb \u65e5\u672c \U0001F3AE"));
    CHECK(is_utf8("\xc2\x80"));
    CHECK(is_utf8("\xed\x9f\xbf"));
    CHECK(is_utf8("\xee\x80\x80"));
    CHECK(is_utf8("\xf4\x8f\xbf\xbf"));
}

TEST_CASE("malformed text is not UTF-8, wherever the fault lies") {
    for (const std::string_view bad :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xc2", "\xe0\x9f\xbf", "\xe2\x82", "\xed\xa0\x80",
          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x28\xa1"}) {
        for (std::size_t before = 0; before < 150; ++before) {
            CHECK(!is_utf8(std::string(before, 'a') + std::string{bad}));
            CHECK(!is_utf8(std::string(before, 'a') + std::string{bad} + "b"));
        }
    }
}
