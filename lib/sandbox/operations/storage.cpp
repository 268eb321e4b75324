// Objects in collections.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/state/ids.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

void check_place(const object_place& where) {
    if (where.collection.empty() || where.key.empty())
        throw refusal{code::invalid_argument, "Invalid collection or key value supplied. They must be set."};
}

[[noreturn]] void refuse_user_id() {
    throw refusal{code::invalid_argument, "Invalid user ID - make sure user ID is a valid UUID."};
}

std::string read_user_id(const std::string& text) {
    auto id = parse_uuid(text);
    if (!id) refuse_user_id();
    return std::move(*id);
}

object_place read_place(message_reader& fields) {
    return {.collection = fields.text("collection").value_or(""), .key = fields.text("key").value_or("")};
}

object_write read_write(message_reader& fields) {
    object_write write{.where = read_place(fields),
                       .value = fields.text("value").value_or(""),
                       .version = fields.text("version").value_or("")};
    write.permission_read = fields.wrapped_int32("permission_read").value_or(1);
    write.permission_write = fields.wrapped_int32("permission_write").value_or(1);
    return write;
}

void check(const object_write& write) {
    check_place(write.where);
    if (write.value.empty())
        throw refusal{code::invalid_argument, "Invalid collection or key value supplied. They must be set."};
    if (write.permission_read < 0 || write.permission_read > 2)
        throw refusal{code::invalid_argument,
                      "Invalid Read permission supplied. It must be either 0, 1 or 2."};
    if (write.permission_write < 0 || write.permission_write > 1)
        throw refusal{code::invalid_argument, "Invalid Write permission supplied. It must be either 0 or 1."};
    if (!holds_object(write.value)) throw refusal{code::invalid_argument, "Value must be a JSON object."};
}

std::string write_storage_objects(world& world, const http_request& request) {
    request_body body{request.body};
    std::vector<object_write> writes;
    for (message_reader& fields : body->messages("objects")) writes.push_back(read_write(fields));
    const auto caller = require_session(world, request);
    for (object_write& write : writes) {
        check(write);
        write.where.user_id = caller.uid;
    }
    return wire::to_json(storage_object_acks{
        .acks = world.objects.write(storage_actor::user(caller.uid), writes, world.now())});
}

std::string read_storage_objects(world& world, const http_request& request) {
    request_body body{request.body};
    std::vector<object_place> places;
    for (message_reader& fields : body->messages("object_ids")) {
        places.push_back(read_place(fields));
        places.back().user_id = fields.text("user_id").value_or("");
    }
    const auto caller = require_session(world, request);
    for (object_place& place : places) {
        check_place(place);
        if (place.user_id.empty()) {
            place.user_id = nil_uuid;
        } else {
            place.user_id = read_user_id(place.user_id);
            if (place.user_id == nil_uuid) refuse_user_id(); // meant by giving none
        }
    }
    return wire::to_json(
        storage_objects{.objects = world.objects.read(storage_actor::user(caller.uid), places)});
}

std::string delete_storage_objects(world& world, const http_request& request) {
    request_body body{request.body};
    std::vector<object_removal> removals;
    for (message_reader& fields : body->messages("object_ids")) {
        removals.push_back({.where = read_place(fields)});
        removals.back().version = fields.text("version").value_or("");
    }
    const auto caller = require_session(world, request);
    for (object_removal& removal : removals) {
        check_place(removal.where);
        removal.where.user_id = caller.uid;
    }
    world.objects.remove(storage_actor::user(caller.uid), removals);
    return "{}";
}

std::string list(world& world, const http_request& request, std::string user_id) {
    const auto parameters = query_parameters::strict(request.query);
    object_listing listing{.collection = request.path_value("collection")};
    if (user_id.empty()) user_id = parameters.text("user_id").value_or("");
    const std::int32_t limit = parameters.int32("limit").value_or(1);
    listing.cursor = parameters.text("cursor").value_or("");
    const auto caller = require_session(world, request);
    if (limit < 1 || limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};
    listing.limit = static_cast<std::size_t>(limit);
    if (!user_id.empty()) listing.owner = read_user_id(user_id);
    return wire::to_json(world.objects.list(storage_actor::user(caller.uid), listing));
}

std::string list_storage_objects(world& world, const http_request& request) {
    return list(world, request, {});
}

std::string list_storage_objects_of_user(world& world, const http_request& request) {
    return list(world, request, request.path_value("user_id"));
}

constexpr std::array routes{
    route{"PUT", "/v2/storage", write_storage_objects},
    route{"POST", "/v2/storage", read_storage_objects},
    route{"PUT", "/v2/storage/delete", delete_storage_objects},
    route{"GET", "/v2/storage/{collection}", list_storage_objects},
    route{"GET", "/v2/storage/{collection}/{user_id}", list_storage_objects_of_user},
};

} // namespace

std::span<const route> storage_routes() {
    return routes;
}

} // namespace nakama::sandbox
