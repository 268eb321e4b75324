#include "sandbox/state/accounts.hpp"

#include "sandbox/http/refusal.hpp"

#include <algorithm>

namespace nakama::sandbox {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool has_blanks_or_controls(std::string_view text) {
    return std::ranges::any_of(text, [](char c) { return is_control(c) || c == ' '; });
}

/// The server's pattern lets blanks pass and stumbles over an opening bracket directly before a closing one.
bool is_valid_username(std::string_view name) {
    return std::ranges::none_of(name, is_control) && name.find("[]") == std::string_view::npos;
}

void check_username(std::string_view name) {
    if (!is_valid_username(name))
        throw refusal{code::invalid_argument, "Username invalid, no spaces or control characters allowed."};
    if (name.size() > 128) throw refusal{code::invalid_argument, "Username invalid, must be 1-128 bytes."};
}

void check_id(std::string_view id, const std::string& kind, std::size_t min) {
    if (id.empty()) throw refusal{code::invalid_argument, kind + " ID is required."};
    if (has_blanks_or_controls(id))
        throw refusal{code::invalid_argument, kind + " ID invalid, no spaces or control characters allowed."};
    if (id.size() < min || id.size() > 128)
        throw refusal{code::invalid_argument,
                      kind + " ID invalid, must be " + std::to_string(min) + "-128 bytes."};
}

/// Something, an at sign, something, a dot, something.
bool looks_like_email(std::string_view email) {
    const auto at = email.find('@', 1);
    if (at == std::string_view::npos) return false;
    const auto dot = email.rfind('.', email.size() - 2);
    return dot != std::string_view::npos && dot > at + 1;
}

void check_email(std::string_view email) {
    if (has_blanks_or_controls(email))
        throw refusal{code::invalid_argument,
                      "Invalid email address, no spaces or control characters allowed."};
    if (!looks_like_email(email)) throw refusal{code::invalid_argument, "Invalid email address format."};
    if (email.size() < 10 || email.size() > 255)
        throw refusal{code::invalid_argument, "Invalid email address, must be 10-255 bytes."};
}

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

} // namespace

account_record* account_book::find(const std::string& user_id) {
    const auto found = users_.find(user_id);
    return found == users_.end() ? nullptr : found->second.get();
}

account_record* account_book::find_by_username(const std::string& username) {
    const auto found = usernames_.find(username);
    return found == usernames_.end() ? nullptr : find(found->second);
}

std::vector<const account_record*> account_book::all() const {
    std::vector<const account_record*> result;
    for (const auto& [id, record] : users_) result.push_back(record.get());
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
    user.create_time = user.update_time = whole_seconds(now);
    record->account.wallet = "{}";
    usernames_.emplace(name, user.id);
    return *users_.emplace(user.id, std::move(record)).first->second;
}

account_book::entrance account_book::enter(index& identities, const std::string& identity,
                                           const std::string& username, bool create, wall_time now) {
    check_username(username);
    if (const auto found = identities.find(identity); found != identities.end())
        return {found->second, find(found->second)->account.user.username, false};
    if (!create) throw refusal{code::not_found, "User account not found."};
    const nakama::user& user = make(username, now).account.user;
    identities.emplace(identity, user.id);
    return {user.id, user.username, true};
}

account_book::entrance account_book::enter_by_device(const std::string& id, const std::string& username,
                                                     bool create, wall_time now) {
    check_id(id, "Device", 10);
    auto result = enter(devices_, id, username, create, now);
    if (result.created) find(result.user_id)->account.devices.push_back({id});
    return result;
}

account_book::entrance account_book::enter_by_custom(const std::string& id, const std::string& username,
                                                     bool create, wall_time now) {
    check_id(id, "Custom", 6);
    auto result = enter(customs_, id, username, create, now);
    if (result.created) find(result.user_id)->account.custom_id = id;
    return result;
}

