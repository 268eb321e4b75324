// A socket's inside: one reader, one writer, the requests under way.
#pragma once

#include "call/pipeline.hpp"
#include "call/scope.hpp"
#include "envelope.hpp"
#include "event_hub.hpp"
#include "request_table.hpp"

#include <nakama/close_info.hpp>
#include <nakama/socket.hpp>
#include <nakama/transport.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nakama::realtime {

/// A message to the server, encoded.
struct frame {
    std::string_view operation{}; ///< "match_create"
    std::string cid{};            ///< empty if no answer comes
    std::string text{};
    call_options options{};
};

/// Outlives its socket until what it has under way has ended.
class connection : public std::enable_shared_from_this<connection> {
public:
    connection(const call::pipeline& pipeline, const socket_config& config);

    asio::awaitable<void> connect(session session, std::string target, std::chrono::milliseconds timeout);
    asio::awaitable<void> close();

    /// Sends a request and completes with its answer. Throws the refusal if that is the answer.
    asio::awaitable<envelope> request(frame frame);
    /// Completes when the frame is queued for sending.
    asio::awaitable<void> send(frame frame);

    /// The socket is gone: cuts the connection, fails what waits, calls nobody any more.
    void abandon() noexcept;

    bool is_open() const noexcept { return state_ == state::open; }
    /// Whether there was a connection and there is none now.
    bool has_ended() const noexcept { return state_ == state::idle && last_close_; }
    const std::optional<close_info>& last_close() const noexcept { return last_close_; }
    const socket_config& configuration() const noexcept { return config_; }
    const std::string& path_prefix() const noexcept { return path_prefix_; }

    request_table requests;
    std::shared_ptr<event_hub> events;

private:
    struct waiting_sender;
    enum class state : std::uint8_t { idle, connecting, open, closing };

    asio::awaitable<void> dial(const std::shared_ptr<call::session_state>& session, std::string target,
                               clock::time_point deadline);
    asio::awaitable<void> read(std::shared_ptr<websocket> line);
    asio::awaitable<void> write(std::shared_ptr<websocket> line);
    asio::awaitable<envelope> exchange(frame frame);
    asio::awaitable<void> enqueue(frame frame, clock::time_point deadline);
    void admit();
    void fail_senders();
    asio::awaitable<void> say_goodbye(std::shared_ptr<websocket> line);

    void dispatch(const std::string& text);
    void ended(const std::shared_ptr<websocket>& line, close_info why);

    asio::any_io_executor executor_;
    std::string path_prefix_;
    std::vector<std::pair<std::string, std::string>> headers_; // further ones of the handshake
    socket_config config_;
    std::shared_ptr<transport> transport_;
    std::shared_ptr<clock> clock_;
    std::shared_ptr<observer> observer_;
    std::shared_ptr<call::scope> scope_;
    std::shared_ptr<call::session_keeper> keeper_;

    state state_ = state::idle;
    std::shared_ptr<websocket> line_; // of the present connection
    std::optional<close_info> last_close_;
    bool closed_by_us_ = false;
    unsigned connects_ = 0; // how often connect() was called

    std::vector<std::string> outbox_;
    std::deque<waiting_sender*> senders_; // for whose message the outbox has no room yet, in their order
    net::event outgoing_;                 // set when the outbox has something, or the connection has ended
    net::event flushed_;                  // set while there is nothing to be sent
    net::event over_;                     // set while there is no connection
};

} // namespace nakama::realtime
