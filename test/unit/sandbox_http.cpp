#include "sandbox/http/canonical_path.hpp"
#include "sandbox/http/client_address.hpp"
#include "sandbox/http/compression.hpp"
#include "sandbox/http/cross_origin.hpp"
#include "sandbox/http/operation_names.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/routes.hpp"
#include "support/compressed.hpp"

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <exception>
#include <limits>
#include <memory>
#include <optional>

using namespace nakama::sandbox;

namespace {

std::string header(const http_answer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers)
        if (key == name) return value;
    return "none";
}

http_answer ask_first(std::vector<std::pair<std::string, std::string>> headers) {
    return preflight({.method = "OPTIONS", .headers = std::move(headers)});
}

/// What a body of some coding is read as, and what is wrong with it.
std::pair<std::string, std::string> read(const std::string& coding, std::string body) {
    http_request request{.headers = {{"Content-Encoding", coding}}, .body = std::move(body)};
    decompress(request);
    return {request.body, request.damage};
}

std::string refusal_of(const auto& act) {
    try {
        (void)act();
    } catch (const refusal& refused) {
        return refused.what();
    }
    return "none";
}

/// A server's inside, asked without a connection.
struct inside {
    boost::asio::io_context io{1};
    std::shared_ptr<world> here = std::make_shared<world>(io.get_executor(), server_config{.seed = 1});
    std::string token =
        "Bearer " +
        mint_session_token({.uid = here->ids.uuid(), .usn = "ada", .exp = unix_seconds(here->now()) + 60},
                           session_key);

    http_answer ask(http_request request) {
        request.headers.emplace_back("Authorization", token);
        std::optional<http_answer> result;
        boost::asio::co_spawn(io, answer(*here, std::move(request)),
                              [&](const std::exception_ptr& failure, http_answer answer) {
                                  if (failure) std::rethrow_exception(failure);
                                  result = std::move(answer);
                              });
        io.restart();
        io.run();
        return std::move(result.value());
    }
};

const std::pair<std::string, std::string> form{"Content-Type", "application/x-www-form-urlencoded"};

} // namespace

TEST_CASE("forms may mean other methods, and their fields are parameters") {
    inside server;
    CHECK(server.ask({.method = "POST", .path = "/v2/storage/shelf", .headers = {form}, .body = "limit=0"})
              .body == R"({"code":3,"message":"Invalid limit - limit must be between 1 and 100."})");
    CHECK(server
              .ask({.method = "POST",
                    .path = "/v2/storage/shelf",
                    .query = "limit=5",
                    .headers = {form},
                    .body = "user_id=%zz"})
              .body == R"({"code":3,"message":"invalid URL escape \"%zz\""})");
    CHECK(server.ask({.method = "POST", .path = "/v2/storage/shelf"}).status == 501);
    http_request write{.method = "POST", .path = "/v2/storage", .headers = {form}, .body = "{}"};
    write.headers.emplace_back("X-HTTP-Method-Override", "put");
    CHECK(server.ask(write).body == "{}");
    write.headers.back().second = "patch";
    CHECK(server.ask(write).status == 501);
}

TEST_CASE("a path's parts may be empty, but have to be Unicode") {
    inside server;
    CHECK(server.ask({.method = "GET", .path = "/v2/storage/"}).status == 200);
    CHECK(server.ask({.method = "GET", .path = "/v2/storage"}).status == 501);
    CHECK(server.ask({.method = "GET", .path = "/v2/storage/a/b/c"}).status == 404);
    const auto answer = server.ask({.method = "GET", .path = "/v2/storage/%ff"});
    CHECK(answer.status == 500);
    CHECK(answer.body ==
          R"({"code":13,"message":"grpc: error while marshaling: string field contains invalid UTF-8"})");
    CHECK(server.ask({.method = "GET", .path = "/v2/%zz"}).body == "400 Bad Request");
    CHECK(server.ask({.method = "GET", .path = "/v2/../v2/storage/"}).status == 301);
}

TEST_CASE("functions are called by GET and POST alone, and by any name") {
    inside server;
    CHECK(server.ask({.method = "PUT", .path = "/v2/rpc/echo"}).status == 501);
    CHECK(server.ask({.method = "PUT", .path = "/v2/rpc/echo/more"}).status == 404);
    CHECK(server.ask({.method = "GET", .path = "/v2/rpc/echo/more"}).status == 404);
    CHECK(server.ask({.method = "GET", .path = "/v2/rpc/"}).body ==
          R"({"error":"RPC ID must be set","message":"RPC ID must be set","code":3})");
}

