#include "sandbox/socket/socket_session.hpp"

#include "sandbox/http/authorisation.hpp"
#include "sandbox/socket/realtime.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace nakama::sandbox {
namespace {

// The real server's defaults.
constexpr std::chrono::seconds close_wait{2};
constexpr int messages_per_rest = 20;

constexpr std::uint16_t normal = 1000;
constexpr std::uint16_t protocol_error = 1002;
constexpr std::uint16_t too_big = 1009;

using boost::system::error_code;

} // namespace

socket_session::socket_session(std::shared_ptr<world> world, line line, const wire::jwt_claims& claims,
                               std::string lang)
    : peer{world->ids.session_id(), claims.uid, claims.usn}, world_{std::move(world)}, line_{std::move(line)},
      reader_{world_->config.max_message_bytes}, messages_until_rest_{messages_per_rest},
      something_to_write_{line_.get_executor(), asio::steady_timer::time_point::max()},
      over_{line_.get_executor(), asio::steady_timer::time_point::max()},
      ping_alarm_{world_->clock->make_alarm(line_.get_executor())},
      patience_{world_->clock->make_alarm(line_.get_executor())} {
    world_->connections.insert(this);
    rpc_context caller = context_of(claims);
    caller.lang = std::move(lang);
    if (const auto client = line_.client()) {
        caller.client_ip = client->address().to_string();
        caller.client_port = std::to_string(client->port());
    }
    introduce(std::move(caller));
}

socket_session::~socket_session() {
    world_->connections.erase(this);
    // When the io_context goes there is nobody left to tell.
    forget_socket(*world_, *this);
}

asio::awaitable<void> socket_session::run(std::shared_ptr<socket_session> self, std::string greeting,
                                          std::string first_bytes, bool appear_online, fault way) {
    if (way.duplicate) greeting += greeting;
    self->waiting_.push_back(
        {std::move(greeting), way == fault{} ? nullptr : std::make_shared<const fault>(way)});
    asio::co_spawn(self->line_.get_executor(), write(self), asio::detached);
    // However this ends: a socket that nobody reads from must not stay in the world.
    struct end_of_reading {
        socket_session& socket;
        ~end_of_reading() { socket.cut(); }
    } const end{*self};
    self->present_ = true;
    open_socket(*self->world_, *self, appear_online);
    self->rest();
    self->stop(way);
    self->reader_.feed(first_bytes);
    co_await self->read();
}

/// Until the connection or the interest in it ends.
asio::awaitable<void> socket_session::read() {
    const auto executor = line_.get_executor();
    error_code failed;
    for (;;) {
        while (reads_ && (state_ == state::open || state_ == state::closing)) {
            const auto frame = reader_.next();
            if (!frame) break;
            handle(*frame);
            if (auto work = take_work()) co_await std::move(*work);
            if (answering_) finish_answer();
            // Lets the writers keep up with a reader that finds many messages in one go.
            co_await asio::post(executor, asio::use_awaitable);
        }
        if (state_ == state::over) co_return;
        if (state_ == state::deaf || !reads_) {
            co_await over_.async_wait(asio::redirect_error(asio::use_awaitable, failed));
            continue;
        }
        const std::string_view came = co_await line_.read();
        if (came.empty()) co_return;
        if (state_ != state::draining) reader_.feed(came);
    }
}

asio::awaitable<void> socket_session::write(std::shared_ptr<socket_session> self) {
    while (self->state_ != state::over) {
        if (!self->waiting_.empty()) {
            if (self->waiting_.front().way) {
                const outgoing one = std::move(self->waiting_.front());
                self->waiting_.pop_front();
                self->writing_ = true;
                const bool written =
                    co_await self->line_.write(one.bytes, outflow{*one.way, one.bytes.size()});
                self->writing_ = false;
                if (!written) self->cut();
                else if (one.way->close_code)
                    self->end(state::closing, *one.way->close_code, one.way->close_reason);
                continue;
            }
            std::string bytes;
            while (!self->waiting_.empty() && !self->waiting_.front().way && bytes.size() < 65536) {
                bytes += self->waiting_.front().bytes;
                self->waiting_.pop_front();
            }
            self->writing_ = true;
            const bool written = co_await self->line_.write(bytes);
            self->writing_ = false;
            // Otherwise reading finds the end as well.
            if (!written && (!self->reads_ || self->state_ == state::deaf)) self->cut();
            if (!written) co_return;
            continue;
        }
        error_code ignored;
        if (self->state_ == state::draining) {
            self->line_.finish();
            co_return;
        }
        self->something_to_write_.expires_at(asio::steady_timer::time_point::max());
        co_await self->something_to_write_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
    }
}

