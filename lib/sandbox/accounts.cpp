#include "sandbox/departure.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/accounts.hpp>

#include <stdexcept>

namespace nakama::sandbox {
namespace {

/// Does what may be refused, and tells a caller of the public interface.
template <class Act>
auto in_plain_words(const Act& act) {
    try {
        return act();
    } catch (const refusal& refused) {
        throw std::invalid_argument{refused.what()};
    }
}

std::string kept_object(const std::string& text) {
    auto kept = storable_object(text);
    if (!kept) throw std::invalid_argument{"metadata and wallet are JSON objects, not " + text};
    return std::move(*kept);
}

} // namespace

std::string accounts::add(const new_account& account) {
    const auto world = running(world_);
    nakama::account made;
    made.user.id = account.id;
    made.user.username = account.username;
    made.user.display_name = account.display_name;
    made.user.avatar_url = account.avatar_url;
    made.user.lang_tag = account.lang_tag;
    made.user.location = account.location;
    made.user.timezone = account.timezone;
    made.user.apple_id = account.apple_id;
    made.user.facebook_id = account.facebook_id;
    made.user.facebook_instant_game_id = account.facebook_instant_game_id;
    made.user.gamecenter_id = account.gamecenter_id;
    made.user.google_id = account.google_id;
    made.user.steam_id = account.steam_id;
    for (const std::string& device : account.devices) made.devices.push_back({.id = device});
    made.custom_id = account.custom_id;
    made.email = account.email;
    return in_plain_words([&] {
        made.user.metadata = kept_object(account.metadata);
        made.wallet = kept_object(account.wallet);
        return world->users.put(std::move(made), account.password, world->now());
    });
}

bool accounts::update(std::string_view user_id, const account_changes& changes) {
    const auto world = world_.lock();
    const std::string id{user_id};
    if (!world || !world->users.find(id)) return false;
    in_plain_words([&] {
        account_changes stored = changes;
        if (stored.metadata) stored.metadata = kept_object(*stored.metadata);
        if (stored.wallet) stored.wallet = kept_object(*stored.wallet);
        world->users.update(id, stored, world->now());
    });
    return true;
}

bool accounts::remove(std::string_view user_id) {
    const auto world = world_.lock();
    return world && remove_user(*world, std::string{user_id});
}

bool accounts::ban(std::string_view user_id) {
    const auto world = world_.lock();
    return world && ban_user(*world, std::string{user_id});
}

bool accounts::unban(std::string_view user_id) {
    const auto world = world_.lock();
    return world && unban_user(*world, std::string{user_id});
}

std::optional<nakama::account> accounts::find(std::string_view user_id) const {
    const auto world = world_.lock();
    const account_record* record = world ? world->users.find(std::string{user_id}) : nullptr;
    if (!record) return {};
    return record->account;
}

std::optional<nakama::account> accounts::find_by_username(std::string_view username) const {
    const auto world = world_.lock();
    const account_record* record = world ? world->users.find_by_username(std::string{username}) : nullptr;
    if (!record) return {};
    return record->account;
}

std::vector<nakama::account> accounts::list() const {
    std::vector<nakama::account> result;
    if (const auto world = world_.lock())
        for (const account_record* record : world->users.all()) result.push_back(record->account);
    return result;
}

std::size_t accounts::size() const {
    const auto world = world_.lock();
    return world ? world->users.size() : 0;
}

} // namespace nakama::sandbox
