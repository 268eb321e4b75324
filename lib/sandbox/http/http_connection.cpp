#include "sandbox/http/http_connection.hpp"

#include "sandbox/http/cross_origin.hpp"
#include "sandbox/http/handshake.hpp"
#include "sandbox/http/routes.hpp"
#include "sandbox/socket/socket_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>
#include <utility>

namespace nakama::sandbox {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::seconds idle_time{60};
constexpr std::chrono::seconds drain_time{2};
constexpr std::uint32_t header_limit = 9 * 1024;
constexpr std::size_t chunked_from = 2048;

std::string http_date(wall_time time) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %04d %02d:%02d:%02d GMT",
                  days[static_cast<std::size_t>(parts.tm_wday)], parts.tm_mday,
                  months[static_cast<std::size_t>(parts.tm_mon)], parts.tm_year + 1900, parts.tm_hour,
                  parts.tm_min, parts.tm_sec);
    return text;
}

/// `text` is status and reason, and all of the body.
http_answer plain_refusal(int status, const std::string& text) {
    return {.status = status,
            .reason = text.substr(4),
            .body = text,
            .content_type = "text/plain; charset=utf-8",
            .headers = {},
            .plain = true,
            .close = true};
}

http_request to_request(http::request<http::string_body> from, const tcp::socket& socket) {
    http_request request;
    request.method = from.method_string();
    const std::string target{from.target()};
    const auto question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    for (const auto& field : from)
        request.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
    request.body = std::move(from.body());
    error_code failed;
    const auto client = socket.remote_endpoint(failed);
    if (!failed) {
        request.client_ip = client.address().to_string();
        request.client_port = std::to_string(client.port());
    }
    return request;
}

} // namespace

/// What was read of the connection and belongs to no request yet, and the request under way.
class http_connection::reader {
public:
    beast::flat_buffer buffer{};
    std::optional<http::request_parser<http::string_body>> parser{};
    handshake granted{}; ///< once the connection is to become a socket

    reader() { buffer.reserve(16384); }
};

http_connection::http_connection(std::shared_ptr<world> world, tcp::socket socket)
    : world_{std::move(world)}, socket_{std::move(socket)},
      idle_alarm_{world_->clock->make_alarm(socket_.get_executor())} {
    world_->connections.insert(this);
}

http_connection::~http_connection() {
    world_->connections.erase(this);
}

void http_connection::cut() noexcept {
    error_code ignored;
    socket_.close(ignored);
}

void http_connection::expect_something() {
    idle_alarm_->set(world_->clock->now() + idle_time, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->cut();
    });
}

asio::awaitable<void> http_connection::run(std::shared_ptr<http_connection> self) {
    reader input;
    next step = next::request;
    while (step == next::request) step = co_await self->serve_one(input);
    self->idle_alarm_->cancel();
    if (step == next::socket) {
        auto session = std::make_shared<socket_session>(self->world_, std::move(self->socket_),
                                                        *input.granted.claims, std::move(input.granted.lang));
        std::string first_bytes = beast::buffers_to_string(input.buffer.data());
        std::string greeting = std::move(input.granted.greeting);
        const bool appear_online = input.granted.appear_online;
        self.reset();
        co_await socket_session::run(std::move(session), std::move(greeting), std::move(first_bytes),
                                     appear_online);
        co_return;
    }
    self->cut();
}

