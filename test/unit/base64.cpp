#include "wire/base64.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama::wire;

namespace {

std::string encoded(std::string_view data) {
    std::string out;
    append_base64(out, data);
    return out;
}

} // namespace

TEST_CASE("base64 encodes the examples of RFC 4648") {
    CHECK(encoded("") == "");
    CHECK(encoded("f") == "Zg==");
    CHECK(encoded("fo") == "Zm8=");
    CHECK(encoded("foo") == "Zm9v");
    CHECK(encoded("foob") == "Zm9vYg==");
    CHECK(encoded("fooba") == "Zm9vYmE=");
    CHECK(encoded("foobar") == "Zm9vYmFy");
}

TEST_CASE("base64 gives every byte back, padded or not, in both alphabets") {
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (std::size_t length = 0; length <= all.size(); ++length) {
        const std::string data = all.substr(all.size() - length);
        std::string text = encoded(data);
        CHECK(decode_base64(text) == data);
        while (!text.empty() && text.back() == '=') text.pop_back();
        CHECK(decode_base64(text) == data);
        std::string url;
        append_base64url(url, data);
        CHECK(url.find_first_of("+/=") == std::string::npos);
        CHECK(decode_base64(url) == data);
    }
}

TEST_CASE("base64 refuses what is none") {
    CHECK(!decode_base64("A"));
    CHECK(!decode_base64("AAAAA"));
    CHECK(!decode_base64("AA=A"));
    CHECK(!decode_base64("===="));
    CHECK(!decode_base64("AA A"));
    CHECK(!decode_base64("Zm9v\n"));
    CHECK(!decode_base64(std::string_view{"AA\0A", 4}));
}
