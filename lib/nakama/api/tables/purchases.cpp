// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/purchases.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/purchases.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<store_provider>() {
    static constexpr std::array names{
        enum_name{"APPLE_APP_STORE", 0},
        enum_name{"GOOGLE_PLAY_STORE", 1},
        enum_name{"HUAWEI_APP_GALLERY", 2},
        enum_name{"FACEBOOK_INSTANT_STORE", 3},
        enum_name{"SAMSUNG_GALAXY_STORE", 4},
    };
    return names;
}

template <>
std::span<const enum_name> names_of<store_environment>() {
    static constexpr std::array names{
        enum_name{"UNKNOWN", 0},
        enum_name{"SANDBOX", 1},
        enum_name{"PRODUCTION", 2},
    };
    return names;
}

template <>
const schema& schema_of<validated_subscription>() {
    static constexpr std::array fields{
        member<&validated_subscription::user_id>("user_id"),
        member<&validated_subscription::product_id>("product_id"),
        member<&validated_subscription::original_transaction_id>("original_transaction_id"),
        member<&validated_subscription::store>("store"),
        member<&validated_subscription::purchase_time>("purchase_time"),
        member<&validated_subscription::create_time>("create_time"),
        member<&validated_subscription::update_time>("update_time"),
        member<&validated_subscription::environment>("environment"),
        member<&validated_subscription::expiry_time>("expiry_time"),
        member<&validated_subscription::refund_time>("refund_time"),
        member<&validated_subscription::provider_response>("provider_response"),
        member<&validated_subscription::provider_notification>("provider_notification"),
        member<&validated_subscription::active>("active"),
    };
    static constexpr schema layout{"validated_subscription", fields};
    return layout;
}

template <>
const schema& schema_of<subscription_list>() {
    static constexpr std::array fields{
        member<&subscription_list::validated_subscriptions>("validated_subscriptions"),
        member<&subscription_list::cursor>("cursor"),
        member<&subscription_list::prev_cursor>("prev_cursor"),
    };
    static constexpr schema layout{"subscription_list", fields};
    return layout;
}

template <>
const schema& schema_of<validated_purchase>() {
    static constexpr std::array fields{
        member<&validated_purchase::user_id>("user_id"),
        member<&validated_purchase::product_id>("product_id"),
        member<&validated_purchase::transaction_id>("transaction_id"),
        member<&validated_purchase::store>("store"),
        member<&validated_purchase::purchase_time>("purchase_time"),
        member<&validated_purchase::create_time>("create_time"),
        member<&validated_purchase::update_time>("update_time"),
        member<&validated_purchase::refund_time>("refund_time"),
        member<&validated_purchase::provider_response>("provider_response"),
        member<&validated_purchase::environment>("environment"),
        member<&validated_purchase::seen_before>("seen_before"),
    };
    static constexpr schema layout{"validated_purchase", fields};
    return layout;
}

template <>
const schema& schema_of<validate_purchase_response>() {
    static constexpr std::array fields{
        member<&validate_purchase_response::validated_purchases>("validated_purchases"),
    };
    static constexpr schema layout{"validate_purchase_response", fields};
    return layout;
}

template <>
const schema& schema_of<validate_subscription_response>() {
    static constexpr std::array fields{
        member<&validate_subscription_response::validated_subscription>("validated_subscription"),
    };
    static constexpr schema layout{"validate_subscription_response", fields};
    return layout;
}

template <>
const schema& schema_of<purchase_list>() {
    static constexpr std::array fields{
        member<&purchase_list::validated_purchases>("validated_purchases"),
        member<&purchase_list::cursor>("cursor"),
        member<&purchase_list::prev_cursor>("prev_cursor"),
    };
    static constexpr schema layout{"purchase_list", fields};
    return layout;
}

} // namespace nakama::wire