void socket_session::handle(const incoming& frame) {
    using type = incoming::type;
    std::string bytes;
    if (state_ == state::closing && frame.what != type::closing) {
        // What cannot be read stays where it is, and so does what is behind it.
        if (frame.what == type::violation || frame.what == type::too_large) state_ = state::deaf;
        return;
    }
    switch (frame.what) {
    case type::text:
        count_message();
        handle_text(frame.payload);
        break;
    case type::binary:
        end(state::deaf, normal, "received unexpected WebSocket message type");
        break;
    case type::ping:
        if (!answers_pings_) break;
        append_frame(bytes, opcode::pong, frame.payload);
        queue(std::move(bytes));
        break;
    case type::pong:
        rest();
        break;
    case type::closing:
        if (state_ == state::closing) {
            state_ = state::draining;
            something_to_write_.cancel();
        } else {
            end(state::draining, frame.code, {}); // the same code comes back
        }
        break;
    case type::violation:
        end(state::draining, protocol_error, frame.payload);
        break;
    case type::too_large:
        end(state::draining, too_big, {});
        break;
    }
}

void socket_session::handle_text(const std::string& text) {
    switch (is_faulty() ? handle_faulty(text) : handle_message(*world_, *this, text)) {
    case verdict::go_on:
        break;
    case verdict::malformed:
        end(state::deaf, normal, "received malformed payload");
        break;
    case verdict::unprocessable:
        end(state::deaf, normal, "error processing message");
        break;
    case verdict::deaf:
        if (state_ != state::open) break;
        state_ = state::deaf;
        patience_->cancel();
        break;
    }
}

void socket_session::count_message() {
    if (--messages_until_rest_ > 0) return;
    messages_until_rest_ = messages_per_rest;
    rest();
}

/// Puts off the next ping, and the end of patience.
void socket_session::rest() {
    if (state_ != state::open || !pings_) return;
    const auto now = world_->clock->now();
    ping_alarm_->set(now + world_->config.ping_period, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        std::string ping;
        append_frame(ping, opcode::ping, {});
        self->queue(std::move(ping));
    });
    patience_->set(now + world_->config.pong_wait, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->end(state::deaf, normal, self->timeout_reason());
    });
}

std::string socket_session::timeout_reason() const {
    return "read tcp " + line_.local_address() + "->" + line_.remote_address() + ": i/o timeout";
}

/// Says goodbye. Two seconds later the connection is closed, whatever the client does; what it sent unread
/// makes that a reset.
void socket_session::end(state next, std::uint16_t code, std::string_view reason) {
    if (state_ != state::open) return;
    world_->log(username() + " is disconnected: " + std::to_string(code) + ' ' + std::string{reason});
    std::string bytes;
    append_close_frame(bytes, code, reason);
    queue(std::move(bytes));
    late_.clear();
    state_ = next;
    leave();
    ping_alarm_->cancel();
    patience_->set(world_->clock->now() + close_wait, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->cut();
    });
}

void socket_session::leave() {
    if (!std::exchange(present_, false)) return;
    close_socket(*world_, *this);
}

void socket_session::queue(std::string bytes) {
    queue(outgoing{.bytes = std::move(bytes)});
}

void socket_session::queue(outgoing frame) {
    if (state_ == state::over) return;
    waiting_.push_back(std::move(frame));
    something_to_write_.cancel();
}

/// Whether another message may wait. In the middle of a burst the writer has not had its turn: then what the
/// client takes right now is not counted.
bool socket_session::has_room() {
    const auto is_full = [&] { return waiting_.size() >= world_->config.outgoing_queue_size; };
    bool reads = !line_.is_blocked() && !writing_;
    while (reads && is_full() && !waiting_.front().way) {
        reads = line_.write_now(waiting_.front().bytes);
        if (!waiting_.front().bytes.empty()) break;
        waiting_.pop_front();
    }
    return reads || !is_full();
}

void socket_session::send(std::string text) {
    if (state_ != state::open && !(state_ == state::deaf && present_)) return;
    if (slow_) return;
    if (!has_room()) {
        // A slow reader is dropped without a close frame. Not here and now: others may be in the middle of
        // telling each other something.
        slow_ = true;
        asio::post(line_.get_executor(), [weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->cut();
        });
        return;
    }
    if (is_faulty()) return send_faulty(text);
    std::string bytes;
    append_frame(bytes, opcode::text, text);
    queue(std::move(bytes));
}

void socket_session::disconnect(std::string reason) {
    end(state::closing, normal, reason);
}

void socket_session::cut() noexcept {
    if (state_ == state::over) return;
    state_ = state::over;
    line_.close();
    late_.clear();
    late_alarm_.reset();
    ping_alarm_->cancel();
    patience_->cancel();
    something_to_write_.cancel();
    over_.cancel();
    try {
        leave();
    } catch (...) {
        // Short of memory: the others do not hear of it.
        forget_socket(*world_, *this);
    }
}

} // namespace nakama::sandbox
