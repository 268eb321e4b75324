#include "realtime/connection.hpp"
#include "wire/percent.hpp"

#include <nakama/socket.hpp>

#include <utility>

namespace nakama {
namespace {

void abandon(std::shared_ptr<realtime::connection> connection) noexcept {
    if (connection) connection->abandon();
}

asio::awaitable<void> connect_later(std::shared_ptr<realtime::connection> connection, session session,
                                    realtime::destination to) {
    co_await connection->connect(std::move(session), std::move(to));
}

asio::awaitable<void> close_later(std::shared_ptr<realtime::connection> connection) {
    if (connection) co_await connection->close();
}

} // namespace

realtime_operations::realtime_operations(std::shared_ptr<realtime::connection> connection) noexcept
    : connection_{std::move(connection)} {}
realtime_operations::~realtime_operations() = default;
realtime_operations::realtime_operations(realtime_operations&&) noexcept = default;
realtime_operations& realtime_operations::operator=(realtime_operations&&) noexcept = default;

realtime::connection& realtime_operations::connected() const {
    if (!connection_) throw error{errc::invalid_argument, "the socket has been moved from"};
    return *connection_;
}

socket::socket(std::shared_ptr<realtime::connection> connection) noexcept
    : realtime_operations{std::move(connection)} {}

socket::~socket() {
    abandon(std::move(connection_));
}

socket::socket(socket&&) noexcept = default;

socket& socket::operator=(socket&& other) noexcept {
    if (this == &other) return *this;
    abandon(std::move(connection_));
    realtime_operations::operator=(std::move(other));
    return *this;
}

asio::awaitable<void> socket::connect(const session& session, connect_options options) {
    std::string path = connected().path_prefix() + "/ws";
    wire::target target{path};
    target.query("format", "json").query("lang", options.lang);
    if (options.appear_online) target.query("status", "true");
    return connect_later(connection_, session,
                         {.target = target.take(),
                          .token_in_query = options.token_in_query,
                          .timeout = options.timeout.value_or(connected().configuration().timeout)});
}

asio::awaitable<void> socket::close() {
    return close_later(connection_);
}

bool socket::is_connected() const noexcept {
    return connection_ && connection_->is_open();
}

socket_state socket::state() const {
    return connection_ ? connection_->state() : socket_state{};
}

round_trip_times socket::round_trips() const {
    return connection_ ? connection_->round_trips() : round_trip_times{};
}

std::optional<close_info> socket::last_close() const {
    return connection_ ? connection_->last_close() : std::nullopt;
}

listener socket::on_close(std::function<void(const close_info&)> call) const {
    return connected().events->listen(std::move(call));
}

} // namespace nakama
