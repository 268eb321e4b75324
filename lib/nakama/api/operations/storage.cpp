// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/storage.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<delete_storage_object_id>);
static_assert(borrows<read_storage_object_id>);
static_assert(borrows<write_storage_object>);
static_assert(borrows<delete_storage_objects_request>);
static_assert(borrows<list_storage_objects_request>);
static_assert(borrows<read_storage_objects_request>);
static_assert(borrows<write_storage_objects_request>);

namespace {

void write_delete_storage_object_id(json_writer& out, const delete_storage_object_id& value) {
    out.begin_object();
    out.member("collection", value.collection);
    out.member("key", value.key);
    out.member("version", value.version);
    out.end_object();
}

void write_read_storage_object_id(json_writer& out, const read_storage_object_id& value) {
    out.begin_object();
    out.member("collection", value.collection);
    out.member("key", value.key);
    out.member("user_id", value.user_id);
    out.end_object();
}

void write_write_storage_object(json_writer& out, const write_storage_object& value) {
    out.begin_object();
    out.member("collection", value.collection);
    out.member("key", value.key);
    out.member("value", value.value);
    out.member("version", value.version);
    out.member("permission_read", value.permission_read);
    out.member("permission_write", value.permission_write);
    out.end_object();
}

} // namespace

asio::awaitable<void> operations::delete_storage_objects(
        const session& session, const delete_storage_objects_request& request, call_options options) const {
    static constexpr operation row{"delete_storage_objects", "PUT", credentials::session, false};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/storage/delete";
        json_writer body{out.body};
        body.begin_object();
        body.list("object_ids", request.object_ids, write_delete_storage_object_id);
        body.end_object();
    });
    return call::done(std::move(answer));
}

asio::awaitable<storage_object_list> operations::list_storage_objects(
        const session& session, const list_storage_objects_request& request, call_options options) const {
    static constexpr operation row{"list_storage_objects", "GET", credentials::session, true};
    auto answer = call::start<storage_object_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/storage"};
        to.segment("collection", request.collection);
        if (!request.user_id.empty()) to.segment("user_id", request.user_id);
        to.query("limit", request.limit);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<storage_objects> operations::read_storage_objects(
        const session& session, const read_storage_objects_request& request, call_options options) const {
    static constexpr operation row{"read_storage_objects", "POST", credentials::session, true};
    auto answer = call::start<storage_objects>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/storage";
        json_writer body{out.body};
        body.begin_object();
        body.list("object_ids", request.object_ids, write_read_storage_object_id);
        body.end_object();
    });
    return answer;
}

asio::awaitable<storage_object_acks> operations::write_storage_objects(
        const session& session, const write_storage_objects_request& request, call_options options) const {
    static constexpr operation row{"write_storage_objects", "PUT", credentials::session, false};
    auto answer = call::start<storage_object_acks>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/storage";
        json_writer body{out.body};
        body.begin_object();
        body.list("objects", request.objects, write_write_storage_object);
        body.end_object();
    });
    return answer;
}

} // namespace nakama
