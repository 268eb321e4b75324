// A way to a server that breaks where a test says.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>

namespace nakama::test {

namespace asio = boost::asio;

/// What befalls one connection.
struct relay_fault {
    enum class kind : std::uint8_t {
        close,   ///< both ends are closed
        reset,   ///< both ends see a reset
        silence, ///< nothing is passed on any more, in both directions
    };
    kind how = kind::close;
    std::optional<std::size_t> after_request{}; ///< once so many bytes have come from the client
    std::optional<std::size_t> after_answer{};  ///< once so many bytes have come from the server
};

/// Listens on a free port of this machine and passes on what comes to another port of it.
class relay {
public:
    relay(asio::io_context& io, std::uint16_t target);

    std::uint16_t port() const;
    int connections() const noexcept;
    std::size_t request_bytes() const noexcept; ///< from clients, on all connections
    std::size_t answer_bytes() const noexcept;  ///< from the server

    /// For the next connection that has none yet.
    void add_fault(relay_fault fault);

    /// Befalls every connection that there is.
    void strike(relay_fault::kind how);

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace nakama::test
