#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/accounts.hpp>

#include <stdexcept>

namespace nakama::sandbox {

std::string accounts::add(const new_account& account) {
    const auto world = world_.lock();
    if (!world) throw std::logic_error{"the sandbox has stopped"};
    nakama::account made;
    made.user.id = account.id;
    made.user.username = account.username;
    made.user.display_name = account.display_name;
    made.user.avatar_url = account.avatar_url;
    made.user.lang_tag = account.lang_tag;
    made.user.location = account.location;
    made.user.timezone = account.timezone;
    for (const std::string& device : account.devices) made.devices.push_back({.id = device});
    made.custom_id = account.custom_id;
    made.email = account.email;
    try {
        made.user.metadata = normalised(account.metadata);
        made.wallet = normalised(account.wallet);
        return world->users.put(std::move(made), account.password, world->now());
    } catch (const refusal& refused) {
        throw std::invalid_argument{refused.what()};
    } catch (const malformed& input) {
        throw std::invalid_argument{std::string{"metadata and wallet are JSON objects: "} + input.what()};
    }
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

std::size_t accounts::size() const {
    const auto world = world_.lock();
    return world ? world->users.size() : 0;
}

} // namespace nakama::sandbox
