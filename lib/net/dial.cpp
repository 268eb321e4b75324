#include "dial.hpp"

#include "event.hpp"

#include <nakama/error.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>

namespace nakama::net {
namespace {

using tcp = asio::ip::tcp;

class tcp_stream final : public stream {
public:
    explicit tcp_stream(tcp::socket socket) : socket_{std::move(socket)} {}

    executor_type get_executor() override { return socket_.get_executor(); }
    bool is_idle() noexcept override { return net::is_idle(socket_); }
    void close() noexcept override {
        error_code ignored;
        socket_.close(ignored);
    }

private:
    void start_read(asio::mutable_buffer into, handler done) override {
        socket_.async_read_some(into, std::move(done));
    }
    void start_write(asio::const_buffer from, handler done) override {
        socket_.async_write_some(from, std::move(done));
    }

    tcp::socket socket_;
};

/// The system's resolver cannot be interrupted: whoever gives up leaves it to end by itself.
asio::awaitable<tcp::resolver::results_type> resolve(const endpoint& server) {
    struct lookup {
        explicit lookup(const asio::any_io_executor& executor) : resolver{executor}, done{executor} {}
        tcp::resolver resolver;
        event done;
        error_code failed;
        tcp::resolver::results_type found;
    };
    const auto executor = co_await asio::this_coro::executor;
    const auto asked = std::make_shared<lookup>(executor);
    asked->resolver.async_resolve(server.host, std::to_string(server.port),
                                  [asked](error_code failed, tcp::resolver::results_type found) {
                                      asked->failed = failed;
                                      asked->found = std::move(found);
                                      asked->done.set();
                                  });
    co_await asked->done.wait();
    if (asked->failed)
        throw error{errc::resolve_failed, "\"" + server.host + "\": " + asked->failed.message()};
    co_return asked->found;
}

asio::awaitable<tcp::socket> connect(const endpoint& server) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::socket socket{executor};
    error_code failed;

    // An address needs no resolver, which would start a thread for it.
    const auto address = asio::ip::make_address(server.host, failed);
    if (!failed) {
        co_await socket.async_connect({address, server.port},
                                      asio::redirect_error(asio::use_awaitable, failed));
    } else {
        const auto found = co_await resolve(server);
        co_await asio::async_connect(socket, found, asio::redirect_error(asio::use_awaitable, failed));
    }
    if (failed == asio::error::operation_aborted) throw boost::system::system_error{failed};
    if (failed) throw error{errc::connect_failed, "to " + host_and_port(server) + ": " + failed.message()};

    // Small messages must not wait for acknowledgements of earlier ones.
    socket.set_option(tcp::no_delay{true}, failed);
    co_return socket;
}

} // namespace

bool is_idle(tcp::socket& socket) noexcept {
    error_code state;
    if (!socket.non_blocking()) socket.non_blocking(true, state);
    char byte;
    socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, state);
    return state == asio::error::would_block || state == asio::error::try_again;
}

std::string host_and_port(const endpoint& server) {
    const bool is_v6 = server.host.find(':') != std::string::npos;
    return (is_v6 ? '[' + server.host + ']' : server.host) + ':' + std::to_string(server.port);
}

asio::awaitable<std::unique_ptr<stream>> dial(const endpoint& server, tls_context& tls) {
    auto socket = co_await connect(server);
    if (server.tls) co_return co_await tls.handshake(std::move(socket), server.host);
    co_return std::make_unique<tcp_stream>(std::move(socket));
}

} // namespace nakama::net