TEST_CASE("a compressed body that is damaged is refused where its value is not whole") {
    inside server;
    server.here->functions["echo"] =
        [](rpc_context, std::string payload) -> boost::asio::awaitable<std::string> { co_return payload; };
    http_request request{.method = "PUT", .path = "/v2/storage", .headers = {{"Content-Encoding", "gzip"}}};
    const std::string whole = nakama::test::gzipped(R"({"objects":[]})");
    request.body = whole.substr(0, whole.size() - 8); // all but the checksum
    CHECK(server.ask(request).body == "{}");
    request.body = whole.substr(0, 14);
    CHECK(server.ask(request).body == R"({"code":3,"message":"unexpected EOF"})");
    request.method = "POST";
    request.path = "/v2/rpc/echo";
    CHECK(server.ask(request).body ==
          R"({"error":"Internal Server Error","message":"Internal Server Error","code":13})");
}

TEST_CASE("pages of other origins may read errors as well") {
    inside server;
    const auto answer =
        server.ask({.method = "GET", .path = "/nothing", .headers = {{"Origin", "http://x"}}});
    CHECK(answer.status == 404);
    CHECK(header(answer, "Access-Control-Allow-Origin") == "*");
    CHECK(header(server.ask({.method = "GET", .path = "/nothing"}), "Access-Control-Allow-Origin") == "none");
}

TEST_CASE("every route of the sandbox is an operation of the API") {
    for (const route& one : routes()) {
        INFO(one.method << ' ' << one.path);
        CHECK(!one.name.empty());
    }
    CHECK(operation_name("GET", "/v2/storage/{a}/{b}") == "list_storage_objects");
    CHECK(operation_name("GET", "/v2/storage") == "");
    CHECK(operation_takes_hooks("list_storage_objects"));
    CHECK(!operation_takes_hooks("healthcheck"));
    CHECK(!operation_takes_hooks("rpc"));
    CHECK(!operation_takes_hooks("get_nothing"));
}

TEST_CASE("paths have a shortest form") {
    CHECK(canonical_path("/v2/account") == "/v2/account");
    CHECK(canonical_path("//v2///account//") == "/v2/account/");
    CHECK(canonical_path("/v2/./friend/../account") == "/v2/account");
    CHECK(canonical_path("/../..") == "/");
    CHECK(canonical_path("") == "/");
}

TEST_CASE("another form redirects, and takes the query along") {
    const auto answer = redirection({.query = "a=%20"}, "//ü d;e/");
    REQUIRE(answer);
    CHECK(answer->status == 301);
    CHECK(header(*answer, "Location") == "/%C3%BC%20d;e/?a=%20");
    CHECK(!redirection({}, "/v2/account/"));
}

TEST_CASE("a page is told what it may ask for") {
    const auto allowed = ask_first({{"Origin", "http://x"},
                                    {"Access-Control-Request-Method", "DELETE"},
                                    {"Access-Control-Request-Headers", "accept, user-agent ,CONTENT-TYPE"}});
    CHECK(allowed.status == 200);
    CHECK(header(allowed, "Access-Control-Allow-Headers") == "User-Agent,Content-Type");
    CHECK(header(allowed, "Access-Control-Allow-Methods") == "DELETE");
    CHECK(header(allowed, "Access-Control-Allow-Origin") == "*");

    const auto simple = ask_first({{"Origin", "http://x"}, {"Access-Control-Request-Method", "GET"}});
    CHECK(simple.headers.size() == 1);
    CHECK(ask_first({}).status == 200);
    CHECK(ask_first({}).headers.empty());
    CHECK(ask_first({{"Origin", "http://x"}}).status == 400);
    CHECK(ask_first({{"Origin", "http://x"}, {"Access-Control-Request-Method", "PATCH"}}).status == 405);
    const auto other = ask_first({{"Origin", "http://x"},
                                  {"Access-Control-Request-Method", "GET"},
                                  {"Access-Control-Request-Headers", "x-other"}});
    CHECK(other.status == 403);
    CHECK(other.headers.empty());
}

