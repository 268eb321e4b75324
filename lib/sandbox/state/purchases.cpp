#include "sandbox/state/purchases.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/message_reader.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <algorithm>
#include <charconv>
#include <ranges>

namespace nakama::sandbox {
namespace {

/// The database keeps no more.
timestamp microseconds(wall_time time) {
    return std::chrono::floor<std::chrono::microseconds>(time);
}

/// What stores say of subscriptions is kept as a text in JSON, not as the JSON that the text is.
std::string quoted(std::string_view text) {
    std::string out;
    wire::json_writer{out}.value(text.empty() ? std::string_view{"{}"} : text);
    return out;
}

/// Where a page starts, and which way it goes.
struct place {
    std::int64_t purchase_time{}; // in nanoseconds
    bool forward{};
};

constexpr std::string_view cursor_mark = "subscriptions ";

std::int64_t nanoseconds(timestamp time) {
    return time.time_since_epoch().count();
}

std::string cursor_to(const validated_subscription& one, bool forward) {
    std::string cursor;
    wire::append_base64url(cursor, std::string{cursor_mark} + one.user_id + (forward ? " > " : " < ") +
                                       std::to_string(nanoseconds(one.purchase_time)));
    cursor.append((4 - cursor.size() % 4) % 4, '=');
    return cursor;
}

std::optional<place> read_cursor(const std::string& cursor, const std::string& user_id) {
    const auto text = wire::decode_base64(cursor);
    if (!text) return {};
    for (const bool forward : {true, false}) {
        const std::string start = std::string{cursor_mark} + user_id + (forward ? " > " : " < ");
        if (!text->starts_with(start)) continue;
        place result{.forward = forward};
        const char* const end = text->data() + text->size();
        const auto [rest, failed] = std::from_chars(text->data() + start.size(), end, result.purchase_time);
        if (failed == std::errc{} && rest == end) return result;
    }
    return {};
}

template <class Kept>
std::vector<Kept> latest_first(const std::map<std::string, Kept>& kept, std::string_view user_id) {
    std::vector<Kept> result;
    for (const auto& [transaction, one] : kept)
        if (user_id.empty() || one.user_id == user_id) result.push_back(one);
    std::ranges::stable_sort(result, std::ranges::greater{}, &Kept::purchase_time);
    return result;
}

[[noreturn]] void bad_request(const std::string& why) {
    throw refusal{code::unknown, why};
}

} // namespace

void purchase_book::accept(store_provider store, const std::string& receipt, store_receipt confirmed) {
    configured_.insert(store);
    receipts_.insert_or_assign({store, receipt}, std::move(confirmed));
}

const store_receipt* purchase_book::find(store_provider store, const std::string& receipt) const {
    const auto found = receipts_.find({store, receipt});
    return found == receipts_.end() ? nullptr : &found->second;
}

validated_purchase purchase_book::keep(validated_purchase purchase, wall_time now) {
    purchase.create_time = purchase.update_time = microseconds(now);
    const auto [kept, is_new] = purchases_.try_emplace(purchase.transaction_id, purchase);
    if (is_new) return purchase;
    kept->second.update_time = purchase.update_time;
    purchase.create_time = kept->second.create_time;
    purchase.seen_before = true;
    return purchase;
}

validated_subscription purchase_book::keep(validated_subscription subscription, wall_time now) {
    subscription.create_time = subscription.update_time = microseconds(now);
    subscription.provider_response = quoted(subscription.provider_response);
    subscription.provider_notification = quoted(subscription.provider_notification);
    const auto [at, is_new] = subscriptions_.try_emplace(subscription.original_transaction_id, subscription);
    validated_subscription& kept = at->second;
    if (!is_new) {
        kept.product_id = subscription.product_id;
        kept.expiry_time = subscription.expiry_time;
        kept.provider_response = subscription.provider_response;
        kept.update_time = subscription.update_time;
    }
    subscription.user_id = kept.user_id;
    subscription.create_time = kept.create_time;
    subscription.provider_notification = kept.provider_notification;
    return subscription;
}

void purchase_book::put(validated_subscription subscription) {
    const std::string transaction = subscription.original_transaction_id;
    subscriptions_.insert_or_assign(transaction, std::move(subscription));
}

subscription_list purchase_book::list(const std::string& user_id, std::size_t limit,
                                      const std::string& cursor, wall_time now) const {
    const bool continued = !cursor.empty();
    const std::optional<place> from =
        continued ? read_cursor(cursor, user_id) : std::optional{place{.forward = true}};
    if (!from) throw refusal{code::unknown, "subscriptions list cursor invalid"};

    std::vector<validated_subscription> all = latest_first(subscriptions_, user_id);
    if (!from->forward) std::ranges::reverse(all);
    subscription_list page;
    std::string next;
    std::string previous;
    for (validated_subscription& one : all) {
        // Forward the row that a cursor was made from is left out, and backward it comes again: the real
        // server loses half of its cursors.
        const std::int64_t time = nanoseconds(one.purchase_time);
        if (continued && (from->forward ? time >= from->purchase_time : time < from->purchase_time)) continue;
        if (page.validated_subscriptions.size() == limit) {
            next = cursor_to(one, from->forward);
            break;
        }
        if (continued && page.validated_subscriptions.empty()) previous = cursor_to(one, !from->forward);
        one.active = is_active(one, now);
        page.validated_subscriptions.push_back(std::move(one));
    }
    if (!from->forward) {
        std::ranges::reverse(page.validated_subscriptions);
        std::swap(next, previous);
    }
    page.cursor = std::move(next);
    page.prev_cursor = std::move(previous);
    return page;
}

const validated_subscription* purchase_book::find_subscription(const std::string& user_id,
                                                               const std::string& product_id) const {
    for (const auto& [transaction, one] : subscriptions_)
        if (one.user_id == user_id && one.product_id == product_id) return &one;
    return nullptr;
}

std::vector<validated_purchase> purchase_book::purchases_of(std::string_view user_id) const {
    return latest_first(purchases_, user_id);
}

std::vector<validated_subscription> purchase_book::subscriptions_of(std::string_view user_id) const {
    return latest_first(subscriptions_, user_id);
}

void purchase_book::forget(const std::string& user_id) {
    for (auto& [transaction, one] : purchases_)
        if (one.user_id == user_id) one.user_id.clear();
    for (auto& [transaction, one] : subscriptions_)
        if (one.user_id == user_id) one.user_id.clear();
}

bool is_active(const validated_subscription& subscription, wall_time now) {
    return subscription.expiry_time > now && subscription.refund_time <= timestamp{};
}

store_purchase signed_purchase(std::string_view signed_request, std::string_view secret) {
    const auto dot = signed_request.find('.');
    if (dot == std::string_view::npos || signed_request.find('.', dot + 1) != std::string_view::npos)
        bad_request("invalid signedRequest format");
    const std::string_view payload = signed_request.substr(dot + 1);
    if (signed_request.substr(0, dot) != signature(payload, secret))
        bad_request("signedRequest verification failed");
    const auto text = wire::decode_base64(payload);
    if (!text) bad_request("error decoding signedRequest second part:illegal base64 data");
    try {
        const json_document document = parse_lenient(*text);
        message_reader reader{document.text, document.root, unknown_fields::ignored};
        return {.product_id = reader.text("product_id").value_or(""),
                .transaction_id = reader.text("purchase_token").value_or(""),
                .purchase_time = timestamp{std::chrono::seconds{reader.int64("purchase_time").value_or(0)}},
                .environment = store_environment::production,
                .provider_response = *text};
    } catch (const malformed& input) {
        bad_request(std::string{"error parsing JSON payload:"} + input.what());
    }
}

} // namespace nakama::sandbox
