#include "sandbox/net/line.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace nakama::sandbox {
namespace {

using boost::system::error_code;

std::string to_text(const asio::ip::tcp::endpoint& endpoint) {
    return endpoint.address().to_string() + ':' + std::to_string(endpoint.port());
}

bool would_block(error_code failed) {
    return failed == asio::error::would_block || failed == asio::error::try_again;
}

} // namespace

line::line(tcp::socket socket, const tls_context* context, line_buffer& buffer,
           std::shared_ptr<nakama::clock> clock, std::size_t number)
    : socket_{std::move(socket)}, tls_{context ? std::make_unique<tls_session>(*context) : nullptr},
      buffer_{&buffer}, pause_{socket_.get_executor(), std::move(clock)}, number_{number} {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay{true}, ignored);
}

asio::awaitable<bool> line::shake_hands() {
    if (!tls_) co_return true;
    for (;;) {
        const auto progress = tls_->shake_hands();
        const std::string output = tls_->take_output();
        const bool sent = co_await send(output);
        if (!sent) co_return false;
        if (progress == tls_session::progress::done) co_return true;
        if (progress == tls_session::progress::plain) {
            constexpr std::string_view answer = "HTTP/1.0 400 Bad Request\r\n\r\n"
                                                "Client sent an HTTP request to an HTTPS server.\n";
            co_await send(answer);
        }
        if (progress != tls_session::progress::more) co_return false;
        const std::string_view came = co_await receive();
        if (came.empty()) co_return false;
        tls_->feed(came);
    }
}

asio::awaitable<std::string_view> line::read() {
    if (!tls_) co_return co_await receive();
    for (;;) {
        const std::string_view said = tls_->open(buffer_->plain.data(), buffer_->plain.size());
        if (!said.empty() || tls_->is_over()) co_return said;
        const std::string_view came = co_await receive();
        if (came.empty()) co_return std::string_view{};
        tls_->feed(came);
    }
}

asio::awaitable<std::string_view> line::receive() {
    for (;;) {
        error_code failed;
        // Waiting needs no buffer, so that an idle connection has none.
        if (!may_have_more_)
            co_await socket_.async_wait(tcp::socket::wait_read,
                                        asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return std::string_view{};
        const std::size_t size = socket_.read_some(asio::buffer(buffer_->bytes), failed);
        may_have_more_ = size == buffer_->bytes.size();
        if (would_block(failed)) continue;
        if (failed) co_return std::string_view{};
        co_return std::string_view{buffer_->bytes.data(), size};
    }
}

asio::awaitable<bool> line::write(std::string_view bytes) {
    if (obstruction_) return follow(bytes, *obstruction_, true);
    return pass(bytes);
}

asio::awaitable<bool> line::write(std::string_view bytes, outflow way) {
    co_return co_await follow(bytes, way, false);
}

/// Carries out what a way says. What obstructs the whole line does so as well, unless this is that.
asio::awaitable<bool> line::follow(std::string_view bytes, outflow& way, bool obstructed) {
    const auto steps = way.next(bytes.size());
    for (const outflow_step& step : steps) {
        bool goes_on = true;
        switch (step.what) {
        case outflow_step::kind::send: {
            const auto part = bytes.substr(0, step.bytes);
            bytes.remove_prefix(step.bytes);
            auto sending = obstructed ? pass(part) : write(part);
            goes_on = co_await std::move(sending);
            break;
        }
        case outflow_step::kind::wait:
            goes_on = co_await pause_.wait(step.pause);
            break;
        case outflow_step::kind::cut:
            cut();
            co_return false;
        case outflow_step::kind::reset:
            reset();
            co_return false;
        }
        if (!goes_on) co_return false;
    }
    co_return true;
}

asio::awaitable<bool> line::pass(std::string_view bytes) {
    if (!tls_) co_return co_await send(bytes);
    tls_->seal(bytes);
    if (tls_->is_over()) co_return false;
    const std::string sealed = tls_->take_output();
    co_return co_await send(sealed);
}

/// Knows whether the client reads: only then is a long queue its fault.
asio::awaitable<bool> line::send(std::string_view bytes) {
    while (!bytes.empty()) {
        error_code failed;
        bytes.remove_prefix(socket_.write_some(asio::buffer(bytes), failed));
        if (would_block(failed)) {
            blocked_ = true;
            co_await socket_.async_wait(tcp::socket::wait_write,
                                        asio::redirect_error(asio::use_awaitable, failed));
            blocked_ = false;
        }
        if (failed) co_return false;
    }
    co_return true;
}

bool line::write_now(std::string& bytes) {
    if (blocked_) return false;
    if (tls_ || obstruction_) return true;
    error_code failed;
    while (!bytes.empty() && !failed) bytes.erase(0, socket_.write_some(asio::buffer(bytes), failed));
    return !failed;
}

void line::finish() noexcept {
    error_code ignored;
    if (tls_ && !blocked_) {
        tls_->finish();
        // Short, and of no importance if there is no room for it.
        socket_.write_some(asio::buffer(tls_->take_output()), ignored);
    }
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void line::close() noexcept {
    error_code ignored;
    socket_.close(ignored);
    pause_.end();
}

void line::cut() noexcept {
    error_code ignored;
    // What the client has sent may be unread: closing alone would make that a reset.
    socket_.shutdown(tcp::socket::shutdown_both, ignored);
    close();
}

void line::reset() noexcept {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
    close();
}

std::optional<line::tcp::endpoint> line::client() const {
    error_code failed;
    const auto endpoint = socket_.remote_endpoint(failed);
    if (failed) return {};
    return endpoint;
}

std::string line::local_address() const {
    error_code ignored;
    return to_text(socket_.local_endpoint(ignored));
}

std::string line::remote_address() const {
    error_code ignored;
    return to_text(socket_.remote_endpoint(ignored));
}

} // namespace nakama::sandbox
