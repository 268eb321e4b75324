// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/parties.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::target;

static_assert(borrows<list_parties_request>);

asio::awaitable<party_list> operations::list_parties(
        const session& session, const list_parties_request& request, call_options options) const {
    static constexpr operation row{"list_parties", "GET", credentials::session, true};
    auto answer = call::start<party_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/party"};
        to.query("limit", request.limit);
        to.query("open", request.open);
        to.query("query", request.query);
        to.query("cursor", request.cursor);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
