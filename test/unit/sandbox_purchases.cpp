#include "sandbox/http/refusal.hpp"
#include "sandbox/state/purchases.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace nakama;
using namespace std::chrono_literals;
using sandbox::purchase_book;
using sandbox::wall_time;

namespace {

constexpr wall_time now{1000000s};

std::string products(const subscription_list& page) {
    std::string result;
    for (const auto& one : page.validated_subscriptions) result += one.product_id;
    return result;
}

/// Subscriptions of ada to products a to e, bought one after the other.
purchase_book five() {
    purchase_book book;
    for (char product = 'a'; product <= 'e'; ++product)
        book.put({.user_id = "ada",
                  .product_id = {product},
                  .original_transaction_id = std::string{"t-"} + product,
                  .purchase_time = timestamp{std::chrono::seconds{product}},
                  .expiry_time = now + 1s});
    book.put({.user_id = "bob", .product_id = "x", .original_transaction_id = "t-x"});
    return book;
}

} // namespace

TEST_CASE("a page of subscriptions after the first lacks its first row, as on the real server") {
    const purchase_book book = five();
    const auto first = book.list("ada", 2, "", now);
    CHECK(products(first) == "ed");
    CHECK(first.prev_cursor.empty());
    const auto second = book.list("ada", 2, first.cursor, now);
    CHECK(products(second) == "ba");
    CHECK(second.cursor.empty());
    const auto back = book.list("ada", 2, second.prev_cursor, now);
    CHECK(products(back) == "cb");
    CHECK(!back.prev_cursor.empty());
    CHECK(products(book.list("ada", 100, "", now)) == "edcba");
}

TEST_CASE("a cursor is good for its owner alone") {
    const purchase_book book = five();
    const auto cursor = book.list("ada", 2, "", now).cursor;
    for (const std::string& bad : {cursor, std::string{"garbage"}, std::string{"@"}})
        CHECK_THROWS_AS(book.list("bob", 2, bad, now), sandbox::refusal);
}

TEST_CASE("what was bought is known when it comes again") {
    purchase_book book;
    const validated_purchase sword{.user_id = "ada", .product_id = "sword", .transaction_id = "t"};
    const auto first = book.keep(sword, now);
    CHECK(!first.seen_before);
    const auto again = book.keep(sword, now + 1s);
    CHECK(again.seen_before);
    CHECK(again.create_time == first.create_time);
    CHECK(again.update_time == first.update_time + 1s);
    book.forget("ada");
    CHECK(book.purchases_of("").at(0).user_id.empty());
    CHECK(book.purchases_of("ada").empty());
}

TEST_CASE("a subscription is renewed by its first transaction and stays with its owner") {
    purchase_book book;
    validated_subscription gold{.user_id = "ada",
                                .product_id = "gold",
                                .original_transaction_id = "t",
                                .expiry_time = now + 1s,
                                .provider_response = "{}"};
    book.keep(gold, now);
    gold.user_id = "bob";
    gold.expiry_time = now + 10s;
    CHECK(book.keep(gold, now + 5s).user_id == "ada");
    const auto* kept = book.find_subscription("ada", "gold");
    REQUIRE(kept);
    CHECK(sandbox::is_active(*kept, now + 5s));
    CHECK(!sandbox::is_active(*kept, now + 10s));
    CHECK(kept->create_time == now);
}

TEST_CASE("a signed request wants its signature") {
    const auto trouble = [](const std::string& request, const char* secret) -> std::string {
        try {
            return sandbox::signed_purchase(request, secret).product_id;
        } catch (const sandbox::refusal& refused) {
            return refused.what();
        }
    };
    // {"product_id":"sword","purchase_token":"t"}
    const std::string payload = "eyJwcm9kdWN0X2lkIjoic3dvcmQiLCJwdXJjaGFzZV90b2tlbiI6InQifQ";
    const std::string request = sandbox::signature(payload, "secret") + '.' + payload;
    CHECK(trouble(request, "secret") == "sword");
    CHECK(trouble(request, "other") == "signedRequest verification failed");
    CHECK(trouble(payload, "secret") == "invalid signedRequest format");
}
