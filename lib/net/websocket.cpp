#include "websocket.hpp"

#include "event.hpp"
#include "frames.hpp"
#include "handler_memory.hpp"
#include "handshake.hpp"
#include "tls.hpp"

#include <nakama/error.hpp>

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <exception>
#include <functional>
#include <optional>
#include <utility>

namespace nakama::net {
namespace {

/// An open socket's connection. Shared by the operations under way on it: they are plain handlers in memory
/// of its own, since a coroutine for each message would cost more than the message.
class line : public std::enable_shared_from_this<line> {
public:
    line(std::unique_ptr<stream> below, std::size_t message_limit, std::string_view first_bytes)
        : below_{std::move(below)}, message_limit_{message_limit}, decoder_{message_limit},
          memory_{std::make_shared<memories>()}, stopped_{below_->get_executor()},
          drained_{below_->get_executor()}, over_{below_->get_executor()} {
        for (std::string_view rest = first_bytes; !rest.empty();) {
            const auto room = decoder_.room();
            const auto part = rest.substr(0, room.size());
            std::ranges::copy(part, room.begin());
            decoder_.came(part.size());
            rest.remove_prefix(part.size());
        }
        drained_.set();
    }

    using sink = websocket::sink;

    /// Gives messages to `take` until it has enough or the connection ends.
    void receive(sink take) {
        stopped_.reset();
        take_ = std::move(take);
        pump();
    }
    /// receive() is not waited for any more.
    void forget() noexcept { take_ = nullptr; }
    /// Set when receive() has come to its end.
    event& stopped() noexcept { return stopped_; }

    /// Sends the first of the messages, as many as make a portion, and tells how many these are; none after
    /// the end.
    std::size_t write(std::span<const std::string> messages) {
        if (has_said_close_ || send_failure_ || is_aborted_) return 0;
        std::size_t taken = 0;
        for (; taken < messages.size() && gathered_.size() < portion; ++taken)
            append_frame(gathered_, opcode::text, messages[taken], mask());
        send();
        return taken;
    }
    std::size_t write_at_once(std::span<const std::string> messages) {
        return is_written_to ? 0 : write(messages);
    }
    bool is_written_to = false; ///< by a batch of which portions are still to come
    void say_close(std::uint16_t code, std::string_view reason) {
        if (std::exchange(has_said_close_, true)) return;
        append_close_frame(gathered_, code, reason, mask());
        send();
    }

    /// Gives back memory that is not in use.
    void trim() noexcept {
        decoder_.trim();
        below_->trim();
        if (leaving_.empty() && leaving_.capacity() > small) std::string{}.swap(leaving_);
        if (gathered_.empty() && gathered_.capacity() > small) std::string{}.swap(gathered_);
    }

    event& drained() noexcept { return drained_; } ///< set while nothing waits to be sent
    event& over() noexcept { return over_; }       ///< set when nothing more will come

    void abort() noexcept {
        if (std::exchange(is_aborted_, true)) return;
        below_->close();
        take_ = nullptr;
        stopped_.set();
        drained_.set();
        over_.set();
    }

    /// Throws why the connection has ended, if it has.
    void check() const {
        if (thrown_) std::rethrow_exception(thrown_);
        if (end_.by_peer) throw error{errc::connection_lost, "closed by the server: " + end_.reason};
        if (failure_) throw *failure_;
        if (!is_aborted_) return;
        if (send_failure_) fail_with(send_failure_, "while sending");
        throw error{errc::connection_lost, "cut off by this side"};
    }
    void check_sending() const {
        if (is_aborted_ || send_failure_) check();
        if (send_failure_) fail_with(send_failure_, "while sending");
    }

    bool has_said_close() const noexcept { return has_said_close_; }
    const websocket::closed& end() const noexcept { return end_; }
    std::uint64_t reads() const noexcept { return reads_; }

private:
    struct memories {
        handler_memory read, write;
    };
    template <void (line::*Done)(error_code, std::size_t), handler_memory memories::* Memory>
    struct handler {
        using allocator_type = handler_allocator<std::byte>;
        allocator_type get_allocator() const noexcept {
            return allocator_type{
                std::shared_ptr<handler_memory>{self->memory_, &((*self->memory_).*Memory)}};
        }
        void operator()(error_code failed, std::size_t bytes) { ((*self).*Done)(failed, bytes); }

