// A transport without a network: answers come from a script. For tests, and as a model for other transports.
#pragma once

#include <nakama/error.hpp>
#include <nakama/transport.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama {

/// The other end of one scripted socket.
class NAKAMA_API scripted_line {
public:
    scripted_line();
    ~scripted_line();
    scripted_line(const scripted_line&) = delete;
    scripted_line& operator=(const scripted_line&) = delete;

    /// Before connecting: what connecting will do. Without any of these it succeeds.
    void refuse(error reason);
    void never_connect();

    /// A message from the server.
    void deliver(std::string message);
    /// The server closes with a close frame.
    void close_by_server(std::uint16_t code, std::string reason);
    /// The connection breaks.
    void cut(std::string reason);

    /// What the client has connected to; empty until it has.
    const std::string& target() const noexcept;
    const std::vector<std::pair<std::string, std::string>>& headers() const noexcept;
    /// What the client has sent so far.
    const std::vector<std::string>& sent() const noexcept;
    /// Completes with the message number `index`, counted from 0, once it has been sent.
    asio::awaitable<std::string> sent_message(std::size_t index);
    /// Whether the client has closed or cut the connection.
    bool ended_by_client() const noexcept;

private:
    friend class scripted_transport;
    struct state;
    std::shared_ptr<state> state_;
};

/// Answers requests in the order of the script, whoever makes them, and keeps them for inspection.
class NAKAMA_API scripted_transport final : public transport {
public:
    struct request {
        std::string method{};
        std::string target{};
        std::vector<std::pair<std::string, std::string>> headers{};
        std::string body{};

        /// The value of a header, empty if it was not sent.
        std::string_view header(std::string_view name) const noexcept;
    };

    scripted_transport();
    ~scripted_transport() override;

    /// The next answer.
    scripted_transport& answer(int status, std::string body, http_headers headers = {});
    /// The next request fails.
    scripted_transport& fail(error reason);
    /// The next request is never answered.
    scripted_transport& hang();

    /// The other end of the next socket.
    std::shared_ptr<scripted_line> next_line();

    const std::vector<request>& requests() const noexcept;
    /// How many requests wait for an answer that never comes.
    std::size_t hanging() const noexcept;

    asio::awaitable<http_response> send(http_request sent) override;
    std::unique_ptr<websocket> make_websocket() override;

private:
    struct state;
    std::shared_ptr<state> state_;
};

} // namespace nakama
