#include "sandbox/state/sign_in.hpp"

#include "sandbox/http/refusal.hpp"

namespace nakama::sandbox {
namespace {

void refuse_banned(const account_record& record) {
    if (record.is_banned()) throw refusal{code::permission_denied, "User account banned."};
}

void check_right_password(const account_record& record, const std::string& password) {
    refuse_banned(record);
    if (record.password != password) throw refusal{code::unauthenticated, "Invalid credentials."};
}

entrance enter(account_book& book, identity_kind kind, const std::string& identity,
               const std::string& username, bool create, wall_time now) {
    check_username(username);
    if (const account_record* record = book.find_by(kind, identity)) {
        refuse_banned(*record);
        return {record->account.user.id, record->account.user.username, false};
    }
    if (!create) throw refusal{code::not_found, "User account not found."};
    account_record& record = book.make(username, now);
    book.claim(record, kind, identity);
    return {record.account.user.id, record.account.user.username, true};
}

[[noreturn]] void cannot_be_made() {
    throw refusal{code::internal, "Error finding or creating user account."};
}

} // namespace

entrance enter_by_device(account_book& book, const std::string& id, const std::string& username, bool create,
                         wall_time now) {
    check_device_id(id);
    return enter(book, identity_kind::device, id, username, create, now);
}

entrance enter_by_custom(account_book& book, const std::string& id, const std::string& username, bool create,
                         wall_time now) {
    check_custom_id(id);
    return enter(book, identity_kind::custom, id, username, create, now);
}

entrance enter_by_email(account_book& book, const std::string& email, const std::string& password,
                        const std::string& username, bool create, wall_time now) {
    const bool by_username = email.empty();
    if (!by_username) {
        check_email_characters(email);
        check_email_form(email);
    }
    check_password(password);
    if (by_username && username.empty())
        throw refusal{code::invalid_argument, "Username is required when email address is not supplied."};
    check_username(username);

    if (by_username) {
        const account_record* record = book.find_by_username(username);
        if (!record) throw refusal{code::not_found, "User account not found."};
        check_right_password(*record, password);
        return {record->account.user.id, username, false};
    }
    const std::string address = lower_case(email);
    if (const account_record* record = book.find_by(identity_kind::email, address)) {
        check_right_password(*record, password);
        return {record->account.user.id, record->account.user.username, false};
    }
    // The server's hash takes no more, and a longer password fails where it is first hashed.
    if (create && password.size() > 72) cannot_be_made();
    entrance result = enter(book, identity_kind::email, address, username, create, now);
    book.find(result.user_id)->password = password;
    return result;
}

entrance enter_by_provider(account_book& book, provider which, const provider_profile& profile,
                           const std::string& username, bool create, wall_time now) {
    const identity_kind kind = identity_of(which);
    // Where others do without the address, this fails.
    if (which == provider::apple && create && !book.find_by(kind, profile.id) &&
        book.find_by(identity_kind::email, profile.email))
        cannot_be_made();
    entrance result = enter(book, kind, profile.id, username, create, now);
    account_record& record = *book.find(result.user_id);
    const nakama::account before = record.account;
    // Google alone is also asked about those who have been here before.
    if (result.created || which == provider::google) take_over_profile(record, which, profile);
    if (result.created) take_over_email(book, record, which, profile);
    if (!result.created && record.account != before) book.touch(record, now);
    return result;
}

void take_over_profile(account_record& record, provider which, const provider_profile& profile) {
    if (which != provider::facebook && which != provider::google) return;
    nakama::user& user = record.account.user;
    if (user.display_name.empty() && profile.display_name.size() <= 255)
        user.display_name = profile.display_name;
    if (user.avatar_url.empty() && profile.avatar_url.size() <= 512) user.avatar_url = profile.avatar_url;
}

void take_over_email(account_book& book, account_record& record, provider which,
                     const provider_profile& profile) {
    const bool tells = which == provider::apple || which == provider::facebook || which == provider::google;
    if (!tells || profile.email.empty() || book.find_by(identity_kind::email, profile.email)) return;
    book.claim(record, identity_kind::email, profile.email);
}

} // namespace nakama::sandbox
