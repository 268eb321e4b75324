#include "sandbox/state/storage.hpp"

#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/state/ids.hpp"
#include "wire/base64.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace nakama::sandbox {
namespace {

constexpr std::int32_t owner_may_read = 1;
constexpr std::int32_t all_may_read = 2;

std::string md5(std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr);
    constexpr char hex[] = "0123456789abcdef";
    std::string result;
    for (unsigned i = 0; i < size; ++i) (result += hex[digest[i] >> 4]) += hex[digest[i] & 15];
    return result;
}

timestamp microseconds(wall_time time) {
    return std::chrono::floor<std::chrono::microseconds>(time);
}

/// Acks tell times in microseconds, everything else in whole seconds.
storage_object as_read(storage_object object) {
    object.create_time = std::chrono::floor<std::chrono::seconds>(object.create_time);
    object.update_time = std::chrono::floor<std::chrono::seconds>(object.update_time);
    return object;
}

bool has_nul(std::string_view text) {
    return text.find('\0') != std::string_view::npos;
}

bool fits_name(std::string_view name) {
    const auto characters =
        std::ranges::count_if(name, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
    return characters <= 128 && !has_nul(name);
}

bool is_readable(const storage_actor& actor, const storage_object& object) {
    return actor.is_server() || object.permission_read == all_may_read ||
           (object.permission_read == owner_may_read && actor.is(object.user_id));
}

/// Where a page ends: the order of listings.
struct position {
    std::int32_t permission_read{};
    std::string key{};
    std::string user_id{};

    auto operator<=>(const position&) const = default;
};

position position_of(const storage_object& object) {
    return {object.permission_read, object.key, object.user_id};
}

std::string cursor_to(const position& last) {
    std::string cursor;
    wire::append_base64url(cursor, "storage " + std::to_string(last.permission_read) + ' ' + last.user_id +
                                       ' ' + last.key);
    return cursor;
}

std::optional<position> read_cursor(const std::string& cursor) {
    if (cursor.empty()) return {};
    constexpr std::string_view name = "storage ";
    const refusal bad{code::invalid_argument, "Malformed cursor was used."};
    const auto text = wire::decode_base64(cursor);
    if (!text || !text->starts_with(name)) throw bad;
    std::string_view rest = std::string_view{*text}.substr(name.size());
    position result;
    const auto [end, failed] =
        std::from_chars(rest.data(), rest.data() + rest.size(), result.permission_read);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (failed != std::errc{} || rest.size() < nil_uuid.size() + 2) throw bad;
    result.user_id = rest.substr(1, nil_uuid.size());
    result.key = rest.substr(nil_uuid.size() + 2);
    return result;
}

/// Operations of one request are carried out in the order of their places; equal places keep theirs.
template <class Operation>
std::vector<std::size_t> by_place(const std::vector<Operation>& operations) {
    std::vector<std::size_t> order(operations.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, [&](std::size_t one, std::size_t other) {
        return std::tie(operations[one].where, one) < std::tie(operations[other].where, other);
    });
    return order;
}

[[noreturn]] void reject_write(const std::string& why) {
    throw refusal{code::invalid_argument, "Storage write rejected - " + why + '.'};
}

} // namespace

bool storage_book::is_storable(const object_write& write) const {
    if (!fits_name(write.where.collection) || !fits_name(write.where.key)) return false;
    if (write.where.user_id != nil_uuid && !users_.find(write.where.user_id)) return false;
    return storable(write.value).has_value();
}

std::vector<storage_object_ack> storage_book::write(const storage_actor& actor,
                                                    const std::vector<object_write>& writes, wall_time now) {
    std::vector<storage_object_ack> acks(writes.size());
    former before;
    try {
        for (const std::size_t i : by_place(writes)) acks[i] = write_one(actor, writes[i], now, before);
    } catch (...) {
        restore(before);
        throw;
    }
    return acks;
}

storage_object_ack storage_book::write_one(const storage_actor& actor, const object_write& write,
                                           wall_time now, former& before) {
    const std::string version = md5(write.value);
    const auto found = objects_.find(write.where);
    const bool exists = found != objects_.end();
    const bool conditional = !write.version.empty() && write.version != "*";
    if (conditional && !exists) reject_write("version check failed");
    if (!is_storable(write)) throw refusal{code::internal, "Error writing storage objects."};
    if (exists) {
        const storage_object& old = found->second.object;
        const bool allowed = actor.is_server() || old.permission_write == 1;
        if (write.version == "*") reject_write("version check failed");
        if (!allowed) reject_write("permission denied");
        if (conditional && old.version != write.version) reject_write("version check failed");
        const bool same = old.version == version && old.permission_read == write.permission_read &&
                          old.permission_write == write.permission_write;
        if (conditional || !same) put(write, version, now, before);
    } else {
        put(write, version, now, before);
    }
    const storage_object& object = objects_.at(write.where).object;
    return {.collection = object.collection,
            .key = object.key,
            .version = object.version,
            .user_id = object.user_id,
            .create_time = object.create_time,
            .update_time = object.update_time};
}

