#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

struct validation {
    std::string receipt{};
    bool persist = true;

    explicit validation(message_reader& body)
        : receipt{body.text("receipt").value_or("")}, persist{body.wrapped_flag("persist").value_or(true)} {}
};

void check(const world& world, const validation& asked, store_provider store, const std::string& name) {
    if (!world.purchases.is_configured(store))
        throw refusal{code::failed_precondition, name + " IAP is not configured."};
    if (asked.receipt.empty()) throw refusal{code::invalid_argument, "Receipt cannot be empty."};
}

validated_subscription confirm(world& world, const std::string& user_id, store_provider store,
                               const store_receipt& receipt, bool persist) {
    if (!receipt.subscription)
        throw refusal{code::failed_precondition, "Purchase Receipt. Use the appropriate function instead."};
    const store_subscription& sold = *receipt.subscription;
    validated_subscription subscription{.user_id = user_id,
                                        .product_id = sold.product_id,
                                        .original_transaction_id = sold.original_transaction_id,
                                        .store = store,
                                        .purchase_time = sold.purchase_time,
                                        .environment = sold.environment,
                                        .expiry_time = sold.expiry_time,
                                        .provider_response = sold.provider_response};
    if (persist) subscription = world.purchases.keep(std::move(subscription), world.now());
    // For Google the server compares an absent refund with the wrong zero, so that none ever is active.
    subscription.active = store == store_provider::apple_app_store && is_active(subscription, world.now());
    return subscription;
}

std::string validate_apple(world& world, const http_request& request) {
    constexpr auto store = store_provider::apple_app_store;
    request_body body{request.body};
    const validation asked{*body};
    const auto caller = require_session(world, request);
    check(world, asked, store, "Apple");
    const store_receipt* receipt = world.purchases.find(store, asked.receipt);
    if (!receipt) throw refusal{code::failed_precondition, "Invalid Receipt. Status: 21003"};
    return wire::to_json(
        validate_subscription_response{confirm(world, caller.uid, store, *receipt, asked.persist)});
}

std::string validate_google(world& world, const http_request& request) {
    constexpr auto store = store_provider::google_play_store;
    request_body body{request.body};
    const validation asked{*body};
    const auto caller = require_session(world, request);
    check(world, asked, store, "Google");
    const store_receipt* receipt = world.purchases.find(store, asked.receipt);
    if (!receipt) throw refusal{code::unknown, "receipt is malformed"};
    return wire::to_json(
        validate_subscription_response{confirm(world, caller.uid, store, *receipt, asked.persist)});
}

/// In a list, what was never refunded was refunded at the epoch.
void write_listed(wire::json_writer& writer, const validated_subscription& one) {
    writer.begin_object();
    writer.member("user_id", one.user_id);
    writer.member("product_id", one.product_id);
    writer.member("original_transaction_id", one.original_transaction_id);
    writer.member("store", one.store);
    writer.member("purchase_time", one.purchase_time);
    writer.member("create_time", one.create_time);
    writer.member("update_time", one.update_time);
    writer.member("environment", one.environment);
    writer.member("expiry_time", one.expiry_time);
    writer.key("refund_time");
    writer.value(one.refund_time);
    writer.member("provider_response", one.provider_response);
    writer.member("provider_notification", one.provider_notification);
    writer.member("active", one.active);
    writer.end_object();
}

std::string list_subscriptions(world& world, const http_request& request) {
    request_body body{request.body};
    const std::int32_t limit = body->wrapped_int32("limit").value_or(100);
    const std::string cursor = body->text("cursor").value_or("");
    const auto caller = require_session(world, request);
    if (limit < 1 || limit > 100) // the server's own words
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 1000."};
    const subscription_list page =
        world.purchases.list(caller.uid, static_cast<std::size_t>(limit), cursor, world.now());
    std::string out;
    wire::json_writer writer{out};
    writer.begin_object();
    writer.list("validated_subscriptions", list_view<validated_subscription>{page.validated_subscriptions},
                write_listed);
    writer.member("cursor", page.cursor);
    writer.member("prev_cursor", page.prev_cursor);
    writer.end_object();
    return out;
}

std::string get_subscription(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const validated_subscription* found =
        world.purchases.find_subscription(caller.uid, request.path_value("product_id"));
    if (!found) throw refusal{code::not_found, "subscription not found"};
    validated_subscription subscription = *found;
    // Not asked about here, and so of no weight.
    subscription.refund_time = {};
    subscription.active = is_active(subscription, world.now());
    return wire::to_json(subscription);
}

constexpr std::array routes{
    route{"POST", "/v2/iap/subscription", list_subscriptions},
    route{"POST", "/v2/iap/subscription/apple", validate_apple},
    route{"POST", "/v2/iap/subscription/google", validate_google},
    route{"GET", "/v2/iap/subscription/{product_id}", get_subscription},
};

} // namespace

std::span<const route> subscription_routes() {
    return routes;
}

} // namespace nakama::sandbox
