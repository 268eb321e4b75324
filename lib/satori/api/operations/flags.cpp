// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/flags.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::target;

static_assert(nakama::borrows<get_flags_request>);
static_assert(nakama::borrows<get_flag_overrides_request>);

asio::awaitable<flag_list> operations::get_flags(
        const session& session, const get_flags_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_flags", "GET", credentials::session, true};
    auto answer = call::start<flag_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/flag"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<flag_list> operations::get_flags_without_session(
        const get_flags_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_flags_without_session", "GET", credentials::server_key, true};
    auto answer = call::start<flag_list>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v1/flag"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<flag_override_list> operations::get_flag_overrides(
        const session& session, const get_flag_overrides_request& request,
        nakama::call_options options) const {
    static constexpr operation row{"get_flag_overrides", "GET", credentials::session, true};
    auto answer = call::start<flag_override_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/flag/override"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        out.target = to.take();
    });
    return answer;
}

asio::awaitable<flag_override_list> operations::get_flag_overrides_without_session(
        const get_flag_overrides_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_flag_overrides_without_session", "GET", credentials::server_key, true};
    auto answer = call::start<flag_override_list>(pipeline_, row, options, [&](call::request& out) {
        target to{"/v1/flag/override"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        out.target = to.take();
    });
    return answer;
}

} // namespace satori
