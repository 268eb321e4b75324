#include "net/decompress.hpp"

#include "support/allocations.hpp"
#include "support/compressed.hpp"
#include "wire/base64.hpp"

#include <nakama/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using nakama::net::decompress;

namespace {

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
const std::string text = R"({"user":{"id":"c125cb56-c81e-40d0-a97d-ef4626a2","username":"ada"}})";

/// The content, or nothing if it is refused as malformed.
std::optional<std::string> content(std::string_view body, std::string_view encoding) {
    try {
        return decompress(body, encoding, no_limit);
    } catch (const error& failure) {
        if (failure.code() != errc::malformed_answer || !failure.request_may_have_been_sent()) throw;
        return {};
    }
}

std::string refusal(std::string_view body, std::string_view encoding, std::size_t limit = no_limit) {
    try {
        (void)decompress(body, encoding, limit);
    } catch (const error& failure) {
        return failure.code().message() + ": " + failure.message();
    }
    return "not refused";
}

std::vector<std::string> texts() {
    std::mt19937 random{1};
    std::vector<std::string> result{"", "x", text};
    for (const std::size_t size : {100U, 16U * 1024, 70'000U, 1'000'000U}) {
        result.emplace_back(size, 'x'); // stands for much more than its size tells
        std::string noise(size, '\0');
        for (char& byte : noise) byte = static_cast<char>(random());
        result.push_back(noise); // compressed, it is longer
    }
    return result;
}

} // namespace

TEST_CASE("what was compressed comes back, in each encoding") {
    for (const auto& original : texts()) {
        CHECK((decompress(gzipped(original), "gzip", original.size()) == original));
        CHECK((decompress(gzipped(original), "X-GZip", original.size()) == original));
        CHECK((decompress(deflated(original), "deflate", original.size()) == original));
        CHECK((decompress(deflated_without_header(original), "Deflate", original.size()) == original));
        CHECK((decompress(original, "identity", original.size()) == original));
    }
}

TEST_CASE("what Nakama compresses is read") {
    // misc.json: "accept-encoding gzip on an error" and "accept-encoding deflate".
    const auto gzip =
        wire::decode_base64("H4sIAAAAAAAA/6pWSs5PSVWyMjTTUcpNLS5OTE9VslJyLC3JUCjJz07NUyhKLSzNLEpNUaoFBAAA"
                            "//+5MVv/KwAAAA==");
    CHECK(decompress(gzip.value(), "gzip", no_limit) == R"({"code":16,"message":"Auth token required"})");
    const auto deflate = wire::decode_base64(
        "hI9LTsNAEETvUutpaX7+9TlYgZDVnmkiS7aJ7AksrLk7SoB19lWvXp24HbqDT8wZjDZpyH4KJK4NFO2QaOhjINc77Wz+6AYVmEdn"
        "k1XBWOcjjTYMTd+NrY8ZBotsl7HIBQzdYLBqkSxFwDgrDNKuUnQs8wPgrW/JOfLhxTr2gZvm9T5xzc9C1eBblkXLPzjr15z0AL/9"
        "3Umf+/V20K8e3VUpxqnzE+p7/QkAAP//");
    CHECK(decompress(deflate.value(), "deflate", no_limit) ==
          R"({"user":{"id":"6ce3d2b3-a163-409c-9843-181e70df79ea","username":"misc_039587_624d",)"
          R"("lang_tag":"en","metadata":"{}","create_time":"2026-11-23T01:23:55Z",)"
          R"("update_time":"2026-11-23T01:23:55Z"},"wallet":"{}",)"
          R"("devices":[{"id":"corpus-039587-misc-44b72b"}]})");
}

TEST_CASE("gzip may have several members, empty ones too") {
    const auto one = gzipped("one "), two = gzipped("two"), none = gzipped("");
    CHECK(decompress(one + two, "gzip", 7) == "one two");
    CHECK(decompress(none + one + none + none + two + none, "gzip", 7) == "one two");

    std::string members, all;
    for (const auto& original : texts()) {
        members += gzipped(original);
        all += original;
    }
    CHECK((decompress(members, "gzip", all.size()) == all));
}

TEST_CASE("a compressed body that ends too early is refused, wherever it does") {
    const auto refused_when_cut = [](const std::string& body, std::string_view encoding) {
        REQUIRE(content(body, encoding).has_value());
        for (std::size_t size = 0; size < body.size(); ++size) {
            INFO(encoding << " cut after " << size << " of " << body.size() << " bytes");
            CHECK(!content(std::string_view{body}.substr(0, size), encoding));
        }
    };
    refused_when_cut(gzipped(text), "gzip");
    refused_when_cut(deflated(text), "deflate");
    refused_when_cut(deflated_without_header(text), "deflate");

    // Cut between its members a body is whole.
    const auto one = gzipped("one "), two = gzipped("two");
    for (std::size_t size = 1; size < two.size(); ++size) CHECK(!content(one + two.substr(0, size), "gzip"));
    CHECK(refusal(one.substr(0, 15), "gzip") ==
          "malformed answer: the answer is damaged in its compressed form: it ends too early");
}

TEST_CASE("a compressed body with a wrong byte is refused or gives the same text") {
    const auto never_another_text = [](const std::string& body, std::string_view encoding) {
        std::size_t refused = 0;
        for (std::size_t at = 0; at < body.size(); ++at)
            for (int change = 1; change < 256; ++change) {
                std::string damaged = body;
                damaged[at] = static_cast<char>(damaged[at] ^ change);
                const auto result = content(damaged, encoding);
                INFO(encoding << " with byte " << at << " changed by " << change);
                CHECK(result.value_or(text) == text);
                if (!result) ++refused;
                // Checksum, and the size of gzip.
                if (at >= body.size() - 4) CHECK(!result);
            }
        return refused;
    };
    const auto gzip = gzipped(text), zlib = deflated(text);
    // All that follows the ten bytes of the header, some of which are only told.
    CHECK(never_another_text(gzip, "gzip") >= (gzip.size() - 11) * 255);
    CHECK(never_another_text(zlib, "deflate") >= (zlib.size() - 3) * 255);
}

TEST_CASE("what follows the end of a compressed body is refused") {
    for (const std::string& more : {std::string{"x"}, std::string{"\0", 1}, std::string(8, '\0'), text}) {
        CHECK(!content(gzipped(text) + more, "gzip"));
        CHECK(!content(deflated(text) + more, "deflate"));
        CHECK(!content(deflated_without_header(text) + more, "deflate"));
    }
    CHECK(!content(deflated(text) + deflated(text), "deflate"));
    CHECK(!content(deflated(text), "gzip"));
    CHECK(!content(gzipped(text), "deflate"));
    CHECK(!content(text, "gzip"));
    CHECK(!content(text, "deflate"));
}

TEST_CASE("the limit is of the content, to the byte") {
    for (const auto& original : texts()) {
        if (original.empty()) continue;
        const std::size_t below = original.size() - 1;
        const std::string expected =
            "message too large: the answer, decompressed, is larger than the configured limit of " +
            std::to_string(below) + " bytes";
        CHECK(refusal(gzipped(original), "gzip", below) == expected);
        CHECK(refusal(gzipped(original) + gzipped(""), "gzip", below) == expected);
        CHECK(refusal(deflated(original), "deflate", below) == expected);
        CHECK(refusal(deflated_without_header(original), "deflate", below) == expected);
        CHECK(refusal(original, "identity", below) == expected);
    }
}

TEST_CASE("a small body that stands for very much takes no more memory than the limit") {
    constexpr std::size_t limit = 1024 * 1024, little = 4096;
    const std::string zeros(64 * limit, '\0');
    const auto gzip = gzipped(zeros);
    CHECK(gzip.size() < limit / 8);
    const auto memory_to_refuse = [](const std::string& body, std::string_view encoding) {
        const auto before = allocations::so_far();
        const auto why = refusal(body, encoding, limit);
        CHECK(why.starts_with("message too large: "));
        return (allocations::so_far() - before).bytes;
    };
    if (memory_to_refuse(gzip, "gzip") == 0) SKIP("operator new is a sanitizer's");
    CHECK(memory_to_refuse(gzip, "gzip") <= limit + little);
    CHECK(memory_to_refuse(gzip + gzipped(""), "gzip") <= limit + little); // its end tells nothing
    CHECK(memory_to_refuse(deflated(zeros), "deflate") <= limit + little);

    // An end that claims more than the body can hold is not believed.
    std::string lie = gzipped(text);
    lie.replace(lie.size() - 4, 4, "\xff\xff\xff\xff");
    const auto before = allocations::so_far();
    CHECK(!content(lie, "gzip"));
    CHECK((allocations::so_far() - before).bytes < little);
}

TEST_CASE("an unknown content encoding is told by its name") {
    CHECK(refusal(text, "br") == "malformed answer: the content encoding of the answer is unknown: br");
    CHECK(refusal(text, "gzip, gzip").ends_with(" is unknown: gzip, gzip"));
    CHECK(refusal(text, std::string(10'000, 'x')).size() < 1000);
}
