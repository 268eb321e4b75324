// A client on a scripted transport and a virtual clock.
#pragma once

#include "co_test.hpp"
#include "failure.hpp"

#include <nakama/client.hpp>
#include <nakama/scripted_transport.hpp>
#include <nakama/socket.hpp>

#include <memory>
#include <optional>
#include <string>

namespace nakama::test {

inline const std::string some_token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                                      "eyJ1aWQiOiI1MjJkMGI5MS00NmQzLTRjY2ItYmIwYS0wNTFjYjUyOGNhMDMiLCJ1c24iOi"
                                      "Jicml0emwiLCJleHAiOjE2NjE1OTA5Nzl9."
                                      "r3h4QraXsXl-XmGQueYecjeb6223vtd1s-Ak1K_FrGM";

struct scripted_world {
    asio::io_context io;
    std::shared_ptr<virtual_clock> time = std::make_shared<virtual_clock>();
    std::shared_ptr<scripted_transport> script = std::make_shared<scripted_transport>();
    nakama::session session{some_token, some_token};

    client_config config() const {
        client_config result;
        result.transport = script;
        result.clock = time;
        result.seed = 1;
        return result;
    }

    client make_client() { return client{io.get_executor(), config()}; }

    void run(asio::awaitable<void> body) { test::run(io, *time, std::move(body)); }
};

/// A connected socket and the other end of its line.
struct socket_world : scripted_world {
    client owner = make_client();
    std::shared_ptr<scripted_line> line = script->next_line();
    std::optional<nakama::socket> socket;

    /// Without heartbeat, so that time moves only for what a test is about.
    explicit socket_world(socket_config config = {.heartbeat = {.interval = std::chrono::milliseconds{0}}})
        : socket{owner.create_socket(config)} {}

    void connect(connect_options options = {}) { run(socket->connect(session, options)); }

    void deliver(std::string message) {
        line->deliver(std::move(message));
        settle(io);
    }
};

} // namespace nakama::test
