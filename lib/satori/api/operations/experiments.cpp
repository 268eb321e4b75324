// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/experiments.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;
using nakama::wire::target;

static_assert(nakama::borrows<get_experiments_request>);

asio::awaitable<experiment_list> operations::get_experiments(
        const session& session, const get_experiments_request& request, nakama::call_options options) const {
    static constexpr operation row{"get_experiments", "GET", credentials::session, true};
    auto answer = call::start<experiment_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v1/experiment"};
        to.query("names", request.names);
        to.query("labels", request.labels);
        out.target = to.take();
    });
    return answer;
}

} // namespace satori
