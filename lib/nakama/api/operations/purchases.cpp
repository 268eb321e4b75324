// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/purchases.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<get_subscription_request>);
static_assert(borrows<list_subscriptions_request>);
static_assert(borrows<validate_purchase_apple_request>);
static_assert(borrows<validate_subscription_apple_request>);
static_assert(borrows<validate_purchase_google_request>);
static_assert(borrows<validate_subscription_google_request>);
static_assert(borrows<validate_purchase_huawei_request>);
static_assert(borrows<validate_purchase_facebook_instant_request>);
static_assert(borrows<validate_purchase_samsung_request>);

asio::awaitable<validated_subscription> operations::get_subscription(
        const session& session, const get_subscription_request& request, call_options options) const {
    static constexpr operation row{"get_subscription", "GET", credentials::session, true};
    auto answer = call::start<validated_subscription>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/iap/subscription"};
        to.segment("product_id", request.product_id);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<subscription_list> operations::list_subscriptions(
        const session& session, const list_subscriptions_request& request, call_options options) const {
    static constexpr operation row{"list_subscriptions", "POST", credentials::session, true};
    auto answer = call::start<subscription_list>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/subscription";
        json_writer body{out.body};
        body.begin_object();
        body.member("limit", request.limit);
        body.member("cursor", request.cursor);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_purchase_response> operations::validate_purchase_apple(
        const session& session, const validate_purchase_apple_request& request, call_options options) const {
    static constexpr operation row{"validate_purchase_apple", "POST", credentials::session, false};
    auto answer = call::start<validate_purchase_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/purchase/apple";
        json_writer body{out.body};
        body.begin_object();
        body.member("receipt", request.receipt);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_subscription_response> operations::validate_subscription_apple(
        const session& session, const validate_subscription_apple_request& request,
        call_options options) const {
    static constexpr operation row{"validate_subscription_apple", "POST", credentials::session, true};
    auto answer = call::start<validate_subscription_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/subscription/apple";
        json_writer body{out.body};
        body.begin_object();
        body.member("receipt", request.receipt);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_purchase_response> operations::validate_purchase_google(
        const session& session, const validate_purchase_google_request& request, call_options options) const {
    static constexpr operation row{"validate_purchase_google", "POST", credentials::session, false};
    auto answer = call::start<validate_purchase_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/purchase/google";
        json_writer body{out.body};
        body.begin_object();
        body.member("purchase", request.purchase);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_subscription_response> operations::validate_subscription_google(
        const session& session, const validate_subscription_google_request& request,
        call_options options) const {
    static constexpr operation row{"validate_subscription_google", "POST", credentials::session, true};
    auto answer = call::start<validate_subscription_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/subscription/google";
        json_writer body{out.body};
        body.begin_object();
        body.member("receipt", request.receipt);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_purchase_response> operations::validate_purchase_huawei(
        const session& session, const validate_purchase_huawei_request& request, call_options options) const {
    static constexpr operation row{"validate_purchase_huawei", "POST", credentials::session, false};
    auto answer = call::start<validate_purchase_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/purchase/huawei";
        json_writer body{out.body};
        body.begin_object();
        body.member("purchase", request.purchase);
        body.member("signature", request.signature);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_purchase_response> operations::validate_purchase_facebook_instant(
        const session& session, const validate_purchase_facebook_instant_request& request,
        call_options options) const {
    static constexpr operation row{"validate_purchase_facebook_instant", "POST", credentials::session, false};
    auto answer = call::start<validate_purchase_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/purchase/facebookinstant";
        json_writer body{out.body};
        body.begin_object();
        body.member("signed_request", request.signed_request);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

asio::awaitable<validate_purchase_response> operations::validate_purchase_samsung(
        const session& session, const validate_purchase_samsung_request& request,
        call_options options) const {
    static constexpr operation row{"validate_purchase_samsung", "POST", credentials::session, false};
    auto answer = call::start<validate_purchase_response>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/iap/purchase/samsung";
        json_writer body{out.body};
        body.begin_object();
        body.member("purchase_id", request.purchase_id);
        body.member("persist", request.persist);
        body.end_object();
    });
    return answer;
}

} // namespace nakama
