#include "sandbox/state/accounts.hpp"

#include "sandbox/http/refusal.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// What the database would not store.
void check_storable(const std::optional<std::string>& text, std::size_t max) {
    if (text && (characters(*text) > max || text->find('\0') != std::string::npos))
        throw refusal{code::internal, "Error while trying to update account."};
}

timestamp whole_seconds(wall_time time) {
    return std::chrono::floor<std::chrono::seconds>(time);
}

[[noreturn]] void refuse_to_put(const std::string& what) {
    throw refusal{code::invalid_argument, what};
}

} // namespace

account_book::account_book(id_source& ids, wall_time now) : ids_{ids} {
    auto system = std::make_unique<account_record>();
    nakama::user& user = system->account.user;
    user.id = nil_uuid;
    user.lang_tag = "en";
    user.metadata = "{}";
    user.create_time = whole_seconds(now);
    system->account.wallet = "{}";
    touch(*system, now);
    usernames_.emplace("", user.id);
    users_.emplace(user.id, std::move(system));
}

account_record* account_book::find(const std::string& user_id) {
    const auto found = users_.find(user_id);
    return found == users_.end() ? nullptr : found->second.get();
}

account_record* account_book::find_by_username(const std::string& username) {
    const auto found = usernames_.find(username);
    return found == usernames_.end() ? nullptr : find(found->second);
}

account_record* account_book::find_by(identity_kind kind, const std::string& identity) {
    const auto found = identities_.find({kind, identity});
    return found == identities_.end() ? nullptr : find(found->second);
}

std::vector<const account_record*> account_book::all() const {
    std::vector<const account_record*> result;
    for (const auto& [id, record] : users_)
        if (id != nil_uuid) result.push_back(record.get());
    std::ranges::sort(result, {}, &account_record::made);
    return result;
}

account_record& account_book::make(const std::string& username, wall_time now, const std::string& id) {
    std::string name = username;
    while (name.empty() || (username.empty() && usernames_.contains(name))) name = ids_.username();
    if (usernames_.contains(name)) throw refusal{code::already_exists, "Username is already in use."};

    auto record = std::make_unique<account_record>();
    nakama::user& user = record->account.user;
    user.id = id.empty() ? ids_.uuid() : id;
    user.username = name;
    user.lang_tag = "en";
    user.metadata = "{}";
    user.create_time = whole_seconds(now);
    record->account.wallet = "{}";
    touch(*record, now);
    record->made = record->written;
    usernames_.emplace(name, user.id);
    return *users_.emplace(user.id, std::move(record)).first->second;
}

std::string account_book::put(nakama::account account, const std::string& password, wall_time now) {
    if (!account.user.id.empty()) {
        const auto id = parse_uuid(account.user.id);
        if (!id) refuse_to_put("\"" + account.user.id + "\" is no UUID");
        if (users_.contains(*id)) refuse_to_put("there is a user " + *id + " already");
        account.user.id = *id;
    }
    check_username(account.user.username);
    std::vector<std::pair<identity_kind, std::string>> identities;
    for (const auto& device : account.devices) {
        check_device_id(device.id);
        identities.emplace_back(identity_kind::device, device.id);
    }
    if (!account.custom_id.empty()) check_custom_id(account.custom_id);
    account.email = lower_case(std::move(account.email)); // as sign-in looks it up
    if (!account.email.empty()) {
        check_email_characters(account.email);
        check_email_form(account.email);
    }
    for (const identity_kind kind : single_identities)
        if (const std::string& identity = identity_in(account, kind); !identity.empty())
            identities.emplace_back(kind, identity);
    for (const auto& [kind, identity] : identities)
        if (find_by(kind, identity))
            refuse_to_put("the identity " + identity + " belongs to another account");

    account_record& record = make(account.user.username, now, account.user.id);
    const nakama::user made = record.account.user;
    record.account = std::move(account);
    record.account.devices.clear();
    record.password = password;
    nakama::user& user = record.account.user;
    user.id = made.id;
    user.username = made.username;
    user.create_time = made.create_time;
    user.update_time = made.update_time;
    for (auto& [kind, identity] : identities) claim(record, kind, std::move(identity));
    return user.id;
}

void account_book::check_update(const account_changes& changes) const {
    if (changes.username) {
        if (changes.username->empty() || changes.username->size() > 128)
            throw refusal{code::invalid_argument, "Username invalid, must be 1-128 bytes."};
        if (!is_valid_username(*changes.username))
            throw refusal{code::invalid_argument,
                          "Username invalid, no spaces or control characters allowed."};
    }
    if (!changes.username && !changes.display_name && !changes.avatar_url && !changes.lang_tag &&
        !changes.location && !changes.timezone && !changes.metadata && !changes.wallet)
        throw refusal{code::invalid_argument, "No fields to update."};
    check_storable(changes.display_name, 255);
    check_storable(changes.avatar_url, 512);
    check_storable(changes.location, 255);
    check_storable(changes.timezone, 255);
    check_storable(changes.lang_tag, 18);
    if (changes.lang_tag && changes.lang_tag->empty())
        throw refusal{code::internal, "Error while trying to update account."};
}

void account_book::update(const std::string& user_id, const account_changes& changes, wall_time now) {
    check_update(changes);
    account_record* record = find(user_id);
    if (!record) return;
    nakama::user& user = record->account.user;
    bool changed = false;
    if (changes.username && *changes.username != user.username) {
        if (usernames_.contains(*changes.username))
            throw refusal{code::invalid_argument,
                          "rpc error: code = AlreadyExists desc = Username is already in use."};
        usernames_.erase(user.username);
        usernames_.emplace(*changes.username, user_id);
        user.username = *changes.username;
        changed = true;
    }
    const auto set = [&](std::string& field, const std::optional<std::string>& value) {
        changed = changed || (value && field != *value);
        if (value) field = *value;
    };
    set(user.display_name, changes.display_name);
    set(user.avatar_url, changes.avatar_url);
    set(user.lang_tag, changes.lang_tag);
    set(user.location, changes.location);
    set(user.timezone, changes.timezone);
    set(user.metadata, changes.metadata);
    set(record->account.wallet, changes.wallet);
    if (changed) touch(*record, now);
}

bool account_book::remove(const std::string& user_id) {
    account_record* record = find(user_id);
    if (!record || user_id == nil_uuid) return false;
    std::erase_if(identities_, [&](const auto& one) { return one.second == user_id; });
    usernames_.erase(record->account.user.username);
    users_.erase(user_id);
    return true;
}

void account_book::claim(account_record& record, identity_kind kind, std::string identity) {
    const std::string& user = record.account.user.id;
    if (kind == identity_kind::device) {
        record.account.devices.push_back({.id = identity});
    } else {
        std::string& held = identity_in(record.account, kind);
        if (!held.empty()) identities_.erase({kind, held});
        held = identity;
    }
    identities_.insert_or_assign({kind, std::move(identity)}, user);
}

void account_book::release(account_record& record, identity_kind kind, const std::string& identity) {
    identities_.erase({kind, identity});
    if (kind != identity_kind::device) {
        identity_in(record.account, kind).clear();
        return;
    }
    std::erase_if(record.account.devices, [&](const auto& device) { return device.id == identity; });
}

void account_book::touch(account_record& record, wall_time now) {
    record.written = ++writes_;
    record.account.user.update_time = whole_seconds(now);
}

} // namespace nakama::sandbox