void storage_book::put(const object_write& write, const std::string& version, wall_time now, former& before) {
    remember(write.where, before);
    record& changed = objects_[write.where];
    storage_object& object = changed.object;
    if (object.version.empty()) object.create_time = microseconds(now);
    object.collection = write.where.collection;
    object.key = write.where.key;
    object.user_id = write.where.user_id;
    object.value = normalised(write.value);
    object.version = version;
    object.permission_read = write.permission_read;
    object.permission_write = write.permission_write;
    object.update_time = microseconds(now);
    changed.order_of_change = ++changes_;
}

void storage_book::remove(const storage_actor& actor, const std::vector<object_removal>& removals) {
    former before;
    try {
        for (const std::size_t i : by_place(removals)) remove_one(actor, removals[i], before);
    } catch (...) {
        restore(before);
        throw;
    }
}

void storage_book::remove_one(const storage_actor& actor, const object_removal& removal, former& before) {
    if (has_nul(removal.where.collection) || has_nul(removal.where.key) || has_nul(removal.version))
        throw refusal{code::internal, "Error deleting storage objects."};
    const auto found = objects_.find(removal.where);
    const bool exists = found != objects_.end();
    const bool allowed = exists && (actor.is_server() || found->second.object.permission_write > 0);
    if (allowed && (removal.version.empty() || removal.version == found->second.object.version)) {
        remember(removal.where, before);
        objects_.erase(found);
    } else if (!actor.is_server() || !removal.version.empty()) {
        throw refusal{code::invalid_argument,
                      "Storage delete rejected - not found, version check failed, or permission denied."};
    }
}

void storage_book::remember(const object_place& where, former& before) {
    const auto found = objects_.find(where);
    before.emplace(where, found == objects_.end() ? std::nullopt : std::optional{found->second});
}

void storage_book::restore(former& before) {
    for (auto& [where, old] : before) {
        if (old) objects_.insert_or_assign(where, std::move(*old));
        else objects_.erase(where);
    }
}

std::vector<storage_object> storage_book::read(const storage_actor& actor,
                                               const std::vector<object_place>& places) const {
    std::set<object_place> wanted;
    for (const object_place& one : places) {
        if (has_nul(one.collection) || has_nul(one.key))
            throw refusal{code::internal, "Error reading storage objects."};
        wanted.insert(one);
    }
    std::vector<const record*> found;
    for (const object_place& one : wanted) {
        const auto record = objects_.find(one);
        if (record != objects_.end() && is_readable(actor, record->second.object))
            found.push_back(&record->second);
    }
    std::ranges::sort(found, {}, [](const record* one) { return one->order_of_change; });
    std::vector<storage_object> result;
    for (const record* one : found) result.push_back(as_read(one->object));
    return result;
}

storage_object_list storage_book::list(const storage_actor& actor, const object_listing& listing) const {
    const auto after = read_cursor(listing.cursor);
    if (has_nul(listing.collection)) throw refusal{code::internal, "Error listing storage objects."};
    // What belongs to nobody in particular is listed only as far as it is public, also to its owner.
    const bool public_only = !actor.is_server() && !(listing.owner && actor.is(*listing.owner));
    std::map<position, const storage_object*> found;
    for (auto one = objects_.lower_bound({.collection = listing.collection});
         one != objects_.end() && one->first.collection == listing.collection; ++one) {
        const storage_object& object = one->second.object;
        if (listing.owner && object.user_id != *listing.owner) continue;
        if (public_only ? object.permission_read != all_may_read : !is_readable(actor, object)) continue;
        if (!after || position_of(object) > *after) found.emplace(position_of(object), &object);
    }
    storage_object_list page;
    for (const auto& [position, object] : found) {
        if (page.objects.size() == listing.limit) {
            page.cursor = cursor_to(position_of(page.objects.back()));
            break;
        }
        page.objects.push_back(as_read(*object));
    }
    return page;
}

void storage_book::forget(const std::string& user_id) {
    std::erase_if(objects_, [&](const auto& one) { return one.first.user_id == user_id; });
}

} // namespace nakama::sandbox
