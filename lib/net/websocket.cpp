#include "websocket.hpp"

#include "coalescing_stream.hpp"
#include "dialer.hpp"
#include "event.hpp"
#include "http_text.hpp"
#include "tls.hpp"
#include "wire/utf8.hpp"

#include <nakama/error.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <optional>

namespace nakama::net {
namespace {

namespace beast = boost::beast;

class beast_websocket final : public websocket {
public:
    beast_websocket(std::shared_ptr<dialer> dialer, std::size_t message_limit)
        : dialer_{std::move(dialer)}, message_limit_{message_limit} {}

    ~beast_websocket() override { abort(); }

    asio::awaitable<void> connect(request asked) override;
    asio::awaitable<std::string_view> read() override;
    asio::awaitable<void> write(std::span<const std::string> messages) override;
    asio::awaitable<void> close(std::uint16_t code, std::string_view reason) override;

    void abort() noexcept override {
        if (stream_) stream_->next_layer().close();
        if (drained_) drained_->set();
    }

    const closed& end() const noexcept override { return end_; }

    std::uint64_t received() const noexcept override { return stream_ ? stream_->next_layer().reads() : 0; }

private:
    // Without compression: the server does not offer it, and its code is half of Beast's.
    using stream_type = beast::websocket::stream<coalescing_stream, false>;

    void note_close_frame(error_code ended);
    [[noreturn]] void ended(error_code reason, const char* when);

    std::shared_ptr<dialer> dialer_;
    std::size_t message_limit_;
    std::optional<stream_type> stream_;
    std::optional<event> drained_;
    beast::flat_buffer incoming_;
    closed end_;
};

asio::awaitable<void> beast_websocket::connect(request asked) {
    auto below = co_await dialer_->dial();
    drained_.emplace(below->get_executor());
    stream_.emplace(std::move(below));
    stream_->next_layer().on_drained([this] { drained_->set(); });
    stream_->read_message_max(message_limit_);
    stream_->auto_fragment(false);
    incoming_.reserve(std::size_t{4} * 1024);

    const std::vector<std::pair<std::string, std::string>> headers = [&] {
        std::vector<std::pair<std::string, std::string>> copied;
        for (const auto& [name, value] : asked.headers) copied.emplace_back(name, value);
        return copied;
    }();
    stream_->set_option(
        beast::websocket::stream_base::decorator([headers](beast::websocket::request_type& out) {
            for (const auto& [name, value] : headers) out.set(name, value);
        }));

    check_target(asked.target);
    for (const auto& [name, value] : headers) check_header(name, value);
    const std::string target{asked.target};
    const std::string host = dialer_->host_and_port();
    beast::websocket::response_type answer;
    error_code failed;
    co_await stream_->async_handshake(answer, host, target,
                                      asio::redirect_error(asio::use_awaitable, failed));
    if (!failed) co_return;
    if (failed == asio::error::operation_aborted) throw boost::system::system_error{failed};
    if (failed == beast::websocket::error::upgrade_declined) {
        std::string text = wire::excerpt(answer.body());
        while (!text.empty() && text.back() == '\n') text.pop_back();
        throw error{errc::upgrade_refused,
                    error_details{.server_message = std::move(text),
                                  .http_status = static_cast<int>(answer.result_int())}};
    }
    throw error{is_certificate_refused(failed) ? errc::tls_failed : errc::connection_lost,
                "while opening a socket to " + host + ": " + reason_of(failed)};
}

void beast_websocket::ended(error_code reason, const char* when) {
    note_close_frame(reason);
    if (reason == asio::error::operation_aborted) throw boost::system::system_error{reason};
    if (end_.by_peer) throw error{errc::connection_lost, "closed by the server: " + end_.reason};
    end_.reason = std::string{when} + ": " + reason_of(reason);
    if (reason == beast::websocket::error::message_too_big)
        throw error{errc::message_too_large,
                    "a message from the server is larger than the configured limit of " +
                        std::to_string(message_limit_) + " bytes"};
    const bool is_garbage = reason == beast::websocket::condition::protocol_violation;
    throw error{is_garbage ? errc::malformed_answer
                : is_tls_failure(reason) ? errc::tls_failed
                                                                        : errc::connection_lost,
                end_.reason};
}

/// Closing reads as well, so the frame may have come to either of them.
void beast_websocket::note_close_frame(error_code ended) {
    const auto& said = stream_->reason();
    const bool has_code = said.code != beast::websocket::close_code::none;
    if (end_.by_peer || (!has_code && ended != beast::websocket::error::closed)) return;
    end_.by_peer = true;
    end_.code = has_code ? said.code : static_cast<std::uint16_t>(beast::websocket::close_code::no_status);
    end_.reason = said.reason.c_str();
}

asio::awaitable<std::string_view> beast_websocket::read() {
    error_code failed;
    incoming_.clear();
    co_await stream_->async_read(incoming_, asio::redirect_error(asio::use_awaitable, failed));
    if (failed) ended(failed, "while reading");
    const auto data = incoming_.cdata();
    co_return std::string_view{static_cast<const char*>(data.data()), data.size()};
}

asio::awaitable<void> beast_websocket::write(std::span<const std::string> messages) {
    auto& below = stream_->next_layer();
    error_code failed;
    stream_->text(true);
    below.cork();
    for (const std::string& message : messages) {
        co_await stream_->async_write(asio::buffer(message),
                                      asio::redirect_error(asio::use_awaitable, failed));
        if (failed) break;
    }
    drained_->reset();
    below.uncork();
    if (failed) ended(failed, "while sending");
    // A connection that broke meanwhile has nothing to drain.
    if (!below.failure()) co_await drained_->wait();
    if (below.failure()) ended(below.failure(), "while sending");
}

asio::awaitable<void> beast_websocket::close(std::uint16_t code, std::string_view reason) {
    error_code failed;
    const beast::websocket::close_reason why{static_cast<beast::websocket::close_code>(code),
                                             beast::string_view{reason.data(), reason.size()}};
    co_await stream_->async_close(why, asio::redirect_error(asio::use_awaitable, failed));
    // Without a failure the closing handshake is done.
    note_close_frame(failed ? failed : beast::websocket::error::closed);
    if (failed == asio::error::operation_aborted) throw boost::system::system_error{failed};
}

} // namespace

std::unique_ptr<websocket> make_websocket(std::shared_ptr<dialer> dialer, std::size_t message_limit) {
    return std::make_unique<beast_websocket>(std::move(dialer), message_limit);
}

} // namespace nakama::net
