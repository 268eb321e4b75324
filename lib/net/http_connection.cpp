#include "http_connection.hpp"

#include "content_encoding.hpp"
#include "tls.hpp"

#include <nakama/error.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <optional>
#include <string_view>

namespace nakama::net {
namespace {

namespace http = boost::beast::http;

[[noreturn]] void lost(error_code reason, const char* when, const http_connection::progress& progress) {
    if (reason == asio::error::operation_aborted) throw boost::system::system_error{reason};
    const errc code = is_certificate_refused(reason) ? errc::tls_failed : errc::connection_lost;
    throw error{code, error_details{.message = std::string{when} + ": " + reason_of(reason),
                                    .maybe_sent = progress.sent}};
}

[[noreturn]] void unreadable(error_code reason, std::size_t limit) {
    if (reason == http::error::body_limit)
        throw error{errc::message_too_large,
                    error_details{.message = "the answer is larger than the configured limit of " +
                                             std::to_string(limit) + " bytes",
                                  .maybe_sent = true}};
    throw error{errc::malformed_answer,
                error_details{.message = "not HTTP: " + reason.message(), .maybe_sent = true}};
}

/// What the parser would go on waiting for the end of: a server of another protocol.
void check_beginning(std::string_view text) {
    constexpr std::string_view wanted = "HTTP/";
    if (text.substr(0, wanted.size()) == wanted.substr(0, text.size())) return;
    // The records of TLS that a server begins with: an alert, a handshake.
    const bool is_tls = text.front() == 0x15 || text.front() == 0x16;
    throw error{errc::malformed_answer,
                error_details{.message = is_tls ? "not HTTP but TLS: switch it on (client_config::tls)"
                                                : "not HTTP: is this the server's port for clients?",
                              .maybe_sent = true}};
}

} // namespace

http_connection::http_connection(std::unique_ptr<stream> stream, std::size_t response_limit)
    : stream_{std::move(stream)}, response_limit_{response_limit} {
    // In one read for most answers: Beast's own reading would start with 512 bytes at a time.
    buffer_.resize(std::size_t{16} * 1024);
}

asio::awaitable<http_response> http_connection::exchange(const std::string& text, progress& reached) {
    complete_ = false; // until the answer has been read to its end
    error_code failed;
    for (std::size_t written = 0; written < text.size();) {
        written += co_await stream_->async_write_some(asio::buffer(text) + written,
                                                      asio::redirect_error(asio::use_awaitable, failed));
        reached.sent = reached.sent || written > 0;
        // A server that refuses early may have answered before it closed: that answer is worth reading.
        if (failed && reached.sent && failed != asio::error::operation_aborted) break;
        if (failed) lost(failed, "while sending", reached);
    }

    using parser_type = http::response_parser<http::string_body>;
    std::optional<parser_type> parser;
    const auto start = [&] {
        parser.emplace();
        parser->body_limit(response_limit_);
        parser->eager(true);
    };
    start();
    std::size_t filled = 0;
    for (;;) {
        std::size_t used = 0;
        while (used < filled && !parser->is_done()) {
            const std::size_t taken = parser->put(asio::buffer(buffer_.data() + used, filled - used), failed);
            used += taken;
            if (failed == http::error::need_more) break;
            if (failed) unreadable(failed, response_limit_);
            if (taken == 0) break;
        }
        std::char_traits<char>::move(buffer_.data(), buffer_.data() + used, filled - used);
        filled -= used;
        if (parser->is_done()) {
            if (parser->get().result_int() / 100 != 1) break;
            start(); // an interim answer: the real one follows
            if (filled > 0) continue;
        }

        // The parser leaves what it cannot use yet, such as half a header line.
        if (filled == buffer_.size()) buffer_.resize(buffer_.size() * 2);
        const std::size_t came = co_await stream_->async_read_some(
            asio::buffer(buffer_) + filled, asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::eof && parser->got_some()) {
            parser->put_eof(failed);
            if (failed) lost(failed, "while reading the answer", reached);
            break;
        }
        if (failed) lost(failed, "while waiting for the answer", reached);
        if (!reached.answered) check_beginning({buffer_.data(), came});
        reached.answered = true;
        filled += came;
    }

    const bool keeps = parser->keep_alive() && filled == 0;
    auto message = parser->release();
    http_response response{.status = static_cast<int>(message.result_int()),
                           .body = std::move(message.body())};
    for (const auto& header : message)
        response.headers.append(header.name_string(), header.value());
    decode_content(response, response_limit_);
    complete_ = keeps; // not after a body that was damaged: what follows may be as well
    co_return response;
}

} // namespace nakama::net
