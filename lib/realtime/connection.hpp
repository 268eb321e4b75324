// A socket's inside: dials, reads, writes, looks after the connection, and comes back.
#pragma once

#include "call/pipeline.hpp"
#include "call/scope.hpp"
#include "catch_up.hpp"
#include "closing.hpp"
#include "envelope.hpp"
#include "event_hub.hpp"
#include "heartbeat.hpp"
#include "incoming_rate.hpp"
#include "outbox.hpp"
#include "reconnecting.hpp"
#include "request_table.hpp"
#include "standing.hpp"

#include <nakama/close_info.hpp>
#include <nakama/socket.hpp>
#include <nakama/transport.hpp>

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace nakama::realtime {

/// A message to the server, encoded.
struct frame {
    std::string_view operation{}; ///< "match_create"
    std::string cid{};            ///< empty if no answer comes
    std::string text{};
    call_options options{};
};

/// Where to connect to.
struct destination {
    std::string target{};        ///< path and query
    bool token_in_query = false; ///< instead of in a header
    std::chrono::milliseconds timeout{};
};

/// Outlives its socket until what it has under way has ended.
class connection : public std::enable_shared_from_this<connection> {
public:
    connection(call::pipeline& pipeline, const socket_config& config, std::shared_ptr<history> past);

    asio::awaitable<void> connect(session session, destination to);
    asio::awaitable<void> close();

    /// Sends a request and completes when `answer` is there. Throws the refusal if that is the answer.
    asio::awaitable<void> request(frame frame, envelope& answer);
    /// Completes when the frame is queued for sending.
    asio::awaitable<void> send(frame frame);
    /// Queues a frame if that needs no waiting, and sets `is_queued`, if given; false leaves it to send().
    bool send_at_once(frame& frame, bool* is_queued = nullptr);

    /// Runs what belongs to the socket within a time limit, in the name of `operation`.
    asio::awaitable<void> run(std::string_view operation, asio::awaitable<void> what,
                              std::chrono::milliseconds timeout);

    /// The socket is gone: cuts the connection, fails what waits, calls nobody any more.
    void abandon() noexcept;

    bool is_open() const noexcept { return phase_ == phase::open; }
    /// Whether there was a connection and there is none now.
    bool has_ended() const noexcept { return phase_ == phase::idle && last_close_; }
    const std::optional<close_info>& last_close() const noexcept { return last_close_; }
    const socket_state& state() const noexcept { return state_; }
    const round_trip_times& round_trips() const noexcept { return round_trips_; }
    const socket_config& configuration() const noexcept { return config_; }
    const std::string& path_prefix() const noexcept { return path_prefix_; }
    const asio::any_io_executor& executor() const noexcept { return executor_; }

    request_table requests;
    std::shared_ptr<event_hub> events;
    std::string scratch; // where messages are written, for its memory: each is then copied in one piece

private:
    enum class phase : std::uint8_t {
        idle,
        connecting, // for the first time
        open,
        away,     // lost, waiting or dialling
        resuming, // connected again
        closing,
    };
    using line_ptr = std::shared_ptr<websocket>;

    // One connection.
    asio::awaitable<void> open_line(clock::time_point deadline);
    asio::awaitable<void> dial(std::string token, clock::time_point deadline);
    void check_dialling(unsigned dial) const;
    void run_line();
    asio::awaitable<void> read(line_ptr line);
    asio::awaitable<void> pause(bool is_fast);
    asio::awaitable<void> next_turn();
    asio::awaitable<void> write(line_ptr line);
    void look_after(heartbeat::step step);
    void look();
    void ping();
    void add_round_trip(clock::time_point sent);
    asio::awaitable<void> say_goodbye(line_ptr line);
    void lost(const line_ptr& line, std::optional<error> failure);
    void ended(const line_ptr& line, close_info why);
    void finish(close_info why);

    // What comes.
    bool dispatch(std::string_view text);
    template <class Event>
    void take(const Event& event);
    void note(const notifications& some);

    // What goes.
    asio::awaitable<void> exchange(frame frame, envelope& answer, bool urgent);
    asio::awaitable<void> enqueue(frame frame, clock::time_point deadline, bool urgent, bool* is_queued);
    void flush();
    void check_size(const frame& frame) const;
    void check_open(const frame& frame) const;

    // Coming back (coming_back.cpp).
    void come_back_from(close_info why);
    asio::awaitable<void> come_back();
    bool has_left_off(unsigned life);
    bool has_left_off_dialling(unsigned life);
    asio::awaitable<void> resume(resume_report& report);
    asio::awaitable<void> take_up(resumption what, resume_report& report);
    asio::awaitable<void> enter_party(const resumption& what, resume_report& report);
    asio::awaitable<envelope> ask_again(const resumption& what);
    asio::awaitable<bool> answers_ping(line_ptr line);
    asio::awaitable<void> deliver_missed(resume_report& report);
    void lose(resume_report& report, const resumption& what, const error& why);
    void forget_places();
    void remember(const std::string& operation, const std::string& sent, const envelope& answer);
    template <class Event>
    bool hold_back(const Event& event);
    void release_backlog();
    void keep_up(const channel_message& message);
    void keep_up(const notifications& some);
    void mark(std::string channel_id);
    void mark_notifications();
    void tell(socket_state state);
    bool is_coming_back() const noexcept { return phase_ == phase::away || phase_ == phase::resuming; }

    asio::any_io_executor executor_;
    std::string path_prefix_;
    std::vector<std::pair<std::string, std::string>> headers_; // further ones of the handshake
    socket_config config_;
    std::shared_ptr<transport> transport_;
    std::shared_ptr<clock> clock_;
    std::shared_ptr<observer> observer_;
    std::shared_ptr<call::scope> scope_;
    std::shared_ptr<call::session_keeper> keeper_;

    phase phase_ = phase::idle;
    socket_state state_;
    unsigned dials_ = 0; // how often dialling began or was cut short
    std::shared_ptr<call::session_state> session_;
    destination destination_;
    line_ptr line_; // of the present connection
    clock::time_point opened_{};
    bool closed_here_ = false;
    std::optional<close_info> last_close_;
    std::shared_ptr<net::event> over_; // set when this life of the socket has ended; none before the first

    outbox outbox_;

    envelope incoming_; // kept from one message to the next for its memory
    std::string unknown_kind_;
    std::uint64_t messages_ = 0;
    bool is_held_up_ = false; // the reader waits for those who take what has come
    std::optional<clock::time_point> held_up_until_;
    incoming_rate rate_;
    std::optional<notification> notice_;

    heartbeat heartbeat_;
    std::unique_ptr<alarm> alarm_; // of the heartbeat
    std::string ping_cid_;         // of the heartbeat's ping under way
    clock::time_point ping_sent_{};
    bool is_silent_ = false; // the connection was given up by us for that
    round_trip_times round_trips_;

    // Only with a reconnect policy.
    struct comeback {
        comeback(const reconnect_policy& policy, std::uint64_t seed, std::shared_ptr<history> past,
                 std::chrono::milliseconds timeout, std::shared_ptr<call::scope> resuming)
            : machine{policy}, random{seed}, missed{std::move(past), timeout}, steps{std::move(resuming)} {}

        /// The socket was connected by hand: nothing of before counts.
        void start_anew(const reconnect_policy& policy) {
            machine = reconnecting{policy};
            places.clear();
            lost_tickets.clear();
            missed.clear();
            unanswered.clear();
        }

        reconnecting machine;
        std::mt19937_64 random;
        standing places;
        std::vector<standing::ticket> lost_tickets;
        catch_up missed;
        std::shared_ptr<call::scope> steps; // what is under way to resume
        close_info why;                     // of the latest loss
        std::string unanswered;             // the step at which the line before fell silent
        /// What came while the missed was being asked for.
        std::optional<std::deque<std::variant<channel_message, notifications>>> backlog;
    };
    std::unique_ptr<comeback> comeback_;
};

} // namespace nakama::realtime
