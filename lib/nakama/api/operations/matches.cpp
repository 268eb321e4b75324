// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/matches.hpp are called.
#include "call/start.hpp"
#include "wire/percent.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;
using wire::target;

static_assert(borrows<list_matches_request>);

asio::awaitable<match_list> operations::list_matches(
        const session& session, const list_matches_request& request, call_options options) const {
    static constexpr operation row{"list_matches", "GET", credentials::session, true};
    auto answer = call::start<match_list>(pipeline_, row, session, options, [&](call::request& out) {
        target to{"/v2/match"};
        to.query("limit", request.limit);
        to.query("authoritative", request.authoritative);
        to.query("label", request.label);
        to.query("min_size", request.min_size);
        to.query("max_size", request.max_size);
        to.query("query", request.query);
        out.target = to.take();
    });
    return answer;
}

} // namespace nakama
