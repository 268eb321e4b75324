#include "call/answer.hpp"
#include "support/co_test.hpp"

#include <nakama/error.hpp>

using namespace nakama;

namespace {

boost::asio::awaitable<int> give(int value) {
    co_return value;
}
boost::asio::awaitable<int> fail() {
    throw error{errc::timed_out, error_details{.operation = "get_account", .attempts = 3}};
    co_return 0;
}
boost::asio::awaitable<void> fail_quietly() {
    throw error{errc::closed, "gone"};
    co_return;
}

error refused(int status, std::string body) {
    const call::operation operation{"get_account", "GET", call::credentials::session, true};
    return call::refusal(operation, http_response{.status = status, .body = std::move(body)});
}

} // namespace

TEST_CASE("an error says in one line what is known of it") {
    const error failure{grpc_code::unauthenticated, error_details{.operation = "get_account",
                                                                  .server_message = "Auth token invalid",
                                                                  .http_status = 401,
                                                                  .attempts = 2}};
    CHECK(std::string{failure.what()} ==
          "get_account: unauthenticated (HTTP 401): Auth token invalid [after 2 attempts]");
    CHECK(failure.code() == grpc_code::unauthenticated);
    CHECK(failure.code() != errc::cancelled);
    CHECK(std::is_nothrow_copy_constructible_v<error>);
}

TEST_CASE("every code has a text and a category of its own") {
    for (int value = 1; value <= 13; ++value)
        CHECK(client_category().message(value).find("unknown") == std::string::npos);
    for (int value = 1; value <= 16; ++value)
        if (value != 2) CHECK(grpc_category().message(value).find("unknown") == std::string::npos);
    for (int value = 1; value <= 7; ++value)
        CHECK(realtime_category().message(value).find("unknown") == std::string::npos);
    CHECK(make_error_code(errc::cancelled) != make_error_code(grpc_code::cancelled));
}

CO_TEST_CASE("as_result gives the value or the error") {
    const auto good = co_await as_result(give(7));
    REQUIRE(good);
    CHECK(*good == 7);
    const auto bad = co_await as_result(fail());
    REQUIRE(!bad);
    CHECK(bad.error().code() == errc::timed_out);
    CHECK(bad.error().attempts() == 3);
    CHECK_THROWS_AS(bad.value(), error);
    const auto nothing = co_await as_result(fail_quietly());
    CHECK(nothing.error().code() == errc::closed);
}

TEST_CASE("a refusal keeps the server's code and text") {
    const auto failure = refused(404, R"({"code":5,"message":"User account not found."})");
    CHECK(failure.code() == grpc_code::not_found);
    CHECK(failure.http_status() == 404);
    CHECK(failure.server_message() == "User account not found.");
    CHECK(failure.operation() == "get_account");
    CHECK(failure.request_may_have_been_sent());
}

TEST_CASE("the refusal of a function is read whatever its member error is") {
    for (const auto* body :
         {R"({"code":13,"error":{},"message":"boom"})", R"({"error":"boom","message":"boom","code":13})",
          R"({"error":[1,{"message":"no"}],"message":"boom","code":13})"}) {
        const auto failure = refused(500, body);
        CHECK(failure.code() == grpc_code::internal);
        CHECK(failure.server_message() == "boom");
    }
}

TEST_CASE("a proxy's page is kept in part, its code taken from the status") {
    const auto failure = refused(502, "<html>" + std::string(5000, 'x') + "</html>");
    CHECK(failure.code() == grpc_code::unavailable);
    CHECK(failure.server_message().size() < 600);
    CHECK(failure.server_message().starts_with("<html>xxx"));
    CHECK(refused(503, "").server_message().empty());
    CHECK(refused(500, "\xff\xfe").server_message() == "(not text)");
    CHECK(refused(418, "{}").code() == grpc_code::unknown);
    // Cut between characters, not within one.
    std::string wide;
    for (int i = 0; i < 400; ++i) wide += "\u65e5";
    CHECK(refused(502, wide).server_message().ends_with("\u65e5..."));
}
