// One HTTP/1.1 connection.
#pragma once

#include "stream.hpp"

#include <nakama/transport.hpp>

#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace nakama::net {

/// Sends a request and reads its answer, one after the other.
class http_connection {
public:
    http_connection(std::unique_ptr<stream> stream, std::size_t response_limit);

    /// How far an exchange had got when it failed.
    struct progress {
        bool sent = false;     ///< at least a byte of the request had left
        bool answered = false; ///< at least a byte of the answer had come
    };

    /// `text` is the request as it goes over the wire. Throws nakama::error: connection_lost,
    /// malformed_answer, message_too_large. Cancelled, it throws boost::system::system_error with
    /// asio::error::operation_aborted.
    asio::awaitable<http_response> exchange(const std::string& text, progress& reached);

    /// Whether the last exchange was read to its end and the server means to keep the connection.
    bool is_complete() const noexcept { return complete_; }
    /// Whether another exchange may follow: besides, nothing has come since, such as the end.
    bool is_reusable() noexcept { return complete_ && stream_->is_idle(); }

private:
    std::unique_ptr<stream> stream_;
    std::size_t response_limit_;
    bool complete_ = true;
    std::string buffer_; // kept from one exchange to the next for its room
};

} // namespace nakama::net