asio::awaitable<http_connection::next> http_connection::serve_one(reader& input) {
    error_code failed;
    auto& parser = input.parser.emplace();
    parser.header_limit(header_limit);
    parser.body_limit(world_->config.max_request_bytes);
    expect_something();
    co_await http::async_read_header(socket_, input.buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, failed));
    if (!failed && beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        co_await asio::async_write(socket_, asio::buffer(std::string_view{"HTTP/1.1 100 Continue\r\n\r\n"}),
                                   asio::redirect_error(asio::use_awaitable, failed));
    }
    if (!failed && !parser.is_done())
        co_await http::async_read(socket_, input.buffer, parser,
                                  asio::redirect_error(asio::use_awaitable, failed));
    idle_alarm_->cancel();

    std::optional<http_answer> refusal;
    if (failed == http::error::body_limit) refusal = body_too_large(to_request(parser.release(), socket_));
    else if (failed == http::error::header_limit)
        refusal = plain_refusal(431, "431 Request Header Fields Too Large");
    else if (failed == http::error::end_of_stream || failed == http::error::partial_message)
        co_return next::end;
    else if (failed.category() == http::make_error_code(http::error::bad_method).category())
        refusal = plain_refusal(400, "400 Bad Request");
    else if (failed) co_return next::end;
    else if (parser.get().version() == 11 && parser.get().find(http::field::host) == parser.get().end())
        refusal = plain_refusal(400, "400 Bad Request: missing required Host header");
    if (refusal) {
        world_->log("a request is refused: " + std::to_string(refusal->status));
        co_await answer(*refusal, 11, false, false);
        co_await drain();
        co_return next::end;
    }

    const unsigned version = parser.get().version();
    const bool keep_alive = parser.get().keep_alive();
    http_request request = to_request(parser.release(), socket_);
    const std::string asked = request.method + ' ' + request.path;
    const bool head = request.method == "HEAD";
    http_answer reply;
    if (is_handshake(request)) {
        input.granted = judge_handshake(*world_, request);
        if (input.granted.claims) {
            world_->log("GET /ws -> 101");
            co_return next::socket;
        }
        reply = input.granted.refusal;
        allow_origin(request, reply);
    } else {
        reply = co_await sandbox::answer(*world_, std::move(request));
    }
    world_->log(asked + " -> " + std::to_string(reply.status));
    const bool goes_on = keep_alive && !reply.close;
    const bool written = co_await answer(reply, version, goes_on, head);
    if (!written) co_return next::end;
    if (goes_on) co_return next::request;
    co_await drain();
    co_return next::end;
}

asio::awaitable<bool> http_connection::answer(const http_answer& answer, unsigned version, bool keep_alive,
                                              bool head) {
    http::response<http::string_body> response;
    response.version(version);
    response.result(static_cast<unsigned>(answer.status));
    if (!answer.reason.empty()) response.reason(answer.reason);
    if (!answer.plain) {
        response.set(http::field::cache_control, "no-store, no-cache, must-revalidate");
        response.set(http::field::vary, "Accept-Encoding");
    }
    if (!answer.content_type.empty()) response.set(http::field::content_type, answer.content_type);
    for (const auto& [name, value] : answer.headers) response.set(name, value);
    response.set(http::field::date, http_date(world_->now()));
    response.keep_alive(keep_alive);

    error_code failed;
    if (head) {
        http::response<http::empty_body> bare{std::move(response.base())};
        bare.content_length(answer.body.size());
        co_await http::async_write(socket_, bare, asio::redirect_error(asio::use_awaitable, failed));
        co_return !failed;
    }
    response.body() = answer.body;
    if (version == 11 && answer.body.size() > chunked_from) response.chunked(true);
    else response.content_length(answer.body.size());
    co_await http::async_write(socket_, response, asio::redirect_error(asio::use_awaitable, failed));
    co_return !failed;
}

/// Ends the stream and lets the client read to its end: closing over unread bytes would take the answer from
/// it.
asio::awaitable<void> http_connection::drain() {
    error_code failed;
    socket_.shutdown(tcp::socket::shutdown_send, failed);
    idle_alarm_->set(world_->clock->now() + drain_time, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->cut();
    });
    std::array<char, 16384> thrown_away;
    while (!failed)
        co_await socket_.async_read_some(asio::buffer(thrown_away),
                                         asio::redirect_error(asio::use_awaitable, failed));
}

} // namespace nakama::sandbox
