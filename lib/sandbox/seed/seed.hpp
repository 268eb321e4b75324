// What a server begins with, as a document says.
#pragma once

#include "sandbox/json/document.hpp"

#include <nakama/sandbox/server.hpp>

#include <map>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// A server that is being filled, and who is who in the document.
class seeding {
public:
    explicit seeding(server& to) : to{to} {}

    void add_user(const std::string& username, std::string id) { users_[username] = std::move(id); }
    /// Of the user that a value names. Throws std::invalid_argument for one that is not among the accounts.
    [[nodiscard]] const std::string& user_id(const document_value& username) const;

    /// What a view refuses is wrong with `place`.
    template <class Put>
    static auto put(const document_value& place, Put put) {
        try {
            return put();
        } catch (const std::invalid_argument& refused) {
            place.wrong(refused.what());
        }
    }

    server& to;

private:
    std::map<std::string, std::string> users_; ///< ids by username
};

/// What one member of the document means. Throws std::invalid_argument.
using seed_section = void (*)(seeding& state, const document_value& section);

void seed_accounts(seeding& state, const document_value& section);
void seed_friends(seeding& state, const document_value& section);
void seed_groups(seeding& state, const document_value& section);
void seed_leaderboards(seeding& state, const document_value& section);
void seed_messages(seeding& state, const document_value& section);
void seed_notifications(seeding& state, const document_value& section);
void seed_receipts(seeding& state, const document_value& section);
void seed_satori(seeding& state, const document_value& section);
void seed_storage(seeding& state, const document_value& section);
void seed_tournaments(seeding& state, const document_value& section);

class seed_document {
public:
    /// Throws std::invalid_argument for what is no JSON.
    seed_document(std::string_view json, std::string_view name) : read_{json, name} {}

    /// Throws std::invalid_argument; then a part was put in.
    void put_into(server& to) const;

private:
    document read_;
};

} // namespace nakama::sandbox
