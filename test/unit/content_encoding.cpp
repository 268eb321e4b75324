#include "net/content_encoding.hpp"

#include "support/compressed.hpp"

#include <nakama/error.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace nakama;
using namespace nakama::test;
using nakama::net::decode_content;
using nakama::net::wants_compression;

namespace {

using headers = http_headers;

http_response decoded(http_response response, std::size_t limit = 1000) {
    decode_content(response, limit);
    return response;
}

} // namespace

TEST_CASE("compressed answers are asked for where they travel") {
    for (const char* host : {"127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "localhost",
                             "LocalHost.", "game.localhost"}) {
        INFO(host);
        CHECK(!wants_compression({.host = host}));
        CHECK(!wants_compression({.host = host, .compression = compression::never}));
        CHECK(wants_compression({.host = host, .compression = compression::always}));
    }
    for (const char* host : {"192.168.0.1", "128.0.0.1", "::2", "2001:db8::1", "::ffff:10.0.0.1",
                             "example.com", "localhost.example.com", "notlocalhost"}) {
        INFO(host);
        CHECK(wants_compression({.host = host}));
        CHECK(!wants_compression({.host = host, .compression = compression::never}));
        CHECK(wants_compression({.host = host, .compression = compression::always}));
    }
    // To a proxy its own machine is what it calls so.
    CHECK(wants_compression({.host = "localhost", .proxy = {.host = "10.0.0.1"}}));
    CHECK(wants_compression({.host = "10.0.0.1", .proxy = {.host = "localhost"}}));
    CHECK(!wants_compression({.host = "localhost", .proxy = {.host = "localhost"}}));
}

TEST_CASE("a body is decoded by its content encoding, however that is written") {
    for (const headers& encoding : {
             headers{{"Content-Encoding", "gzip"}},
             headers{{"content-encoding", "GZip"}},
             headers{{"CONTENT-ENCODING", "identity, gzip"}},
             headers{{"Content-Encoding", " gzip\t,, Identity"}},
             headers{{"Content-Encoding", "identity"}, {"Content-Encoding", "gzip"}},
         }) {
        const auto [name, value] = *encoding.begin();
        INFO(name << ": " << value);
        CHECK(decoded({.headers = encoding, .body = gzipped("text")}).body == "text");
    }
    CHECK(decoded({.headers = {{"Content-Encoding", "deflate"}}, .body = deflated("text")}).body == "text");
}

TEST_CASE("the headers of what was decoded tell of it no more") {
    const headers others{{"Content-Type", "application/json"}, {"X-Content-Length", "1"}};
    const headers all{{"Content-Type", "application/json"},
                      {"content-length", "24"},
                      {"Content-Encoding", "gzip"},
                      {"X-Content-Length", "1"}};
    CHECK(decoded({.headers = all, .body = gzipped("text")}).headers == others);
    // An answer without a body has them of the one that it would have.
    CHECK(decoded({.status = 304, .headers = all}).headers == all);
}

TEST_CASE("a body that is not encoded stays as it is, above the limit too") {
    for (const headers& encoding : {
             headers{},
             headers{{"Content-Length", "4"}},
             headers{{"Content-Encoding", ""}},
             headers{{"Content-Encoding", "identity"}},
             headers{{"Content-Encodings", "gzip"}},
             headers{{"Transfer-Encoding", "gzip"}},
         }) {
        const auto result = decoded({.headers = encoding, .body = "text"}, 3);
        CHECK(result.body == "text");
        CHECK(result.headers == encoding);
    }
}

TEST_CASE("a body that cannot be decoded is an error with the answer's status") {
    const auto refused = [](http_response response, errc expected) {
        try {
            decode_content(response, 3);
        } catch (const error& failure) {
            CHECK(failure.code() == expected);
            CHECK(failure.http_status() == 503);
            CHECK(failure.request_may_have_been_sent());
            return failure.message();
        }
        return std::string{"not refused"};
    };
    const headers gzip{{"Content-Encoding", "gzip"}};
    CHECK(refused({.status = 503, .headers = gzip, .body = "text"}, errc::malformed_answer)
              .starts_with("the answer is damaged "));
    CHECK(refused({.status = 503, .headers = gzip, .body = gzipped("text")}, errc::message_too_large)
              .ends_with(" of 3 bytes"));
    const headers twice{{"Content-Encoding", "gzip , identity"}, {"Content-Encoding", "br"}};
    CHECK(refused({.status = 503, .headers = twice, .body = "text"}, errc::malformed_answer)
              .ends_with(" is unknown: gzip, br"));
}