account_book::entrance account_book::enter_by_email(const std::string& email, const std::string& password,
                                                    const std::string& username, bool create, wall_time now) {
    const bool by_username = email.empty();
    if (!by_username) check_email(email);
    if (password.size() < 8)
        throw refusal{code::invalid_argument, "Password must be at least 8 characters long."};
    if (by_username && username.empty())
        throw refusal{code::invalid_argument, "Username is required when email address is not supplied."};
    check_username(username);

    if (by_username) {
        account_record* record = find_by_username(username);
        if (!record) throw refusal{code::not_found, "User account not found."};
        if (record->password != password) throw refusal{code::unauthenticated, "Invalid credentials."};
        return {record->account.user.id, username, false};
    }

    std::string address = email;
    std::ranges::transform(address, address.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    if (const auto found = emails_.find(address); found != emails_.end()) {
        const account_record& record = *find(found->second);
        if (record.password != password) throw refusal{code::unauthenticated, "Invalid credentials."};
        return {found->second, record.account.user.username, false};
    }
    // The server's hash takes no more, and a longer password fails where it is first hashed.
    if (create && password.size() > 72)
        throw refusal{code::internal, "Error finding or creating user account."};
    auto result = enter(emails_, address, username, create, now);
    account_record& record = *find(result.user_id);
    record.account.email = address;
    record.password = password;
    return result;
}

std::string account_book::put(nakama::account account, const std::string& password, wall_time now) {
    const auto refuse = [](const std::string& what) { throw refusal{code::invalid_argument, what}; };
    if (!account.user.id.empty()) {
        const auto id = parse_uuid(account.user.id);
        if (!id) refuse("\"" + account.user.id + "\" is no UUID");
        if (users_.contains(*id)) refuse("there is a user " + *id + " already");
        account.user.id = *id;
    }
    check_username(account.user.username);
    for (const auto& device : account.devices) {
        check_id(device.id, "Device", 10);
        if (devices_.contains(device.id)) refuse("device " + device.id + " belongs to another account");
    }
    if (!account.custom_id.empty()) {
        check_id(account.custom_id, "Custom", 6);
        if (customs_.contains(account.custom_id))
            refuse("custom id " + account.custom_id + " belongs to another account");
    }
    if (!account.email.empty()) {
        check_email(account.email);
        if (emails_.contains(account.email)) refuse("email " + account.email + " belongs to another account");
    }

    account_record& record = make(account.user.username, now, account.user.id);
    const nakama::user made = record.account.user;
    record.account = std::move(account);
    record.password = password;
    nakama::user& user = record.account.user;
    user.id = made.id;
    user.username = made.username;
    user.create_time = made.create_time;
    user.update_time = made.update_time;
    for (const auto& device : record.account.devices) devices_.emplace(device.id, user.id);
    if (!record.account.custom_id.empty()) customs_.emplace(record.account.custom_id, user.id);
    if (!record.account.email.empty()) emails_.emplace(record.account.email, user.id);
    return user.id;
}

void account_book::update(const std::string& user_id, const account_changes& changes, wall_time now) {
    if (changes.username) {
        if (changes.username->empty() || changes.username->size() > 128)
            throw refusal{code::invalid_argument, "Username invalid, must be 1-128 bytes."};
        if (!is_valid_username(*changes.username))
            throw refusal{code::invalid_argument,
                          "Username invalid, no spaces or control characters allowed."};
    }
    if (!changes.username && !changes.display_name && !changes.avatar_url && !changes.lang_tag &&
        !changes.location && !changes.timezone)
        throw refusal{code::invalid_argument, "No fields to update."};
    check_storable(changes.display_name, 255);
    check_storable(changes.avatar_url, 512);
    check_storable(changes.location, 255);
    check_storable(changes.timezone, 255);
    check_storable(changes.lang_tag, 18);
    if (changes.lang_tag && changes.lang_tag->empty())
        throw refusal{code::internal, "Error while trying to update account."};

    account_record* record = find(user_id);
    if (!record) return;
    nakama::user& user = record->account.user;
    if (changes.username && *changes.username != user.username) {
        if (usernames_.contains(*changes.username))
            throw refusal{code::invalid_argument,
                          "rpc error: code = AlreadyExists desc = Username is already in use."};
        usernames_.erase(user.username);
        usernames_.emplace(*changes.username, user_id);
        user.username = *changes.username;
    }
    if (changes.display_name) user.display_name = *changes.display_name;
    if (changes.avatar_url) user.avatar_url = *changes.avatar_url;
    if (changes.lang_tag) user.lang_tag = *changes.lang_tag;
    if (changes.location) user.location = *changes.location;
    if (changes.timezone) user.timezone = *changes.timezone;
    user.update_time = whole_seconds(now);
}

} // namespace nakama::sandbox
