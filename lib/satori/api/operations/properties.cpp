// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/properties.hpp are called.
#include "call/start.hpp"
#include "wire/json_writer.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::json_writer;

static_assert(nakama::borrows<update_properties_request>);

asio::awaitable<properties> operations::list_properties(
        const session& session, nakama::call_options options) const {
    static constexpr operation row{"list_properties", "GET", credentials::session, true};
    auto answer = call::start<properties>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/properties";
    });
    return answer;
}

asio::awaitable<void> operations::update_properties(
        const session& session, const update_properties_request& request,
        nakama::call_options options) const {
    static constexpr operation row{"update_properties", "PUT", credentials::session, true};
    auto answer = call::start<call::nothing>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v1/properties";
        json_writer body{out.body};
        body.begin_object();
        body.member("recompute", request.recompute);
        body.member("default", request.default_);
        body.member("custom", request.custom);
        body.end_object();
    });
    return call::done(std::move(answer));
}

} // namespace satori
