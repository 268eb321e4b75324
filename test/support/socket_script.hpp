// A socket over real TCP whose server does exactly what a test says, frame by frame, on a clock that jumps.
#pragma once

#include "sandbox/socket/frames.hpp"
#include "spawned.hpp"
#include "tcp_script.hpp"
#include "virtual_run.hpp"

#include <nakama/client.hpp>
#include <nakama/socket.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::test {

/// The server's end of one WebSocket.
class frame_peer {
public:
    frame_peer(tcp_peer& below, clock& time, int number, std::vector<std::string>& heard)
        : below{below}, time{time}, number{number}, heard_{heard} {}

    /// Sends a text message.
    asio::awaitable<void> say(std::string_view message);
    /// Sends bytes as they are.
    asio::awaitable<void> send(std::string bytes) { return below.send(std::move(bytes)); }
    asio::awaitable<void> send_close(std::uint16_t code, std::string_view reason);

    /// What comes next; nothing once the client has gone.
    asio::awaitable<std::optional<sandbox::incoming>> next();
    /// The next text message; empty once the client has gone.
    asio::awaitable<std::string> hear();
    asio::awaitable<void> until_end();

    tcp_peer& below;
    clock& time;
    const int number; ///< of the connection, counted from 1

private:
    std::vector<std::string>& heard_;
    sandbox::frame_reader reader_{1 << 20};
    bool has_ended_ = false;
};

struct socket_script {
    using conversation = std::function<asio::awaitable<void>(frame_peer&)>;

    /// `talk` runs for each connection once its handshake is answered.
    explicit socket_script(conversation talk, socket_config config = {});

    void connect();
    template <class Done>
    void until(Done done) {
        run_until(io, *time, std::move(done));
    }
    void until_closed();
    void until_open();
    /// Until nothing is on its way any more, without moving the clock.
    void settle();

    asio::io_context io;
    std::shared_ptr<virtual_clock> time =
        std::make_shared<virtual_clock>(std::chrono::sys_days{std::chrono::year{2026} / 11 / 23});
    conversation talk;
    std::deque<int> refusals;       ///< statuses of the next handshakes
    bool is_spent = false;          ///< the session: it is not refreshed
    std::vector<std::string> asked; ///< over HTTP: "ws 101", "ws 101 renewed", "refresh"
    std::vector<std::string> heard; ///< over WebSocket: texts; "ping", "pong", "close 1000"; "fin", "reset"
    int lines = 0;                  ///< handshakes that were accepted
    tcp_script server;
    std::string first_token = token_for(std::chrono::hours{1}, "1");
    nakama::session session;
    client owner;
    std::optional<nakama::socket> socket;

    std::string states; ///< what on_state told: "away silence;connecting;"
    std::vector<close_info> closes;
    std::vector<resume_report> reports;
    std::vector<realtime_error> errors;

private:
    std::string token_for(std::chrono::seconds life, const std::string& id) const;
    asio::awaitable<void> serve(tcp_peer& below);
};

/// A message of the server as it goes over the line.
std::string text_frame(std::string_view message);

/// The cid of a request.
std::string cid_of(std::string_view message);

/// Of a coroutine without a result, that it has ended.
asio::awaitable<bool> ended(asio::awaitable<void> operation);

/// Comes back every second, and asks for nothing that was missed.
reconnect_policy every_second();

} // namespace nakama::test
