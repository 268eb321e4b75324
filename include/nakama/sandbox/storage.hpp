// The storage objects of a sandbox, to put in and to look at without a round trip.
#pragma once

#include <nakama/api/storage.hpp>
#include <nakama/config.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct world;

/// An object to be, or the next state of one.
struct new_storage_object {
    std::string collection{}; ///< 1 to 128 characters
    std::string key{};        ///< 1 to 128 characters
    std::string user_id{};    ///< UUID of its owner; empty for the system user
    std::string value = "{}"; ///< a JSON object
    std::string version{};    ///< the version to replace; `*` only if there is none; empty writes in any case
    std::int32_t permission_read = 1;  ///< 0 none, 1 owner, 2 public
    std::int32_t permission_write = 1; ///< 0 none but the server, 1 owner
};

/// A view of a server's storage, see server::storage(): with the rights of the server itself, whatever an
/// object's permissions. Of a server that has stopped it finds nothing.
class NAKAMA_API storage {
public:
    /// Throws std::invalid_argument if a field is out of its range, the owner unknown or the version another,
    /// and std::logic_error if the server has stopped.
    storage_object_ack write(const new_storage_object& object);

    /// False if there is no such object.
    bool remove(std::string_view collection, std::string_view key, std::string_view user_id = {});

    /// An empty `user_id` is the system user.
    [[nodiscard]] std::optional<storage_object> find(std::string_view collection, std::string_view key,
                                                     std::string_view user_id = {}) const;
    /// All objects of a collection, by read permission, key and owner; with `user_id` only those of one
    /// owner.
    [[nodiscard]] std::vector<storage_object> list(std::string_view collection,
                                                   std::string_view user_id = {}) const;
    [[nodiscard]] std::size_t size() const;

private:
    friend class server;
    explicit storage(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