TEST_CASE("bodies are read as they were before they were compressed") {
    using namespace nakama::test;
    const std::string text = R"({"location":"somewhere"})";
    CHECK(read("gzip", gzipped(text)) == std::pair{text, std::string{}});
    CHECK(read("gzip", gzipped("{\"location\"") + gzipped(":1}")).first == "{\"location\":1}");
    CHECK(read("deflate", deflated_without_header(text)) == std::pair{text, std::string{}});
    CHECK(read("br", "as it is") == std::pair{std::string{"as it is"}, std::string{}});
    CHECK(read("gzip", text) == std::pair{std::string{}, std::string{}});
    CHECK(read("deflate", "").second == "unexpected EOF");
    const std::string whole = gzipped(std::string(1000, 'a') + text);
    CHECK(read("gzip", whole.substr(0, whole.size() - 4)).second == "unexpected EOF");
    CHECK(read("gzip", whole + "tail").second == "gzip: invalid header");
    std::string wrong = whole;
    wrong[wrong.size() - 6] ^= 1;
    CHECK(read("gzip", wrong).second == "gzip: invalid checksum");
    CHECK(read("deflate", "\xff\xff").second.starts_with("flate: corrupt input before offset "));
}

TEST_CASE("a small body does not stand for an endless one") {
    const std::string endless = nakama::test::gzipped(std::string(64'000'000, ' '));
    const auto [body, damage] = read("gzip", endless);
    CHECK(damage == "http: request body too large");
    CHECK(body.size() < 17'000'000);
    CHECK(read("gzip", endless + endless).first.size() < 17'000'000);
    CHECK(read("gzip", nakama::test::gzipped(std::string(16'000'000, ' '))).second.empty());
}

TEST_CASE("answers are compressed by the first bare word that names a coding") {
    const auto coding = [](const std::string& accepted) {
        http_answer answer{.body = "text"};
        compress({.headers = {{"Accept-Encoding", accepted}}}, answer);
        CHECK((answer.body == "text") == (header(answer, "Content-Encoding") == "none"));
        return header(answer, "Content-Encoding");
    };
    CHECK(coding("gzip") == "gzip");
    CHECK(coding("br, deflate ,gzip") == "deflate");
    CHECK(coding("gzip;q=1.0") == "none");
    CHECK(coding("*") == "none");
    CHECK(coding("GZIP") == "none");
    http_answer answer{.body = "text"};
    compress({.headers = {{"Accept-Encoding", "gzip"}, {"Upgrade", "websocket"}}}, answer);
    CHECK(answer.body == "text");
}

TEST_CASE("an address is the connection's unless a proxy tells another") {
    const auto address = [](const std::string& forwarded) {
        http_request request{.client_ip = "10.0.0.1", .client_port = "5000"};
        if (!forwarded.empty()) request.headers = {{"X-Forwarded-For", forwarded}};
        const client_address found = address_of(request);
        return found.ip + '|' + found.port;
    };
    CHECK(address("") == "10.0.0.1|5000");
    CHECK(address("1.2.3.4") == "1.2.3.4|");
    CHECK(address("1.2.3.4:99") == "1.2.3.4|99");
    CHECK(address("9.9.9.9, 1.2.3.4, 127.0.0.1,") == "1.2.3.4|");
    CHECK(address("127.0.0.1") == "127.0.0.1|");
    CHECK(address("[2001:db8::1]:80") == "2001:db8::1|80");
    CHECK(address("2001:db8::1") == "2001:db8::1|");
    CHECK(address("somewhere") == "|");
}

TEST_CASE("parameters are read as the fields they are") {
    const auto parameters =
        query_parameters::strict("limit=7&startTime=-9223372036854775808&big=9223372036854775808&list=a&list="
                                 "b&map%5Bk%5D=v&empty=&t=T");
    CHECK(parameters.int32("limit") == 7);
    CHECK(parameters.int64("start_time") == std::numeric_limits<std::int64_t>::min());
    CHECK(parameters.texts("list") == std::vector<std::string>{"a", "b"});
    CHECK(parameters.texts("map") == std::vector<std::string>{"k", "v"});
    CHECK(parameters.flag("t") == true);
    CHECK(parameters.all().at("list").size() == 2);
    CHECK(refusal_of([&] { return parameters.int64("big"); }) ==
          R"(parsing field "big": strconv.ParseInt: parsing "9223372036854775808": value out of range)");
    CHECK(refusal_of([&] { return parameters.int32("empty"); }) ==
          R"(parsing field "empty": strconv.ParseInt: parsing "": invalid syntax)");
    CHECK(refusal_of([&] { return parameters.flag("limit"); }) ==
          R"(parsing field "limit": strconv.ParseBool: parsing "7": invalid syntax)");
    CHECK(refusal_of([&] { return parameters.text("list"); }) == R"(too many values for field "list": a, b)");
}
