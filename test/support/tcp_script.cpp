#include "tcp_script.hpp"

#include "accept_key.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <utility>

namespace nakama::test {

using asio::ip::tcp;

asio::awaitable<std::string> tcp_peer::request() {
    const auto complete = [&]() -> std::size_t {
        const auto head = received_.find("\r\n\r\n");
        if (head == std::string::npos) return 0;
        const std::string_view name = "Content-Length: ";
        const auto length = received_.find(name);
        const std::size_t body = length < head ? std::stoul(received_.substr(length + name.size())) : 0;
        return received_.size() >= head + 4 + body ? head + 4 + body : 0;
    };
    while (complete() == 0) {
        std::string chunk(4096, '\0');
        boost::system::error_code failed;
        const auto came = co_await socket_.async_read_some(asio::buffer(chunk),
                                                           asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return std::string{};
        received_.append(chunk, 0, came);
    }
    const auto size = complete();
    std::string first = received_.substr(0, size);
    received_.erase(0, size);
    co_return first;
}

asio::awaitable<void> tcp_peer::send(std::string text) {
    boost::system::error_code ignored;
    co_await asio::async_write(socket_, asio::buffer(text),
                               asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<std::string> tcp_peer::some() {
    if (!received_.empty()) co_return std::exchange(received_, {});
    std::string chunk(16384, '\0');
    boost::system::error_code failed;
    const auto came = co_await socket_.async_read_some(asio::buffer(chunk),
                                                       asio::redirect_error(asio::use_awaitable, failed));
    was_reset_ = failed == asio::error::connection_reset;
    chunk.resize(came);
    co_return chunk;
}

asio::awaitable<void> tcp_peer::anything() {
    std::string dropped(4096, '\0');
    boost::system::error_code ignored;
    co_await socket_.async_read_some(asio::buffer(dropped),
                                     asio::redirect_error(asio::use_awaitable, ignored));
}

asio::awaitable<void> tcp_peer::closed_by_client() {
    for (bool open = true; open;) {
        const auto text = co_await request();
        open = !text.empty();
    }
}

void tcp_peer::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

void tcp_peer::finish() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void tcp_peer::reset() {
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
    socket_.close(ignored);
}

namespace {

asio::awaitable<void> serve_one(tcp::socket socket, int number, tcp_script::server serve) {
    tcp_peer peer{std::move(socket)};
    co_await serve(peer, number);
}

asio::awaitable<void> accept(std::shared_ptr<tcp::acceptor> acceptor, std::shared_ptr<int> connections,
                             tcp_script::server serve) {
    for (;;) {
        boost::system::error_code failed;
        auto socket = co_await acceptor->async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
        // A message held back until the one before is acknowledged would come after a clock that jumps.
        socket.set_option(tcp::no_delay{true}, failed);
        const auto executor = acceptor->get_executor();
        asio::co_spawn(executor, serve_one(std::move(socket), ++*connections, serve), asio::detached);
    }
}

} // namespace

tcp_script::tcp_script(asio::io_context& io, server serve)
    : acceptor_{std::make_shared<tcp::acceptor>(io, tcp::endpoint{asio::ip::address_v4::loopback(), 0})} {
    asio::co_spawn(io, accept(acceptor_, connections_, std::move(serve)), asio::detached);
}

std::string answer(int status, std::string_view body, std::string_view headers) {
    return "HTTP/1.1 " + std::to_string(status) +
           " Whatever\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string{headers} +
           "\r\n" + std::string{body};
}

std::string websocket_accept(const std::string& key) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           accept_key(key) + "\r\n\r\n";
}

} // namespace nakama::test
