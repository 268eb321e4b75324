#include "dial.hpp"

#include "event.hpp"

#include <nakama/error.hpp>

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <memory>
#include <string_view>
#include <vector>

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
asio::awaitable<std::vector<tcp::endpoint>> resolve(const endpoint& server) {
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
    co_return std::vector<tcp::endpoint>{asked->found.begin(), asked->found.end()};
}

/// Whether a name means this machine whatever a resolver says (RFC 6761, 6.3): minimal systems have no entry
/// for it.
bool is_localhost(std::string_view host) {
    constexpr std::string_view name = "localhost";
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    if (host.size() < name.size()) return false;
    const auto before = host.size() - name.size();
    return std::ranges::equal(host.substr(before), name, same) && (before == 0 || host[before - 1] == '.');
}

asio::awaitable<std::vector<tcp::endpoint>> endpoints_of(const endpoint& server) {
    // An address needs no resolver, which would start a thread for it.
    error_code no_address;
    const auto address = asio::ip::make_address(server.host, no_address);
    if (!no_address) co_return std::vector<tcp::endpoint>{{address, server.port}};
    if (is_localhost(server.host))
        co_return std::vector<tcp::endpoint>{{asio::ip::address_v4::loopback(), server.port},
                                             {asio::ip::address_v6::loopback(), server.port}};
    co_return co_await resolve(server);
}

asio::awaitable<tcp::socket> connect(const endpoint& server) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::socket socket{executor};
    error_code failed;
    const auto endpoints = co_await endpoints_of(server);
    co_await asio::async_connect(socket, endpoints, asio::redirect_error(asio::use_awaitable, failed));
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
