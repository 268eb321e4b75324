#include "sandbox/state/linking.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/state/sign_in.hpp"

namespace nakama::sandbox {
namespace {

/// The account that is to have an identity from now on; it may have it already.
account_record& claimant(account_book& book, const std::string& user_id, identity_kind kind,
                         const std::string& identity, const std::string& name) {
    account_record* record = book.find(user_id);
    const account_record* holder = book.find_by(kind, identity);
    if (!record || (holder && holder != record))
        throw refusal{code::already_exists, name + " is already in use."};
    return *record;
}

[[noreturn]] void refuse_last() {
    throw refusal{code::permission_denied,
                  "Cannot unlink last account identifier. Check profile exists and is not last link."};
}

} // namespace

std::string name_of(provider which) {
    switch (which) {
    case provider::apple:
        return "Apple";
    case provider::facebook:
        return "Facebook";
    case provider::facebook_instant_game:
        return "Facebook Instant Game";
    case provider::game_center:
        return "GameCenter";
    case provider::google:
        return "Google";
    case provider::steam:
        break;
    }
    return "Steam";
}

void link_custom(account_book& book, const std::string& user_id, const std::string& id, wall_time now) {
    if (id.empty()) throw refusal{code::invalid_argument, "Custom ID is required."};
    if (has_blanks_or_controls(id))
        throw refusal{code::invalid_argument, "Invalid custom ID, no spaces or control characters allowed."};
    if (id.size() < 6 || id.size() > 128)
        throw refusal{code::invalid_argument, "Invalid custom ID, must be 6-128 bytes."};
    account_record& record = claimant(book, user_id, identity_kind::custom, id, "Custom ID");
    book.claim(record, identity_kind::custom, id);
    book.touch(record, now);
}

void link_device(account_book& book, const std::string& user_id, const std::string& id, wall_time now) {
    check_device_id(id);
    account_record* record = book.find(user_id);
    const account_record* holder = book.find_by(identity_kind::device, id);
    if (holder && holder != record) throw refusal{code::already_exists, "Device ID already in use."};
    if (!record) throw refusal{code::internal, "Error linking Device ID."};
    if (!holder) book.claim(*record, identity_kind::device, id);
    book.touch(*record, now);
}

void link_email(account_book& book, const std::string& user_id, const std::string& email,
                const std::string& password, wall_time now) {
    if (email.empty() || password.empty())
        throw refusal{code::invalid_argument, "Email address and password is required."};
    check_email_characters(email);
    check_password(password);
    check_email_form(email);
    const std::string address = lower_case(email);
    account_record& record = claimant(book, user_id, identity_kind::email, address, "Email");
    book.claim(record, identity_kind::email, address);
    // The server's hash takes no more, and here it does not notice.
    record.password = password.size() > 72 ? std::string{} : password;
    book.touch(record, now);
}

void link_provider(account_book& book, const std::string& user_id, provider which,
                   const provider_profile& profile, wall_time now) {
    const identity_kind kind = identity_of(which);
    account_record& record = claimant(book, user_id, kind, profile.id, name_of(which) + " ID");
    book.claim(record, kind, profile.id);
    take_over_profile(record, which, profile);
    take_over_email(book, record, which, profile);
    book.touch(record, now);
}

void unlink(account_book& book, const std::string& user_id, identity_kind kind, const std::string& identity,
            wall_time now) {
    account_record* record = book.find(user_id);
    if (!record || !can_do_without(record->account, kind)) refuse_last();
    const std::string held = identity_in(record->account, kind);
    if (!identity.empty() && identity != held) refuse_last();
    book.release(*record, kind, held);
    if (kind == identity_kind::email) record->password.clear();
    book.touch(*record, now);
}

void unlink_device(account_book& book, const std::string& user_id, const std::string& id, wall_time now) {
    if (id.empty()) throw refusal{code::invalid_argument, "A device ID must be supplied."};
    account_record* record = book.find(user_id);
    if (!record || book.find_by(identity_kind::device, id) != record ||
        !can_do_without_device(record->account, id))
        refuse_last();
    book.release(*record, identity_kind::device, id);
    book.touch(*record, now);
}

} // namespace nakama::sandbox
