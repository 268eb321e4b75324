#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/purchases.hpp>

#include <stdexcept>

namespace nakama::sandbox {
namespace {

void require(bool holds, const char* what) {
    if (!holds) throw std::invalid_argument{what};
}

std::string kept_json(const std::string& text) {
    try {
        return normalised(text.empty() ? "{}" : text);
    } catch (const malformed& input) {
        throw std::invalid_argument{std::string{"what a store says is JSON: "} + input.what()};
    }
}

} // namespace

void purchases::accept(store_provider store, std::string_view receipt, std::vector<store_purchase> sold) {
    const auto world = running(world_);
    require(!receipt.empty(), "an empty receipt is no receipt");
    require(!sold.empty(), "a receipt is for something");
    for (const store_purchase& one : sold)
        require(!one.transaction_id.empty(), "a purchase has a transaction id");
    world->purchases.accept(store, std::string{receipt}, {.purchases = std::move(sold)});
}

void purchases::accept_subscription(store_provider store, std::string_view receipt, store_subscription sold) {
    const auto world = running(world_);
    require(!receipt.empty(), "an empty receipt is no receipt");
    require(!sold.original_transaction_id.empty(), "a subscription has a transaction id");
    require(store == store_provider::apple_app_store || store == store_provider::google_play_store,
            "subscriptions are validated at Apple and Google alone");
    world->purchases.accept(store, std::string{receipt}, {.subscription = std::move(sold)});
}

void purchases::add(validated_subscription subscription) {
    const auto world = running(world_);
    require(!subscription.original_transaction_id.empty(), "a subscription has a transaction id");
    require(!world->purchases.has_subscription(subscription.original_transaction_id),
            "there is a subscription with this transaction id");
    const timestamp now = std::chrono::floor<std::chrono::microseconds>(world->now());
    if (subscription.create_time == timestamp{}) subscription.create_time = now;
    if (subscription.update_time == timestamp{}) subscription.update_time = subscription.create_time;
    subscription.provider_response = kept_json(subscription.provider_response);
    subscription.provider_notification = kept_json(subscription.provider_notification);
    world->purchases.put(std::move(subscription));
}

std::vector<validated_purchase> purchases::list(std::string_view user_id) const {
    const auto world = world_.lock();
    return world ? world->purchases.purchases_of(user_id) : std::vector<validated_purchase>{};
}

std::vector<validated_subscription> purchases::list_subscriptions(std::string_view user_id) const {
    const auto world = world_.lock();
    if (!world) return {};
    auto result = world->purchases.subscriptions_of(user_id);
    for (validated_subscription& one : result) one.active = is_active(one, world->now());
    return result;
}

} // namespace nakama::sandbox
