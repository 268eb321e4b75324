#include "dial.hpp"
#include "http_connection.hpp"
#include "http_text.hpp"
#include "websocket.hpp"

#include <nakama/error.hpp>
#include <nakama/observer.hpp>
#include <nakama/transport.hpp>

#include <optional>
#include <vector>

namespace nakama {
namespace {

using net::http_connection;

void append_header(std::string& text, std::string_view name, std::string_view value) {
    net::check_header(name, value);
    text.append(name).append(": ").append(value).append("\r\n");
}

std::string to_text(const http_request& request, const std::string& host) {
    std::string text;
    net::check_target(request.target);
    text.reserve(512 + request.target.size() + request.body.size());
    text.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    append_header(text, "Host", host);
    for (const auto& [name, value] : request.headers) append_header(text, name, value);
    if (!request.body.empty() || request.method != "GET")
        append_header(text, "Content-Length", std::to_string(request.body.size()));
    text.append("\r\n").append(request.body);
    return text;
}

class beast_transport final : public transport, public std::enable_shared_from_this<beast_transport> {
public:
    beast_transport(endpoint server, transport_limits limits, std::shared_ptr<observer> observer)
        : server_{std::move(server)}, limits_{limits}, host_{net::host_and_port(server_)},
          tls_{std::make_shared<net::tls_context>(std::exchange(server_.tls_options, {}))},
          observer_{std::move(observer)} {}

    asio::awaitable<http_response> send(http_request request) override;

    std::unique_ptr<websocket> make_websocket() override {
        return net::make_websocket(server_, tls_, limits_.message_bytes);
    }

    void stop() noexcept override {
        idle_.clear();
        observer_.reset();
    }

private:
    std::unique_ptr<http_connection> take_idle() {
        while (!idle_.empty()) {
            auto connection = std::move(idle_.back());
            idle_.pop_back();
            if (connection->is_reusable()) return connection;
        }
        return nullptr;
    }

    asio::awaitable<std::unique_ptr<http_connection>> open() {
        auto stream = co_await net::dial(server_, *tls_);
        if (const auto watcher = observer_)
            watcher->on_connection_open(
                {.host = host_, .tls = server_.tls, .tls_resumed = stream->tls_resumed()});
        co_return std::make_unique<http_connection>(std::move(stream), limits_.response_bytes);
    }

    endpoint server_;
    transport_limits limits_;
    std::string host_;
    std::shared_ptr<net::tls_context> tls_;
    std::shared_ptr<observer> observer_;
    std::vector<std::unique_ptr<http_connection>> idle_; // the one used last comes last and is taken first
};

asio::awaitable<http_response> beast_transport::send(http_request request) {
    const auto self = shared_from_this();
    const std::string text = to_text(request, host_);

    for (auto connection = take_idle();; connection = nullptr) {
        const bool reused = connection != nullptr;
        if (!reused) connection = co_await open();
        else if (const auto watcher = observer_) watcher->on_connection_reuse(host_);

        http_connection::progress progress;
        std::optional<error> failure;
        http_response response;
        try {
            response = co_await connection->exchange(text, progress);
        } catch (const error& thrown) {
            failure = thrown;
        }
        if (!failure) {
            if (idle_.size() < limits_.idle_connections && connection->is_complete())
                idle_.push_back(std::move(connection));
            co_return response;
        }
        // The server may close an idle connection in the very moment it is used again. If it cannot have
        // acted on the request, or the request may be repeated, a fresh connection settles it.
        const bool harmless = !progress.answered && (request.idempotent || !progress.sent);
        if (!reused || !harmless || failure->code() != errc::connection_lost) throw *failure;
        idle_.clear(); // the others have idled longer
    }
}

} // namespace

std::shared_ptr<transport> make_beast_transport(endpoint server, transport_limits limits,
                                                std::shared_ptr<observer> observer) {
    return std::make_shared<beast_transport>(std::move(server), limits, std::move(observer));
}

} // namespace nakama
