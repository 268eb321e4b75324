// Generated from gen/api by nakama-gen; not to be edited.
// Objects kept by the server, in collections, for users.
#pragma once

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama {

/// An object of the storage engine.
struct storage_object {
    std::string collection{}; ///< [1] 1 to 128 characters
    std::string key{}; ///< [2] unique in the collection of its owner, 1 to 128 characters
    std::string user_id{}; ///< [3] UUID of its owner
    std::string value{}; ///< [4] a JSON object as text, normalised by the database
    /// [5] 32 hexadecimal digits, made from the text as written; do not compute it from `value`
    std::string version{};
    std::int32_t permission_read{}; ///< [6] 0 none, 1 owner, 2 public
    std::int32_t permission_write{}; ///< [7] 0 none but the server, 1 owner
    timestamp create_time{}; ///< [8] when it was first written, whole seconds
    timestamp update_time{}; ///< [9] when it last changed, whole seconds

    bool operator==(const storage_object&) const = default;
};

/// A page of a collection.
struct storage_object_list {
    std::vector<storage_object> objects{}; ///< [1] those the caller may read
    std::string cursor{}; ///< [2] where the next page starts; empty on the last one

    bool operator==(const storage_object_list&) const = default;
};

/// Objects read.
struct storage_objects {
    /// [1] in no order to rely on, without what is missing or not readable
    std::vector<storage_object> objects{};

    bool operator==(const storage_objects&) const = default;
};

/// What became of an object written.
struct storage_object_ack {
    std::string collection{}; ///< [1] 1 to 128 characters
    std::string key{}; ///< [2] unique in the collection of its owner, 1 to 128 characters
    std::string version{}; ///< [3] 32 hexadecimal digits, to give with the next write or delete
    std::string user_id{}; ///< [4] UUID of its owner
    timestamp create_time{}; ///< [5] when it was first written, in microseconds
    timestamp update_time{}; ///< [6] when it last changed; writing the same value keeps it, in microseconds

    bool operator==(const storage_object_ack&) const = default;
};

/// What became of the objects written.
struct storage_object_acks {
    std::vector<storage_object_ack> acks{}; ///< [1] in the order of the request

    bool operator==(const storage_object_acks&) const = default;
};

/// An object of the caller to delete.
struct delete_storage_object_id {
    std::string_view collection{}; ///< [1] where it is; 1 to 128 characters; required
    std::string_view key{}; ///< [2] its name in the collection; 1 to 128 characters; required
    std::string_view version{}; ///< [3] the version it must have; empty takes any
};

/// Delete storage objects of the caller.
struct delete_storage_objects_request {
    list_view<delete_storage_object_id> object_ids{}; ///< [1] one that is not there is an error
};

/// List the objects of a collection, a page at a time.
struct list_storage_objects_request {
    std::string_view user_id{}; ///< [1] UUID of their owner; empty takes the public ones of everybody
    /// [2] one with a slash in its name cannot be listed; 1 to 128 characters; required
    std::string_view collection{};
    std::optional<std::int32_t> limit{}; ///< [3] size of the page; 1 to 100; the server's default is 1
    std::string_view cursor{}; ///< [4] from the page before; empty begins at the first page
};

/// An object to read.
struct read_storage_object_id {
    std::string_view collection{}; ///< [1] where it is; 1 to 128 characters; required
    std::string_view key{}; ///< [2] its name in the collection; 1 to 128 characters; required
    std::string_view user_id{}; ///< [3] UUID of its owner; empty means the system user, not the caller
};

/// Read storage objects.
struct read_storage_objects_request {
    /// [1] which ones; what is missing or not readable is left out
    list_view<read_storage_object_id> object_ids{};
};

/// An object to write.
struct write_storage_object {
    std::string_view collection{}; ///< [1] where to put it; 1 to 128 characters; required
    std::string_view key{}; ///< [2] its name in the collection; 1 to 128 characters; required
    std::string_view value{}; ///< [3] a JSON object as text; required
    /// [4] the version to replace; `*` only if there is none; empty writes in any case
    std::string_view version{};
    /// [5] 0 none, 1 owner, 2 public; 0 to 2; the server's default is 1
    std::optional<std::int32_t> permission_read{};
    /// [6] 0 none but the server, 1 owner; 0 to 1; the server's default is 1
    std::optional<std::int32_t> permission_write{};
};

/// Write storage objects of the caller.
struct write_storage_objects_request {
    list_view<write_storage_object> objects{}; ///< [1] one that is refused refuses all
};

} // namespace nakama