        std::shared_ptr<line> self;
    };

    /// Takes what has come and waits for more. May be entered again by what it calls, through receive().
    void pump() {
        const auto self = shared_from_this();
        try {
            while (take_) {
                const auto frame = decoder_.next();
                if (!frame) return wait_for_more();
                handle(*frame);
            }
        } catch (...) {
            thrown_ = std::current_exception();
            stop();
        }
    }

    void handle(const incoming_frame& frame) {
        using kind = incoming_frame::kind;
        switch (frame.what) {
        case kind::message:
            hand_over(frame.payload);
            break;
        case kind::ping:
            pong_ = frame.payload;
            send();
            break;
        case kind::pong:
            break;
        case kind::close:
            end_ = {.by_peer = true, .code = frame.code, .reason = std::string{frame.payload}};
            say_close(frame.code, {});
            finish();
            break;
        case kind::violation:
            say_close(frame.code, frame.payload);
            fail(error{errc::malformed_answer,
                       "what came from the server is not WebSocket: " + std::string{frame.payload}});
            break;
        case kind::too_large:
            say_close(too_big, "");
            fail(error{errc::message_too_large,
                       "a message from the server is larger than the configured limit of " +
                           std::to_string(message_limit_) + " bytes"});
            break;
        }
    }

    /// The receiver may do away with all this meanwhile.
    void hand_over(std::string_view message) {
        using appetite = websocket::appetite;
        auto take = std::exchange(take_, nullptr);
        const auto wanted = take(message);
        // What has not come yet comes later in any case.
        const bool goes_on = wanted == appetite::more || (wanted == appetite::later && !decoder_.has_bytes());
        if (goes_on && !is_aborted_) take_ = std::move(take);
        else stop();
    }

    void wait_for_more() {
        if (std::exchange(is_reading_, true)) return;
        const auto room = decoder_.room();
        below_->read_here(asio::buffer(room.data(), room.size()),
                          handler<&line::came, &memories::read>{shared_from_this()});
    }

    void came(error_code failed, std::size_t bytes) {
        is_reading_ = false;
        if (is_aborted_) return;
        if (failed) {
            try {
                fail_with(failed, "while reading");
            } catch (const error& why) {
                fail(why);
            }
            return;
        }
        ++reads_;
        decoder_.came(bytes);
        pump();
    }

    [[noreturn]] static void fail_with(error_code failed, const char* when) {
        throw error{is_tls_failure(failed) ? errc::tls_failed : errc::connection_lost,
                    std::string{when} + ": " + reason_of(failed)};
    }

    void fail(error why) {
        end_.reason = why.message();
        failure_ = std::move(why);
        finish();
    }
    /// Nothing more will come.
    void finish() {
        over_.set();
        stop();
    }
    void stop() {
        take_ = nullptr;
        stopped_.set();
    }

    void send() {
        if (!leaving_.empty() || is_aborted_ || send_failure_) return;
        // To the latest ping alone, however many came while we could not send.
        if (const auto pong = std::exchange(pong_, std::nullopt); pong && !has_said_close_)
            append_frame(gathered_, opcode::pong, *pong, mask());
        if (gathered_.empty()) {
            drained_.set();
            return;
        }
        drained_.reset();
        leaving_.swap(gathered_);
        sent_ = 0;
        send_rest();
    }
    void send_rest() {
        below_->write_here(asio::buffer(leaving_) + sent_,
                           handler<&line::went, &memories::write>{shared_from_this()});
    }
    void went(error_code failed, std::size_t bytes) {
        if (is_aborted_) return;
        sent_ += bytes;
        if (failed) {
            send_failure_ = failed;
            leaving_.clear();
            gathered_.clear();
            drained_.set();
        } else if (sent_ < leaving_.size()) {
            send_rest();
        } else {
            leaving_.clear();
            send();
        }
    }

