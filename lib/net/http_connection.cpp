#include "http_connection.hpp"

#include "content_encoding.hpp"
#include "tls.hpp"

#include <nakama/error.hpp>

#include <boost/asio/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/system/system_error.hpp>

#include <algorithm>
#include <string_view>

namespace nakama::net {
namespace {

namespace http = boost::beast::http;

// In one read for most answers; of a large one the rest is read in as few as the network has pieces.
constexpr std::size_t usual_room = std::size_t{16} * 1024;
constexpr std::size_t most_room = std::size_t{64} * 1024;

std::exception_ptr lost(error_code reason, const char* when, const http_connection::progress& progress) {
    if (reason == asio::error::operation_aborted)
        return std::make_exception_ptr(boost::system::system_error{reason});
    const errc code = is_certificate_refused(reason) ? errc::tls_failed : errc::connection_lost;
    return std::make_exception_ptr(
        error{code, error_details{.message = std::string{when} + ": " + reason_of(reason),
                                  .maybe_sent = progress.sent}});
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
    : link_{std::make_shared<link>(std::move(stream))}, response_limit_{response_limit} {}

void http_connection::start(asio::cancellation_slot abort, completion done) {
    complete_ = false; // until the answer has been read to its end
    reached_ = {};
    sent_ = 0;
    filled_ = 0;
    body_left_ = 0;
    expect_answer();
    if (!buffer_) {
        buffer_ = std::make_unique_for_overwrite<char[]>(usual_room);
        room_ = usual_room;
    }
    abort_ = abort;
    if (abort_.is_connected())
        abort_.assign([weak = std::weak_ptr{link_}](asio::cancellation_type) {
            const auto held = weak.lock();
            if (!held) return;
            held->is_cut = true;
            held->below->close();
        });
    send(std::move(done));
}

void http_connection::send(completion done) {
    sent_ += link_->below->write_now(asio::buffer(request_) + sent_);
    reached_.sent = sent_ > 0;
    if (sent_ == request_.size()) return receive(std::move(done));
    link_->below->write_here(asio::buffer(request_) + sent_,
                             step<&http_connection::went>{this, std::move(done)});
}

void http_connection::went(completion done, error_code failed, std::size_t bytes) {
    sent_ += bytes;
    reached_.sent = sent_ > 0;
    if (link_->is_cut) failed = asio::error::operation_aborted;
    if (!failed) return send(std::move(done));
    // A server that refuses early may have answered before it closed: that answer is worth reading.
    if (reached_.sent && failed != asio::error::operation_aborted) return receive(std::move(done));
    end(std::move(done), lost(failed, "while sending", reached_));
}

void http_connection::receive(completion done) {
    const auto room = body_left_ > 0 ? asio::buffer(answer_.body) + (answer_.body.size() - body_left_)
                                     : asio::buffer(buffer_.get(), room_) + filled_;
    link_->below->read_here(room, step<&http_connection::came>{this, std::move(done)});
}

void http_connection::came(completion done, error_code failed, std::size_t bytes) {
    bool is_whole = false;
    std::exception_ptr failure;
    try {
        is_whole = take(failed, bytes);
    } catch (...) {
        failure = std::current_exception();
    }
    if (is_whole || failure) end(std::move(done), std::move(failure));
    else receive(std::move(done));
}

/// Tells whoever waits, who may do away with all this.
void http_connection::end(completion done, std::exception_ptr failed) {
    if (abort_.is_connected()) abort_.clear();
    abort_ = {};
    std::move(done)(std::move(failed), std::exchange(answer_, {}));
}

void http_connection::expect_answer() {
    answer_ = {};
    parser_.emplace(answer_, response_limit_);
}

/// Whether the answer is whole now.
bool http_connection::take(error_code failed, std::size_t bytes) {
    if (link_->is_cut) failed = asio::error::operation_aborted;
    if (failed == asio::error::eof && parser_->got_some()) {
        parser_->put_eof(failed);
        if (failed) std::rethrow_exception(lost(failed, "while reading the answer", reached_));
        settle();
        return true;
    }
    if (failed) std::rethrow_exception(lost(failed, "while waiting for the answer", reached_));
    if (body_left_ > 0) {
        body_left_ -= bytes;
        if (body_left_ > 0) return false;
        settle();
        return true;
    }
    if (!reached_.answered) check_beginning({buffer_.get(), bytes});
    reached_.answered = true;
    filled_ += bytes;
    const bool is_full = filled_ == room_;
    if (parse()) {
        settle();
        return true;
    }
    if (is_full) widen();
    return false;
}

/// Whether the answer is whole now.
bool http_connection::parse() {
    for (;;) {
        std::size_t used = 0;
        error_code failed;
        while (used < filled_ && !parser_->is_done()) {
            const std::size_t taken =
                parser_->put(asio::buffer(buffer_.get() + used, filled_ - used), failed);
            used += taken;
            if (failed == http::error::need_more) break;
            if (failed) unreadable(failed, response_limit_);
            if (taken == 0) break;
        }
        // The parser leaves what it cannot use yet, such as half a header line.
        std::copy(buffer_.get() + used, buffer_.get() + filled_, buffer_.get());
        filled_ -= used;
        if (!parser_->is_done()) break;
        if (answer_.status / 100 != 1) return true;
        expect_answer(); // that was an interim answer: the real one follows
        if (filled_ == 0) return false;
    }
    if (!parser_->is_header_done()) return false;
    if (const auto left = parser_->content_length_remaining()) {
        body_left_ = static_cast<std::size_t>(*left);
        answer_.body.resize(answer_.body.size() + body_left_);
    }
    return false;
}

/// Takes more at a time, for the rest of a large answer or of a large line.
void http_connection::widen() {
    if (room_ == most_room) {
        if (filled_ == room_) unreadable(http::error::header_limit, response_limit_);
        return;
    }
    auto wider = std::make_unique_for_overwrite<char[]>(most_room);
    std::copy_n(buffer_.get(), filled_, wider.get());
    buffer_ = std::move(wider);
    room_ = most_room;
}

/// The answer is whole.
void http_connection::settle() {
    const bool keeps = parser_->keep_alive() && filled_ == 0;
    const bool was_large = std::max({room_, request_.capacity(), answer_.body.size()}) > usual_room;
    if (was_large) link_->below->trim();
    if (room_ > usual_room) buffer_.reset();
    if (request_.capacity() > usual_room) std::string{}.swap(request_);
    decode_content(answer_, response_limit_);
    complete_ = keeps; // not after a body that was damaged: what follows may be as well
}

} // namespace nakama::net
