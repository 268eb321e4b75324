#include "sandbox/http/http_connection.hpp"

#include "sandbox/faults/fault_answer.hpp"
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/compression.hpp"
#include "sandbox/http/cross_origin.hpp"
#include "sandbox/http/handshake.hpp"
#include "sandbox/http/routes.hpp"
#include "sandbox/socket/socket_session.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
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

http_request to_request(http::request<http::string_body> from, const line& line) {
    http_request request;
    request.version = from.version();
    request.method = from.method_string();
    const std::string target{from.target()};
    const auto question = std::min(target.find('?'), target.size());
    request.path = target.substr(0, question);
    request.query = target.substr(std::min(question + 1, target.size()));
    for (const auto& field : from)
        request.headers.emplace_back(std::string{field.name_string()}, std::string{field.value()});
    request.body = std::move(from.body());
    if (const auto client = line.client()) {
        request.client_ip = client->address().to_string();
        request.client_port = std::to_string(client->port());
    }
    return request;
}

template <class Body>
std::string to_bytes(http::response<Body>& response) {
    std::string bytes;
    http::response_serializer<Body> serializer{response};
    error_code failed;
    while (!serializer.is_done() && !failed)
        serializer.next(failed, [&](error_code&, const auto& buffers) {
            bytes += beast::buffers_to_string(buffers);
            serializer.consume(asio::buffer_size(buffers));
        });
    return bytes;
}

} // namespace

/// What was read of the connection and belongs to no request yet, and the request under way.
class http_connection::reader {
public:
    handshake granted{}; ///< once the connection is to become a socket
    fault way{};         ///< of the granted handshake's answer, and of the socket

    explicit reader(line& from) : line_{from} {}

    /// What follows the last request.
    std::string take_rest() { return std::move(bytes_); }

    http::request_parser<http::string_body>& begin(std::size_t body_limit) {
        auto& parser = parser_.emplace();
        parser.header_limit(header_limit);
        parser.body_limit(body_limit);
        return parser;
    }
    asio::awaitable<error_code> read_header() {
        return read(false, [](const auto& parser) { return parser.is_header_done(); });
    }
    asio::awaitable<error_code> read_body() {
        return read(true, [](const auto& parser) { return parser.is_done(); });
    }

private:
    using request_parser = http::request_parser<http::string_body>;

    asio::awaitable<error_code> read(bool eager, bool (*is_done)(const request_parser&)) {
        parser_->eager(eager);
        while (!is_done(*parser_)) {
            error_code failed = http::error::need_more;
            if (!bytes_.empty()) bytes_.erase(0, parser_->put(asio::buffer(bytes_), failed));
            if (!failed) continue;
            if (failed != http::error::need_more) co_return failed;
            const std::string_view came = co_await line_.read();
            if (came.empty()) co_return http::error::end_of_stream;
            bytes_ += came;
        }
        co_return error_code{};
    }

    line& line_;
    std::string bytes_{};
    std::optional<request_parser> parser_{};
};

http_connection::http_connection(std::shared_ptr<world> world, line line)
    : world_{std::move(world)}, line_{std::move(line)},
      idle_alarm_{world_->clock->make_alarm(line_.get_executor())} {
    world_->connections.insert(this);
}

http_connection::~http_connection() {
    world_->connections.erase(this);
}

void http_connection::cut() noexcept {
    line_.close();
}

void http_connection::expect_something() {
    idle_alarm_->set(world_->clock->now() + idle_time, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->cut();
    });
}

asio::awaitable<void> http_connection::run(std::shared_ptr<http_connection> self,
                                           std::optional<fault> fault) {
    line& line = self->line_;
    if (fault) {
        if (fault->refuse == fault::refusal::silence) co_await line.wait_for_close();
        if (fault->refuse == fault::refusal::reset) line.reset();
        const bool goes_on = co_await line.wait(fault->delay);
        if (!goes_on) co_return;
        line.obstruct(*fault);
    }
    self->expect_something();
    const bool understood = co_await line.shake_hands();
    next step = understood ? next::request : next::end;
    reader input{line};
    while (step == next::request) step = co_await self->serve_one(input);
    self->idle_alarm_->cancel();
    if (step == next::socket) {
        auto session = std::make_shared<socket_session>(self->world_, std::move(self->line_),
                                                        *input.granted.claims, std::move(input.granted.lang));
        std::string first_bytes = input.take_rest();
        std::string greeting = std::move(input.granted.greeting);
        const bool appear_online = input.granted.appear_online;
        self.reset();
        co_await socket_session::run(std::move(session), std::move(greeting), std::move(first_bytes),
                                     appear_online, std::move(input.way));
        co_return;
    }
    self->cut();
}

