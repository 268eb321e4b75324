// Generated from gen/api by nakama-gen; not to be edited.
// How the operations of include/satori/api/server.hpp are called.
#include "call/start.hpp"

#include <satori/api/operations.hpp>

namespace satori {

namespace call = nakama::call;

using nakama::call::credentials;
using nakama::call::operation;

asio::awaitable<void> operations::healthcheck(nakama::call_options options) const {
    static constexpr operation row{"healthcheck", "GET", credentials::none, true};
    auto answer = call::start<call::nothing>(pipeline_, row, options, [&](call::request& out) {
        out.target = "/healthcheck";
    });
    return call::done(std::move(answer));
}

asio::awaitable<void> operations::readycheck(nakama::call_options options) const {
    static constexpr operation row{"readycheck", "GET", credentials::none, true};
    auto answer = call::start<call::nothing>(pipeline_, row, options, [&](call::request& out) {
        out.target = "/readycheck";
    });
    return call::done(std::move(answer));
}

} // namespace satori
