// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/matchmaker.hpp are called.
#include "call/start.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;

asio::awaitable<matchmaker_stats> operations::get_matchmaker_stats(
        const session& session, call_options options) const {
    static constexpr operation row{"get_matchmaker_stats", "GET", credentials::session, true};
    auto answer = call::start<matchmaker_stats>(pipeline_, row, session, options, [&](call::request& out) {
        out.target = "/v2/matchmaker/stats";
    });
    return answer;
}

} // namespace nakama
