// What stores have sold, as far as they confirm it.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

struct validation {
    std::string receipt{};
    std::string signature{}; ///< Huawei's
    bool persist = true;

    validation(message_reader& body, std::string_view receipt_name)
        : receipt{body.text(receipt_name).value_or("")},
          persist{body.wrapped_flag("persist").value_or(true)} {}
};

void require_configured(const world& world, store_provider store, const std::string& name) {
    if (!world.purchases.is_configured(store))
        throw refusal{code::failed_precondition, name + " IAP is not configured."};
}

void require(const std::string& given, const std::string& name) {
    if (given.empty()) throw refusal{code::invalid_argument, name + " cannot be empty."};
}

[[noreturn]] void refuse_subscription() {
    throw refusal{code::failed_precondition, "Subscription Receipt. Use the appropriate function instead."};
}

/// What the store says of a receipt that is to hold purchases; nothing if it does not know it.
std::optional<std::vector<store_purchase>> sold_by(const world& world, store_provider store,
                                                   const std::string& receipt) {
    const store_receipt* known = world.purchases.find(store, receipt);
    if (!known) return {};
    if (known->subscription) refuse_subscription();
    return known->purchases;
}

std::string confirm(world& world, const std::string& user_id, store_provider store,
                    const std::vector<store_purchase>& sold, bool persist) {
    // Not all of the server's answers for what it does not keep name the buyer.
    const bool anonymous = !persist && (store == store_provider::huawei_app_gallery ||
                                        store == store_provider::samsung_galaxy_store);
    validate_purchase_response response;
    for (const store_purchase& one : sold) {
        validated_purchase purchase{.user_id = anonymous ? std::string{} : user_id,
                                    .product_id = one.product_id,
                                    .transaction_id = one.transaction_id,
                                    .store = store,
                                    .purchase_time = one.purchase_time,
                                    .provider_response = one.provider_response,
                                    .environment = one.environment};
        if (persist) purchase = world.purchases.keep(std::move(purchase), world.now());
        response.validated_purchases.push_back(std::move(purchase));
    }
    return wire::to_json(response);
}

std::string validate_apple(world& world, const http_request& request) {
    constexpr auto store = store_provider::apple_app_store;
    request_body body{request.body};
    const validation asked{*body, "receipt"};
    const auto caller = require_session(world, request);
    require(asked.receipt, "Receipt");
    const auto sold = sold_by(world, store, asked.receipt);
    if (!sold) {
        // Signed ones are checked without asking Apple, and so without configuration.
        if (std::ranges::count(asked.receipt, '.') == 2)
            throw refusal{code::unknown, "invalid jws signature: ecdsa verification failed"};
        require_configured(world, store, "Apple");
        throw refusal{code::failed_precondition, "Invalid Receipt. Status: 21003"};
    }
    return confirm(world, caller.uid, store, *sold, asked.persist);
}

std::string validate_google(world& world, const http_request& request) {
    constexpr auto store = store_provider::google_play_store;
    request_body body{request.body};
    const validation asked{*body, "purchase"};
    const auto caller = require_session(world, request);
    require_configured(world, store, "Google");
    require(asked.receipt, "Purchase");
    const auto sold = sold_by(world, store, asked.receipt);
    if (!sold) throw refusal{code::unknown, "receipt is malformed"};
    return confirm(world, caller.uid, store, *sold, asked.persist);
}

std::string validate_huawei(world& world, const http_request& request) {
    constexpr auto store = store_provider::huawei_app_gallery;
    request_body body{request.body};
    const validation asked{*body, "purchase"};
    const std::string signature = body->text("signature").value_or("");
    const auto caller = require_session(world, request);
    require_configured(world, store, "Huawei");
    require(asked.receipt, "Purchase");
    require(signature, "Signature");
    const auto sold = sold_by(world, store, asked.receipt);
    if (!sold) throw refusal{code::unknown, "inAppPurchaseData invalid signature"};
    return confirm(world, caller.uid, store, *sold, asked.persist);
}

std::string validate_facebook_instant(world& world, const http_request& request) {
    constexpr auto store = store_provider::facebook_instant_store;
    request_body body{request.body};
    const validation asked{*body, "signed_request"};
    const auto caller = require_session(world, request);
    const std::string& secret = world.config.facebook_instant_iap_app_secret;
    if (secret.empty()) require_configured(world, store, "Facebook Instant");
    require(asked.receipt, "SignedRequest");
    auto sold = sold_by(world, store, asked.receipt);
    if (!sold) sold = std::vector{signed_purchase(asked.receipt, secret)};
    return confirm(world, caller.uid, store, *sold, asked.persist);
}

std::string validate_samsung(world& world, const http_request& request) {
    constexpr auto store = store_provider::samsung_galaxy_store;
    request_body body{request.body};
    const validation asked{*body, "purchase_id"};
    const auto caller = require_session(world, request);
    require(asked.receipt, "Purchase ID");
    const auto sold = sold_by(world, store, asked.receipt);
    if (!sold)
        throw refusal{
            code::unknown,
            "Samsung IAP: purchase validation failed: not exist order (errorCode=9135), status=200, "
            "payload="};
    return confirm(world, caller.uid, store, *sold, asked.persist);
}

constexpr std::array routes{
    route{"POST", "/v2/iap/purchase/apple", validate_apple},
    route{"POST", "/v2/iap/purchase/facebookinstant", validate_facebook_instant},
    route{"POST", "/v2/iap/purchase/google", validate_google},
    route{"POST", "/v2/iap/purchase/huawei", validate_huawei},
    route{"POST", "/v2/iap/purchase/samsung", validate_samsung},
};

} // namespace

std::span<const route> purchase_routes() {
    return routes;
}

} // namespace nakama::sandbox
