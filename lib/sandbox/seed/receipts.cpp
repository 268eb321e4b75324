#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <nakama/sandbox/purchases.hpp>

#include <array>
#include <vector>

namespace nakama::sandbox {
namespace {

store_provider read_store(const document_value& value) {
    constexpr std::array<std::pair<std::string_view, store_provider>, 5> names{
        {{"apple_app_store", store_provider::apple_app_store},
         {"google_play_store", store_provider::google_play_store},
         {"huawei_app_gallery", store_provider::huawei_app_gallery},
         {"facebook_instant_store", store_provider::facebook_instant_store},
         {"samsung_galaxy_store", store_provider::samsung_galaxy_store}}};
    return read_named<store_provider>(value, names);
}

/// What purchases and subscriptions have in common.
template <class Sold>
void read_sold(document_object& from, Sold& sold) {
    constexpr std::array<std::pair<std::string_view, store_environment>, 3> names{
        {{"unknown", store_environment::unknown},
         {"sandbox", store_environment::sandbox},
         {"production", store_environment::production}}};
    read_text(from, "product_id", sold.product_id);
    read_time(from, "purchase_time", sold.purchase_time);
    if (const auto given = from.find("environment"))
        sold.environment = read_named<store_environment>(*given, names);
    read_json(from, "provider_response", sold.provider_response);
}

std::vector<store_purchase> read_purchases(const document_value& list) {
    std::vector<store_purchase> result;
    for (const document_value& entry : list.items()) {
        document_object from = entry.object();
        store_purchase& sold = result.emplace_back();
        sold.transaction_id = from.need("transaction_id").text();
        read_sold(from, sold);
        from.finish();
    }
    return result;
}

store_subscription read_subscription(const document_value& value) {
    document_object from = value.object();
    store_subscription sold;
    sold.original_transaction_id = from.need("original_transaction_id").text();
    read_sold(from, sold);
    read_time(from, "expiry_time", sold.expiry_time);
    from.finish();
    return sold;
}

} // namespace

void seed_receipts(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        const store_provider store = read_store(from.need("store"));
        const std::string receipt = from.need("receipt").text();
        const auto purchases = from.find("purchases"), subscription = from.find("subscription");
        from.finish();
        if (purchases.has_value() == subscription.has_value())
            entry.wrong(R"(wants either "purchases" or a "subscription")");
        if (purchases) {
            const auto sold = read_purchases(*purchases);
            seeding::put(entry, [&] { state.to.purchases().accept(store, receipt, sold); });
        } else {
            const auto sold = read_subscription(*subscription);
            seeding::put(entry, [&] { state.to.purchases().accept_subscription(store, receipt, sold); });
        }
    }
}

} // namespace nakama::sandbox
