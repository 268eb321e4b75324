#include "connection_pool.hpp"
#include "content_encoding.hpp"
#include "dialer.hpp"
#include "http_connection.hpp"
#include "http_text.hpp"
#include "ready_transport.hpp"
#include "websocket.hpp"

#include <nakama/error.hpp>
#include <nakama/observer.hpp>
#include <nakama/transport.hpp>

#include <boost/asio/async_result.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nakama {
namespace {

using net::http_connection;

void append_header(std::string& text, std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
}

bool has_header(const http_request& request, std::string_view name) {
    return std::ranges::any_of(request.headers, [name](const http_header& header) {
        return boost::beast::iequals(header.name, name);
    });
}

/// So that a request which cannot go out fails before anything is done for it.
void check(const http_request& request, const std::string& host) {
    net::check_target(request.target);
    net::check_header("Host", host);
    for (const auto& [name, value] : request.headers) net::check_header(name, value);
}

void write_text(std::string& text, const http_request& request, const std::string& host, bool compressed) {
    text.reserve(512 + request.target.size() + request.body.size());
    text.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    append_header(text, "Host", host);
    for (const auto& [name, value] : request.headers) append_header(text, name, value);
    if (compressed && !has_header(request, "Accept-Encoding")) append_header(text, "Accept-Encoding", "gzip");
    if (!request.body.empty() || request.method != "GET")
        append_header(text, "Content-Length", std::to_string(request.body.size()));
    text.append("\r\n").append(request.body);
}

void tell_sent(const http_request& request, bool maybe_sent) {
    if (request.maybe_sent) *request.maybe_sent = maybe_sent;
}

/// The server may close an idle connection in the very moment it is used again. If it cannot have acted on
/// the request, or the request may be repeated, a fresh connection settles it.
bool is_harmless(const error& failure, const http_connection::progress& reached, bool idempotent) {
    return failure.code() == errc::connection_lost && !reached.answered && (idempotent || !reached.sent);
}

asio::awaitable<std::optional<http_response>> nothing() {
    co_return std::nullopt;
}

/// An exchange over a connection that was idle, up to what it means for send_if_ready().
template <class Handler>
struct ready_exchange {
    using executor_type = typename Handler::executor_type;
    executor_type get_executor() const noexcept { return done.get_executor(); }

    void operator()(std::exception_ptr failed, http_response answer) {
        std::optional<http_response> result;
        if (!failed) result = std::move(answer);
        else if (is_to_be_repeated(failed)) failed = nullptr;
        {
            const auto returned = std::move(connection);
        }
        std::move(done)(std::move(failed), std::move(result));
    }

    bool is_to_be_repeated(const std::exception_ptr& failed) {
        try {
            std::rethrow_exception(failed);
        } catch (const error& failure) {
            if (!is_harmless(failure, connection->reached(), idempotent)) return false;
        } catch (...) {
            return false;
        }
        if (maybe_sent) *maybe_sent = connection->reached().sent;
        connection.pool().drop_idle();
        return true;
    }

    net::connection_pool::loan connection;
    bool idempotent;
    bool* maybe_sent;
    Handler done;
};

class beast_transport final : public net::ready_transport {
public:
    beast_transport(endpoint server, const transport_limits& limits,
                    const std::shared_ptr<observer>& observer, const std::shared_ptr<clock>& clock)
        : limits_{limits},
          dialer_{std::make_shared<net::dialer>(std::move(server), limits.address_time, clock)},
          compressed_{net::wants_compression(dialer_->server())},
          pool_{std::make_shared<net::connection_pool>(dialer_, limits, clock, observer)} {}

    asio::awaitable<http_response> send(http_request request) override;
    asio::awaitable<std::optional<http_response>> send_if_ready(http_request request,
                                                                asio::cancellation_slot abort) override;

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
    check(request, dialer_->host_and_port());
    const auto pool = pool_;
    const auto dialer = dialer_;
    const bool compressed = compressed_;

    tell_sent(request, false);
    auto connection = co_await pool->borrow();
    const auto state = co_await asio::this_coro::cancellation_state;
    bool reused = connection.is_open();
    bool sent_before = false;
    for (;;) {
        if (!reused) {
            tell_sent(request, sent_before);
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
        write_text(connection->request(), request, dialer->host_and_port(), compressed);
        tell_sent(request, true);
        std::optional<error> failure;
        try {
            co_return co_await connection->exchange(state.slot(), asio::use_awaitable);
        } catch (const error& thrown) {
            failure = thrown;
        }
        if (!reused || !is_harmless(*failure, connection->reached(), request.idempotent)) throw *failure;
        reused = false;
        sent_before = connection->reached().sent;
        pool->drop_idle();
    }
}

asio::awaitable<std::optional<http_response>> beast_transport::send_if_ready(http_request request,
                                                                             asio::cancellation_slot abort) {
    check(request, dialer_->host_and_port());
    tell_sent(request, false);
    auto connection = pool_->borrow_idle();
    if (!connection.is_open()) return nothing();
    write_text(connection->request(), request, dialer_->host_and_port(), compressed_);
    return asio::async_initiate<const asio::use_awaitable_t<>&,
                                void(std::exception_ptr, std::optional<http_response>)>(
        [](auto done, net::connection_pool::loan over, asio::cancellation_slot slot, bool idempotent,
           bool* maybe_sent) {
            if (maybe_sent) *maybe_sent = true;
            http_connection& borrowed = *over;
            borrowed.exchange(slot, ready_exchange<decltype(done)>{std::move(over), idempotent, maybe_sent,
                                                                   std::move(done)});
        },
        asio::use_awaitable, std::move(connection), abort, request.idempotent, request.maybe_sent);
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
