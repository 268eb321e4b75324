// The server that integration tests talk to: a sandbox of their own, or a real one.
#pragma once

#include "co_test.hpp"

#include <nakama/client.hpp>
#include <nakama/sandbox/server.hpp>
#include <nakama/socket.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::test {

/// With NAKAMA_LIVE=host:port in the environment it is the server there (NAKAMA_LIVE_KEY its server key),
/// else a sandbox on the test's own context.
class test_server {
public:
    explicit test_server(asio::io_context& io, sandbox::server_config config = {});

    bool is_live() const noexcept { return !sandbox_; }
    sandbox::server& sandbox() { return sandbox_.value(); }

    const std::string& host() const noexcept { return host_; }
    std::uint16_t port() const noexcept { return port_; }

    /// For a client of this server.
    client_config config() const;
    client make_client() const { return client{io_.get_executor(), config()}; }

    /// Text that no other run of the test has used: a real server remembers.
    std::string unique(std::string_view prefix) const;

private:
    asio::io_context& io_;
    std::optional<sandbox::server> sandbox_;
    std::string host_ = "127.0.0.1";
    std::uint16_t port_ = 0;
    std::string server_key_ = "defaultkey";
};

/// How long to wait for what must come: long on a live server, whose matchmaker runs every 15 s.
inline constexpr std::chrono::seconds patience{40};

} // namespace nakama::test