asio::awaitable<http_connection::next> http_connection::serve_one(reader& input) {
    auto& parser = input.begin(world_->config.max_request_bytes);
    expect_something();
    error_code failed = co_await input.read_header();
    if (!failed && beast::iequals(parser.get()[http::field::expect], "100-continue"))
        co_await line_.write("HTTP/1.1 100 Continue\r\n\r\n");
    if (!failed) failed = co_await input.read_body();
    idle_alarm_->cancel();

    std::optional<http_answer> refusal;
    if (failed == http::error::body_limit) refusal = body_too_large(to_request(parser.release(), line_));
    else if (failed == http::error::header_limit)
        refusal = plain_refusal(431, "431 Request Header Fields Too Large");
    else if (failed == http::error::end_of_stream) co_return next::end;
    else if (failed) refusal = plain_refusal(400, "400 Bad Request");
    else if (parser.get().version() == 11 && parser.get().find(http::field::host) == parser.get().end())
        refusal = plain_refusal(400, "400 Bad Request: missing required Host header");
    if (refusal) {
        world_->log("a request is refused: " + std::to_string(refusal->status));
        const std::string bytes = to_text(*refusal, {}, false);
        co_await line_.write(bytes);
        co_await drain();
        co_return next::end;
    }

    const bool keep_alive = parser.get().keep_alive();
    http_request request = to_request(parser.release(), line_);
    auto befallen = fault_of(request);
    if (befallen)
        co_return co_await serve_faulty(input, std::move(request), keep_alive, std::move(*befallen));
    const std::string asked = request.method + ' ' + request.path;
    const answer_form form{.version = request.version, .is_head = request.method == "HEAD"};
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
    const std::string bytes = to_text(reply, form, goes_on);
    const bool written = co_await line_.write(bytes);
    if (!written) co_return next::end;
    if (goes_on) co_return next::request;
    co_await drain();
    co_return next::end;
}

std::optional<fault> http_connection::fault_of(const http_request& request) const {
    if (!world_->faults.may_befall(fault_place::request)) return {};
    fault_event event{.place = fault_place::request,
                      .name = std::string{operation_of(request.method, request.path)},
                      .method = request.method,
                      .path = request.path,
                      .connection = line_.number()};
    if (world_->faults.wants_usernames())
        if (const auto authorisation = request.header("authorization"); !authorisation.empty())
            if (const auto claims = bearer_claims(*world_, authorisation.front()))
                event.username = claims->usn;
    return world_->faults.ask(event, world_->now());
}

/// Does what is asked and answers it as far as the fault lets it.
asio::awaitable<http_connection::next> http_connection::serve_faulty(reader& input, http_request request,
                                                                     bool keep_alive, fault fault) {
    const answer_form form{.version = request.version, .is_head = request.method == "HEAD"};
    world_->log(request.method + ' ' + request.path + " -> a fault on order");
    if (fault.lose == fault::loss::request) {
        co_await line_.wait(fault.delay);
        co_return co_await lose(fault);
    }
    const auto ordered = ordered_answer(fault);
    const http_request asked = request; // serving it takes it away
    http_answer reply;
    if (!ordered || fault.acts) {
        if (is_handshake(request)) {
            input.granted = judge_handshake(*world_, request);
            reply = input.granted.refusal;
            allow_origin(asked, reply);
        } else {
            reply = co_await sandbox::answer(*world_, std::move(request));
        }
    }
    if (ordered) {
        reply = *ordered;
        compress(asked, reply);
        allow_origin(asked, reply);
        input.granted = {};
    }
    const bool in_time = co_await line_.wait(fault.delay);
    if (!in_time) co_return next::end;
    if (fault.lose == fault::loss::answer) co_return co_await lose(fault);
    if (input.granted.claims) {
        input.way = std::move(fault);
        co_return next::socket;
    }
    const bool goes_on = keep_alive && !reply.close;
    std::string bytes = to_text(reply, form, goes_on);
    if (fault.duplicate) bytes += bytes;
    const bool written = co_await line_.write(bytes, outflow{fault, bytes.size()});
    if (!written) co_return next::end;
    if (goes_on) co_return next::request;
    co_await drain();
    co_return next::end;
}

/// Says nothing until the client goes, or breaks the connection if the fault says so.
asio::awaitable<http_connection::next> http_connection::lose(const fault& fault) {
    if (fault.reset_at) line_.reset();
    else if (fault.cut_at) line_.cut();
    std::string_view came = co_await line_.read();
    while (!came.empty()) came = co_await line_.read();
    co_return next::end;
}

std::string http_connection::to_text(const http_answer& answer, answer_form form, bool keep_alive) const {
    http::response<http::string_body> response;
    response.version(form.version);
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

    if (form.is_head) {
        http::response<http::empty_body> bare{std::move(response.base())};
        bare.content_length(answer.body.size());
        return to_bytes(bare);
    }
    if (answer.status == 204 || answer.status == 304) { // which have no body
        http::response<http::empty_body> bare{std::move(response.base())};
        return to_bytes(bare);
    }
    response.body() = answer.body;
    if (form.version == 11 && answer.body.size() > chunked_from) response.chunked(true);
    else response.content_length(answer.body.size());
    return to_bytes(response);
}

/// Ends the stream and lets the client read to its end: closing over unread bytes would take the answer from
/// it.
asio::awaitable<void> http_connection::drain() {
    line_.finish();
    idle_alarm_->set(world_->clock->now() + drain_time, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->cut();
    });
    std::string_view came = co_await line_.read();
    while (!came.empty()) came = co_await line_.read();
}

} // namespace nakama::sandbox
