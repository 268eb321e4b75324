// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/nakama/api/server.hpp are called.
#include "call/start.hpp"

#include <nakama/api/operations.hpp>

namespace nakama {

using call::credentials;
using call::operation;

asio::awaitable<void> operations::healthcheck(call_options options) const {
    static constexpr operation row{"healthcheck", "GET", credentials::none, true};
    auto answer = call::start<call::nothing>(pipeline_, row, options, [&](call::request& out) {
        out.target = "/healthcheck";
    });
    return call::done(std::move(answer));
}

} // namespace nakama
