// Generated from gen/api by nakama-gen; not to be edited.
// Validation of purchases and subscriptions with the stores.
#pragma once

#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// The store that sold something. Numbers that this version does not know are kept.
enum class store_provider : std::int32_t {
    apple_app_store = 0, ///< App Store of Apple
    google_play_store = 1, ///< Google Play
    huawei_app_gallery = 2, ///< AppGallery of Huawei
    facebook_instant_store = 3, ///< Facebook Instant Games
    samsung_galaxy_store = 4, ///< Galaxy Store of Samsung
};

/// Whether a store sold for real or for a test. Numbers that this version does not know are kept.
enum class store_environment : std::int32_t {
    unknown = 0, ///< the store did not tell
    sandbox = 1, ///< a test, no money was paid
    production = 2, ///< a real sale
};

/// A subscription that a store has confirmed.
struct validated_subscription {
    std::string user_id{}; ///< [1] UUID of the subscriber
    std::string product_id{}; ///< [2] the product's id at the store
    /// [3] the first purchase's id at the store, the same after renewals
    std::string original_transaction_id{};
    store_provider store{}; ///< [4] who sold it
    timestamp purchase_time{}; ///< [5] when it was bought
    timestamp create_time{}; ///< [6] when the server first kept it
    timestamp update_time{}; ///< [7] when the server last changed it
    store_environment environment{}; ///< [8] whether it was a real sale
    timestamp expiry_time{}; ///< [9] when it ends unless renewed
    timestamp refund_time{}; ///< [10] when it was refunded; the epoch or unset if it was not
    std::string provider_response{}; ///< [11] what the store answered, often JSON as text
    /// [12] what the store last told of its own accord, often JSON as text
    std::string provider_notification{};
    bool active{}; ///< [13] whether `expiry_time` is still to come

    bool operator==(const validated_subscription&) const = default;
};

/// A page of subscriptions.
struct subscription_list {
    std::vector<validated_subscription> validated_subscriptions{}; ///< [1] latest purchase first
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one
    std::string prev_cursor{}; ///< [3] where the page before starts; empty on the first one

    bool operator==(const subscription_list&) const = default;
};

/// A purchase that a store has confirmed.
struct validated_purchase {
    std::string user_id{}; ///< [1] UUID of the buyer
    std::string product_id{}; ///< [2] the product's id at the store
    std::string transaction_id{}; ///< [3] the purchase's id at the store
    store_provider store{}; ///< [4] who sold it
    timestamp purchase_time{}; ///< [5] when it was bought
    timestamp create_time{}; ///< [6] when the server first kept it; unset if it does not keep it
    timestamp update_time{}; ///< [7] when the server last saw it; unset if it does not keep it
    timestamp refund_time{}; ///< [8] when it was refunded; unset or the epoch if it was not
    std::string provider_response{}; ///< [9] what the store answered, often JSON as text
    store_environment environment{}; ///< [10] whether it was a real sale
    bool seen_before{}; ///< [11] whether the server kept it before, when its goods were probably handed out

    bool operator==(const validated_purchase&) const = default;
};

/// What the store confirmed.
struct validate_purchase_response {
    std::vector<validated_purchase> validated_purchases{}; ///< [1] there may be several in one receipt

    bool operator==(const validate_purchase_response&) const = default;
};

/// What the store confirmed.
struct validate_subscription_response {
    nakama::validated_subscription validated_subscription{}; ///< [1] its present state

    bool operator==(const validate_subscription_response&) const = default;
};

/// A page of purchases, which no operation answers.
struct purchase_list {
    std::vector<validated_purchase> validated_purchases{}; ///< [1] those the server keeps
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one
    std::string prev_cursor{}; ///< [3] where the page before starts; empty on the first one

    bool operator==(const purchase_list&) const = default;
};

/// Fetch the caller's subscription to a product.
struct get_subscription_request {
    std::string_view product_id{}; ///< [1] the product's id at the store; required
};

/// List the caller's subscriptions, a page at a time.
struct list_subscriptions_request {
    std::optional<std::int32_t> limit{}; ///< [1] size of the page; 1 to 100; the server's default is 100
    std::string_view cursor{}; ///< [2] from the page before; empty begins at the first page
};

/// Validate a purchase at Apple.
struct validate_purchase_apple_request {
    std::string_view receipt{}; ///< [1] as the store gave it, base64; required
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a subscription at Apple.
struct validate_subscription_apple_request {
    std::string_view receipt{}; ///< [1] as the store gave it, base64; required
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a purchase at Google.
struct validate_purchase_google_request {
    std::string_view purchase{}; ///< [1] the purchase as JSON text, as the store gave it; required
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a subscription at Google.
struct validate_subscription_google_request {
    std::string_view receipt{}; ///< [1] the purchase as JSON text, as the store gave it; required
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a purchase at Huawei.
struct validate_purchase_huawei_request {
    std::string_view purchase{}; ///< [1] the purchase as JSON text, as the store gave it; required
    std::string_view signature{}; ///< [2] the store's signature over `purchase`, base64; required
    /// [3] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a purchase in a Facebook Instant Game.
struct validate_purchase_facebook_instant_request {
    /// [1] signature and purchase joined by a dot, as the store gave them; required
    std::string_view signed_request{};
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

/// Validate a purchase at Samsung.
struct validate_purchase_samsung_request {
    std::string_view purchase_id{}; ///< [1] the purchase's id at the store; required
    /// [2] whether the server keeps it and later reports it as seen before; the server's default is true
    std::optional<bool> persist{};
};

} // namespace nakama
