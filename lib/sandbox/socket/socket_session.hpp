// One realtime socket: the connection under a peer.
#pragma once

#include "sandbox/socket/frames.hpp"
#include "sandbox/world.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// Runs from the handshake's answer to the end of the connection. Kept alive by its two coroutines alone.
class socket_session final : public peer,
                             public connection,
                             public std::enable_shared_from_this<socket_session> {
public:
    using tcp = asio::ip::tcp;

    socket_session(std::shared_ptr<world> world, tcp::socket socket, const wire::jwt_claims& claims,
                   std::string lang);
    ~socket_session() override;

    /// Sends `greeting`, the handshake's answer, and takes part; `first_bytes` were read behind the
    /// handshake.
    static asio::awaitable<void> run(std::shared_ptr<socket_session> self, std::string greeting,
                                     std::string first_bytes, bool appear_online);

    void send(std::string text) override;
    void disconnect(std::string reason) override;
    void cut() noexcept override;

private:
    enum class state {
        open,
        closing,  ///< the server closes: the client's close frame ends it, or the client's time runs out
        draining, ///< what is queued goes out, then the end of the stream; what comes in is thrown away
        deaf,     ///< what is queued goes out, nothing is read
        over,
    };

    asio::awaitable<void> read();
    static asio::awaitable<void> write(std::shared_ptr<socket_session> self);
    asio::awaitable<bool> write_now(std::string bytes);
    void write_some();

    void handle(const incoming& frame);
    void handle_text(const std::string& text);
    void count_message();
    void rest();
    void end(state next, std::uint16_t code, std::string_view reason);
    void leave();
    void queue(std::string bytes);
    std::string timeout_reason() const;

    std::shared_ptr<world> world_;
    tcp::socket socket_;
    frame_reader reader_;
    state state_ = state::open;
    bool present_ = false; // in the world
    bool blocked_ = false; // the client does not read what we write
    bool slow_ = false;    // and is dropped for it
    int messages_until_rest_;
    std::deque<std::string> waiting_;
    asio::steady_timer something_to_write_; // never rings: cancelled to wake the writer
    asio::steady_timer over_;               // never rings: cancelled when all is over
    std::unique_ptr<alarm> ping_alarm_;
    std::unique_ptr<alarm> patience_; // with a pong that is due, then with the end
};

} // namespace nakama::sandbox
