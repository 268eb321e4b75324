// Objects in collections, each with an owner.
#pragma once

#include "sandbox/state/accounts.hpp"

#include <nakama/api/storage.hpp>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nakama::sandbox {

struct object_place {
    std::string collection{};
    std::string key{};
    std::string user_id{};

    auto operator<=>(const object_place&) const = default;
};

struct object_write {
    object_place where{};
    std::string value{};   ///< a JSON object
    std::string version{}; ///< to replace; "*" for a new object; empty for any
    std::int32_t permission_read = 1;
    std::int32_t permission_write = 1;
};

struct object_removal {
    object_place where{};
    std::string version{}; ///< it must have; empty for any
};

/// What a page of objects is taken from.
struct object_listing {
    std::string collection{};
    std::optional<std::string> owner{};
    std::size_t limit{};
    std::string cursor{};
};

/// Who acts: a user for himself, or the server with all rights.
class storage_actor {
public:
    [[nodiscard]] static storage_actor server() { return storage_actor{{}}; }
    [[nodiscard]] static storage_actor user(std::string id) { return storage_actor{std::move(id)}; }

    [[nodiscard]] bool is_server() const noexcept { return !user_; }
    [[nodiscard]] bool is(const std::string& user) const noexcept { return user_ == user; }

private:
    explicit storage_actor(std::optional<std::string> user) : user_{std::move(user)} {}

    std::optional<std::string> user_;
};

class storage_book {
public:
    /// Objects belong to users and to the system user.
    explicit storage_book(account_book& users) : users_{users} {}

    /// All or none. Throws refusal.
    std::vector<storage_object_ack> write(const storage_actor& actor, const std::vector<object_write>& writes,
                                          wall_time now);
    /// All or none. Throws refusal.
    void remove(const storage_actor& actor, const std::vector<object_removal>& removals);

    /// Without what is missing and what the actor may not read. Throws refusal.
    [[nodiscard]] std::vector<storage_object> read(const storage_actor& actor,
                                                   const std::vector<object_place>& places) const;
    /// Throws refusal.
    [[nodiscard]] storage_object_list list(const storage_actor& actor, const object_listing& listing) const;

    /// Takes away all that a user owns.
    void forget(const std::string& user_id);

    [[nodiscard]] std::size_t size() const noexcept { return objects_.size(); }

private:
    struct record {
        storage_object object{};         // its times in microseconds
        std::uint64_t order_of_change{}; // reading goes by it, as a database table does
    };
    using records = std::map<object_place, record>;
    using former = std::map<object_place, std::optional<record>>;

    storage_object_ack write_one(const storage_actor& actor, const object_write& write, wall_time now,
                                 former& before);
    void put(const object_write& write, const std::string& version, wall_time now, former& before);
    void remove_one(const storage_actor& actor, const object_removal& removal, former& before);
    void remember(const object_place& where, former& before);
    void restore(former& before);
    [[nodiscard]] bool is_storable(const object_write& write) const;

    account_book& users_;
    records objects_;
    std::uint64_t changes_ = 0;
};

} // namespace nakama::sandbox
