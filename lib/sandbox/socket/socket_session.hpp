// One realtime socket: the connection under a peer.
#pragma once

#include "sandbox/faults/envelope_head.hpp"
#include "sandbox/faults/frame_lanes.hpp"
#include "sandbox/net/line.hpp"
#include "sandbox/socket/frames.hpp"
#include "sandbox/socket/realtime.hpp"
#include "sandbox/world.hpp"

#include <boost/asio/awaitable.hpp>
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
    socket_session(std::shared_ptr<world> world, line line, const wire::jwt_claims& claims, std::string lang);
    ~socket_session() override;

    /// Sends `greeting`, the handshake's answer, and takes part; `first_bytes` were read behind the
    /// handshake. `way` befalls the greeting and the socket.
    static asio::awaitable<void> run(std::shared_ptr<socket_session> self, std::string greeting,
                                     std::string first_bytes, bool appear_online, fault way);

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

    /// What waits to be written; `way` if something is wrong with that.
    struct outgoing {
        std::string bytes{};
        std::shared_ptr<const fault> way{};
    };

    asio::awaitable<void> read();
    static asio::awaitable<void> write(std::shared_ptr<socket_session> self);

    bool has_room();

    void handle(const incoming& frame);
    void handle_text(const std::string& text);
    void count_message();
    void rest();
    void end(state next, std::uint16_t code, std::string_view reason);
    void leave();
    void queue(std::string bytes);
    std::string timeout_reason() const;

    // What faults on order do, in socket_faults.cpp.
    verdict handle_faulty(const std::string& text);
    verdict befall(const std::string& text, const envelope_head& head, const fault& fault);
    void finish_answer();
    void send_faulty(const std::string& text);
    void send_late(outgoing frame, bool is_answer);
    void let_pass();
    void queue(outgoing frame);
    void stop(const fault& fault);
    [[nodiscard]] bool is_faulty() const;

    std::shared_ptr<world> world_;
    line line_;
    frame_reader reader_;
    state state_ = state::open;
    bool present_ = false; // in the world
    bool writing_ = false; // something that is no longer among what waits
    bool slow_ = false;    // and is dropped for not reading
    int messages_until_rest_;
    std::deque<outgoing> waiting_;
    asio::steady_timer something_to_write_; // never rings: cancelled to wake the writer
    asio::steady_timer over_;               // never rings: cancelled when all is over
    std::unique_ptr<alarm> ping_alarm_;
    std::unique_ptr<alarm> patience_; // with a pong that is due, then with the end

    bool reads_ = true;
    bool answers_pings_ = true;
    bool pings_ = true;
    std::shared_ptr<const fault> answering_; // what befalls the answer to the message that is being handled
    std::string answering_cid_;
    bool answered_ = false; // that message
    frame_lanes<outgoing> late_;
    std::unique_ptr<alarm> late_alarm_; // set while something is late
};

} // namespace nakama::sandbox
