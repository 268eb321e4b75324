// The scripted server of one socket label: it waits on a port of its own, and serves one connection at a
// time.
#pragma once

#include "flow_line.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <memory>

namespace nakama::test {

class flow_peer {
public:
    explicit flow_peer(asio::io_context& io)
        : door_{std::make_shared<door>(asio::ip::tcp::acceptor{io, {asio::ip::address_v4::loopback(), 0}})} {
        accept(door_);
    }
    ~flow_peer() {
        door_->acceptor.close();
        hang_up();
    }
    flow_peer(const flow_peer&) = delete;
    flow_peer& operator=(const flow_peer&) = delete;

    std::uint16_t port() const { return door_->acceptor.local_endpoint().port(); }

    /// The connection that the client has opened last; none before, and after hang_up().
    const std::shared_ptr<flow_line>& line() const { return door_->line; }

    void hang_up() {
        if (door_->line) door_->line->close();
        door_->line.reset();
    }

private:
    struct door {
        asio::ip::tcp::acceptor acceptor;
        std::shared_ptr<flow_line> line{};
    };

    static void accept(const std::shared_ptr<door>& door) {
        door->acceptor.async_accept([door](auto failed, asio::ip::tcp::socket socket) {
            if (failed) return;
            door->line = std::make_shared<flow_line>(std::move(socket));
            door->line->listen();
            accept(door);
        });
    }

    std::shared_ptr<door> door_;
};

} // namespace nakama::test
