// What was sold to whom, and which receipts their stores confirm.
#pragma once

#include "sandbox/state/tokens.hpp"

#include <nakama/sandbox/purchases.hpp>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

/// What a store says to a receipt: purchases or a subscription.
struct store_receipt {
    std::vector<store_purchase> purchases{};
    std::optional<store_subscription> subscription{};
};

class purchase_book {
public:
    void accept(store_provider store, const std::string& receipt, store_receipt confirmed);
    /// Whether a receipt of the store has ever been accepted.
    [[nodiscard]] bool is_configured(store_provider store) const { return configured_.contains(store); }
    /// Null for what the store does not know. Valid until another is accepted.
    [[nodiscard]] const store_receipt* find(store_provider store, const std::string& receipt) const;

    /// Keeps a purchase, or remembers that it was seen before; fills in the times of both.
    validated_purchase keep(validated_purchase purchase, wall_time now);
    /// The same for a subscription, which may have been renewed.
    validated_subscription keep(validated_subscription subscription, wall_time now);

    /// Takes a subscription as it is.
    void put(validated_subscription subscription);

    /// A user's subscriptions, latest purchase first. Throws refusal for a cursor that is none of these.
    [[nodiscard]] subscription_list list(const std::string& user_id, std::size_t limit,
                                         const std::string& cursor, wall_time now) const;
    /// Null if there is none.
    [[nodiscard]] const validated_subscription* find_subscription(const std::string& user_id,
                                                                  const std::string& product_id) const;

    [[nodiscard]] bool has_subscription(const std::string& original_transaction_id) const {
        return subscriptions_.contains(original_transaction_id);
    }
    /// Of everybody if `user_id` is empty, latest purchase first.
    [[nodiscard]] std::vector<validated_purchase> purchases_of(std::string_view user_id) const;
    [[nodiscard]] std::vector<validated_subscription> subscriptions_of(std::string_view user_id) const;

    /// What a user bought stays when he goes, and belongs to nobody.
    void forget(const std::string& user_id);

private:
    std::map<std::pair<store_provider, std::string>, store_receipt> receipts_;
    std::set<store_provider> configured_;
    std::map<std::string, validated_purchase> purchases_;         // by transaction
    std::map<std::string, validated_subscription> subscriptions_; // by first transaction
};

/// Whether a subscription counts: not over and not refunded.
[[nodiscard]] bool is_active(const validated_subscription& subscription, wall_time now);

/// What a signed request of a Facebook Instant Game is about. Throws refusal if it is not signed with
/// `secret`.
[[nodiscard]] store_purchase signed_purchase(std::string_view signed_request, std::string_view secret);

} // namespace nakama::sandbox
