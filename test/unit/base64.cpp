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

TEST_CASE("base64 gives long data back, and finds a fault at every place of a long text") {
    std::string data;
    for (int i = 0; i < 300; ++i) data += static_cast<char>(i * 37 + i / 7);
    for (std::size_t length = 250; length <= data.size(); ++length) {
        const std::string text = encoded(data.substr(0, length));
        CHECK(decode_base64(text) == data.substr(0, length));
    }
    const std::string text = encoded(data);
    for (std::size_t i = 0; i < text.size(); ++i)
        for (const char fault :
             {'=', '!', '\x7f', '\x80', '\xff', '\0', ' ', '@', '[', '`', '{', ':', ',', '.'}) {
            std::string damaged = text;
            damaged[i] = fault;
            const bool is_padding = fault == '=' && i + 1 == text.size();
            CHECK(decode_base64(damaged).has_value() == is_padding);
        }
}

TEST_CASE("both alphabets of base64 may be mixed in a long text") {
    const std::string_view text =
        "AAAAAAAAAAAAAAAA----____++++////AAAAAAAAAAAAAAAA----____AAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    std::string standard{text};
    for (char& c : standard) c = c == '-' ? '+' : c == '_' ? '/' : c;
    CHECK(decode_base64(text) == decode_base64(standard));
    CHECK(encoded(*decode_base64(text)) == standard);
}
