#include "connection_pool.hpp"
#include "content_encoding.hpp"
#include "dialer.hpp"
#include "http_connection.hpp"
#include "http_text.hpp"
#include "websocket.hpp"

#include <nakama/error.hpp>
#include <nakama/observer.hpp>
#include <nakama/transport.hpp>

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nakama {
namespace {

using net::http_connection;

void append_header(std::string& text, std::string_view name, std::string_view value) {
    net::check_header(name, value);
    text.append(name).append(": ").append(value).append("\r\n");
}

bool has_header(const http_request& request, std::string_view name) {
    return std::ranges::any_of(request.headers, [name](const http_header& header) {
        return boost::beast::iequals(header.name, name);
    });
}

std::string to_text(const http_request& request, const std::string& host, bool compressed) {
    std::string text;
    net::check_target(request.target);
    text.reserve(512 + request.target.size() + request.body.size());
    text.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    append_header(text, "Host", host);
    for (const auto& [name, value] : request.headers) append_header(text, name, value);
    if (compressed && !has_header(request, "Accept-Encoding")) append_header(text, "Accept-Encoding", "gzip");
    if (!request.body.empty() || request.method != "GET")
        append_header(text, "Content-Length", std::to_string(request.body.size()));
    text.append("\r\n").append(request.body);
    return text;
}

class beast_transport final : public transport, public std::enable_shared_from_this<beast_transport> {
public:
    beast_transport(endpoint server, const transport_limits& limits,
                    const std::shared_ptr<observer>& observer, const std::shared_ptr<clock>& clock)
        : limits_{limits},
          dialer_{std::make_shared<net::dialer>(std::move(server), limits.address_time, clock)},
          compressed_{net::wants_compression(dialer_->server())},
          pool_{std::make_shared<net::connection_pool>(dialer_, limits, clock, observer)} {}

    asio::awaitable<http_response> send(http_request request) override;

    std::unique_ptr<websocket> make_websocket() override {
        return net::make_websocket(dialer_, limits_.message_bytes);
    }

    void stop() noexcept override { pool_->stop(); }

private:
    transport_limits limits_;
    std::shared_ptr<net::dialer> dialer_;
    bool compressed_; // whether answers are asked for so
    std::shared_ptr<net::connection_pool> pool_;
};

asio::awaitable<http_response> beast_transport::send(http_request request) {
    const auto pool = pool_;
    const std::string text = to_text(request, dialer_->host_and_port(), compressed_);

    if (request.maybe_sent) *request.maybe_sent = false;
    auto connection = co_await pool->borrow();
    bool reused = connection.is_open();
    bool sent_before = false;
    for (;;) {
        if (!reused) {
            if (request.maybe_sent) *request.maybe_sent = sent_before;
            std::optional<error> failure;
            try {
                co_await connection.open();
            } catch (const error& thrown) {
                failure = thrown;
            }
            if (failure) {
                error_details details = failure->details();
                details.maybe_sent = sent_before;
                throw error{failure->code(), std::move(details)};
            }
        }
        if (request.maybe_sent) *request.maybe_sent = true;
        http_connection::progress progress;
        std::optional<error> failure;
        try {
            co_return co_await connection->exchange(text, progress);
        } catch (const error& thrown) {
            failure = thrown;
        }
        // The server may close an idle connection in the very moment it is used again. If it cannot have
        // acted on the request, or the request may be repeated, a fresh connection settles it.
        const bool harmless = !progress.answered && (request.idempotent || !progress.sent);
        if (!reused || !harmless || failure->code() != errc::connection_lost) throw *failure;
        reused = false;
        sent_before = progress.sent;
        pool->drop_idle();
    }
}

} // namespace

std::shared_ptr<transport> make_beast_transport(endpoint server, transport_limits limits,
                                                std::shared_ptr<observer> observer,
                                                std::shared_ptr<clock> clock) {
    if (limits.connections == 0)
        throw error{errc::invalid_argument,
                    "transport_limits::connections is 0: no request could ever be sent"};
    return std::make_shared<beast_transport>(std::move(server), limits, observer,
                                             clock ? clock : real_clock());
}

} // namespace nakama
