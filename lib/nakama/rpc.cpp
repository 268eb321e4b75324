// Calls of the server's functions: what the API's description cannot say of them.
#include "call/start.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/client.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::json_writer;
using wire::target;

static_assert(borrows<rpc_get_request>);

namespace {

constexpr operation by_session{"rpc", "POST", credentials::session, false};
constexpr operation by_key{"rpc", "POST", credentials::http_key, false};
constexpr operation get_by_session{"rpc_get", "GET", credentials::session, true};
constexpr operation get_by_key{"rpc_get", "GET", credentials::http_key, true};

call::encoder wrapped(const rpc_request& request) {
    return [&request](call::request& out) {
        out.target = target{"/v2/rpc"}.segment("id", request.id).take();
        json_writer{out.body}.value(request.payload);
    };
}

call::encoder unwrapped(const rpc_request& request) {
    return [&request](call::request& out) {
        out.target = target{"/v2/rpc"}.segment("id", request.id).path("?unwrap").take();
        out.body = request.payload;
    };
}

call::encoder without_payload(const rpc_get_request& request) {
    return [&request](call::request& out) {
        target to{"/v2/rpc"};
        to.segment("id", request.id);
        for (const auto& [name, value] : request.query) {
            if (name == "http_key" || name == "unwrap")
                throw error{errc::invalid_argument, "\"" + std::string{name} +
                                                        "\" has a meaning of its own: use "
                                                        "the overload that takes a key, or rpc_unwrap"};
            to.parameter(name, value);
        }
        out.target = to.take();
    };
}

call::encoder with_key(http_key key, call::encoder encode) {
    return [key, encode = std::move(encode)](call::request& out) {
        if (key.text.empty()) throw error{errc::invalid_argument, "the http_key is empty"};
        out.http_key = key.text;
        encode(out);
    };
}

asio::awaitable<rpc> raw(std::shared_ptr<call::pipeline> pipeline, std::string id, call::prepared call) {
    rpc result{.id = std::move(id)};
    auto answer = co_await call::carry_out(std::move(pipeline), std::move(call));
    result.payload = std::move(answer.body);
    co_return result;
}

} // namespace

asio::awaitable<rpc> client::rpc(const session& session, const rpc_request& request,
                                 call_options options) const {
    return call::start<nakama::rpc>(pipeline_, by_session, session, options, wrapped(request));
}

asio::awaitable<rpc> client::rpc(http_key key, const rpc_request& request, call_options options) const {
    return call::start<nakama::rpc>(pipeline_, by_key, options, with_key(key, wrapped(request)));
}

asio::awaitable<rpc> client::rpc_unwrap(const session& session, const rpc_request& request,
                                        call_options options) const {
    return raw(pipeline_, std::string{request.id},
               call::prepare(pipeline_, by_session, call::session_access::state(session), options,
                             unwrapped(request)));
}

asio::awaitable<rpc> client::rpc_unwrap(http_key key, const rpc_request& request,
                                        call_options options) const {
    return raw(pipeline_, std::string{request.id},
               call::prepare(pipeline_, by_key, options, with_key(key, unwrapped(request))));
}

asio::awaitable<rpc> client::rpc_get(const session& session, const rpc_get_request& request,
                                     call_options options) const {
    return call::start<nakama::rpc>(pipeline_, get_by_session, session, options, without_payload(request));
}

asio::awaitable<rpc> client::rpc_get(http_key key, const rpc_get_request& request,
                                     call_options options) const {
    return call::start<nakama::rpc>(pipeline_, get_by_key, options, with_key(key, without_payload(request)));
}

} // namespace nakama
