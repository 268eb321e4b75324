// A transport that can answer without setting anything up first.
#pragma once

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <optional>

namespace nakama::net {

/// What most requests need is a connection that waits for the next one. For these a transport may offer a way
/// that takes no coroutine of its caller's to cancel and none of its own.
class ready_transport : public transport {
public:
    /// Sends over an idle connection, as send() does. Completes with nothing if there is none, if others wait
    /// for one, or if it turned out to be dead in a way that does no harm: then it is send()'s turn.
    /// Emitting `abort`, which has to be there until it has completed, ends it with
    /// boost::system::system_error of asio::error::operation_aborted; the coroutine's own cancellation does
    /// not. The request is looked at when this is called; what it refers to lives until it has completed.
    virtual asio::awaitable<std::optional<http_response>> send_if_ready(http_request request,
                                                                        asio::cancellation_slot abort) = 0;
};

} // namespace nakama::net
