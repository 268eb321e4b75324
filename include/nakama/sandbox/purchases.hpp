// What is sold to the users of a sandbox: receipts that stores confirm, purchases and subscriptions.
#pragma once

#include <nakama/api/purchases.hpp>
#include <nakama/config.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// A purchase as its store confirms it.
struct store_purchase {
    std::string product_id{};
    std::string transaction_id{};
    timestamp purchase_time{};
    store_environment environment = store_environment::production;
    std::string provider_response = "{}"; ///< a JSON object
};

/// A subscription as its store confirms it.
struct store_subscription {
    std::string product_id{};
    std::string original_transaction_id{}; ///< the same after renewals
    timestamp purchase_time{};
    timestamp expiry_time{};
    store_environment environment = store_environment::production;
    std::string provider_response = "{}"; ///< a JSON object
};

/// A view of what a server knows of purchases, see server::purchases(). Of a server that has stopped it finds
/// nothing; what would change it throws std::logic_error.
///
/// Without accepted receipts stores refuse as those of a fresh real server do: a store is not configured
/// until a receipt of it is accepted. Signed requests of Facebook Instant Games are also good if they are
/// signed with server_config::facebook_instant_iap_app_secret.
class NAKAMA_API purchases {
public:
    /// From now on the store confirms this receipt: what the client hands in as receipt, purchase, purchase
    /// id or signed request. Throws std::invalid_argument if something is empty that must not be, and
    /// std::logic_error if the server has stopped.
    void accept(store_provider store, std::string_view receipt, std::vector<store_purchase> sold);
    /// The same for a subscription, at Apple or Google.
    void accept_subscription(store_provider store, std::string_view receipt, store_subscription sold);

    /// Puts a subscription in as if it had been validated; `active` says nothing. Unset times are now, empty
    /// JSON is `{}`. Throws std::invalid_argument without transaction id or if there is one with it, and
    /// std::logic_error if the server has stopped.
    void add(validated_subscription subscription);

    /// What the server keeps of a user's purchases, latest first; of all for an empty id.
    [[nodiscard]] std::vector<validated_purchase> list(std::string_view user_id = {}) const;
    [[nodiscard]] std::vector<validated_subscription> list_subscriptions(std::string_view user_id = {}) const;

private:
    friend class server;
    explicit purchases(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