    /// From a supply, since asking OpenSSL for each would cost more than the frame.
    std::uint32_t mask() {
        if (masks_left_ == 0) {
            if (RAND_bytes(reinterpret_cast<unsigned char*>(masks_.data()), sizeof masks_) != 1)
                throw error{errc::connection_lost, "the system gives no random numbers"};
            masks_left_ = masks_.size();
        }
        return masks_[--masks_left_];
    }

    static constexpr std::uint16_t too_big = 1009;
    static constexpr std::size_t small = 1024;
    static constexpr std::size_t portion = std::size_t{64} * 1024; // much more takes no fewer calls

    std::unique_ptr<stream> below_;
    std::size_t message_limit_;
    frame_decoder decoder_;
    std::shared_ptr<memories> memory_;
    sink take_; // empty while nobody receives
    bool is_reading_ = false;
    std::uint64_t reads_ = 0;
    std::string gathered_; // next to be sent
    std::string leaving_;  // being sent
    std::size_t sent_ = 0;
    std::optional<std::string> pong_; // to be sent
    error_code send_failure_;
    bool has_said_close_ = false;
    bool is_aborted_ = false;
    std::array<std::uint32_t, 64> masks_{};
    std::size_t masks_left_ = 0;
    websocket::closed end_;
    std::optional<error> failure_;
    std::exception_ptr thrown_;
    event stopped_, drained_, over_;
};

class own_websocket final : public websocket {
public:
    own_websocket(std::shared_ptr<dialer> dialer, std::size_t message_limit)
        : dialer_{std::move(dialer)}, message_limit_{message_limit} {}
    ~own_websocket() override { abort(); }
    own_websocket(const own_websocket&) = delete;
    own_websocket& operator=(const own_websocket&) = delete;

    asio::awaitable<void> connect(request asked) override {
        auto below = co_await dialer_->dial();
        std::string rest = co_await shake_hands(*below, dialer_->host_and_port(), asked);
        dialer_.reset();
        line_ = std::make_shared<line>(std::move(below), message_limit_, rest);
        if (is_aborted_) line_->abort();
    }

    asio::awaitable<void> receive(sink take) override {
        const auto line = line_;
        line->check();
        struct end {
            ~end() { of.forget(); }
            class line& of;
        } const ending{*line};
        line->receive(std::move(take));
        co_await line->stopped().wait();
        // The answer to a close frame is to get out before the connection is cut.
        if (line->over().is_set()) co_await line->drained().wait();
        line->check();
    }

    asio::awaitable<void> write(std::span<const std::string> messages) override {
        const auto line = line_;
        struct writing {
            explicit writing(class line& l) : of{l} { of.is_written_to = true; }
            ~writing() { of.is_written_to = false; }
            class line& of;
        } const in_order{*line};
        do {
            line->check_sending();
            messages = messages.subspan(line->write(messages));
            co_await line->drained().wait();
            line->check_sending();
        } while (!messages.empty() && !line->has_said_close());
    }

    std::size_t write_at_once(std::span<const std::string> messages) override {
        return line_ ? line_->write_at_once(messages) : 0;
    }

    asio::awaitable<void> close(std::uint16_t code, std::string_view reason) override {
        const auto line = line_;
        line->say_close(code, reason);
        co_await line->drained().wait();
        co_await line->over().wait();
        co_await line->drained().wait();
    }

    void abort() noexcept override {
        is_aborted_ = true;
        if (line_) line_->abort();
    }

    void trim() noexcept override {
        if (line_) line_->trim();
    }

    const closed& end() const noexcept override {
        static const closed open{};
        return line_ ? line_->end() : open;
    }

    std::uint64_t received() const noexcept override { return line_ ? line_->reads() : 0; }

private:
    std::shared_ptr<dialer> dialer_;
    std::size_t message_limit_;
    std::shared_ptr<line> line_;
    bool is_aborted_ = false;
};

} // namespace

std::unique_ptr<websocket> make_websocket(std::shared_ptr<dialer> dialer, std::size_t message_limit) {
    return std::make_unique<own_websocket>(std::move(dialer), message_limit);
}

} // namespace nakama::net
