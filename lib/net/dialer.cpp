#include "dialer.hpp"

#include "localhost.hpp"
#include "proxy.hpp"
#include "race.hpp"

#include <boost/asio/this_coro.hpp>

#include <utility>

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

    void read_here(asio::mutable_buffer into, handler done) override {
        socket_.async_read_some(into, direct_handler{std::move(done)});
    }
    void write_here(asio::const_buffer from, handler done) override {
        socket_.async_write_some(from, direct_handler{std::move(done)});
    }
    std::size_t write_now(asio::const_buffer from) noexcept override {
        error_code ignored;
        if (!socket_.non_blocking()) socket_.non_blocking(true, ignored);
        return ignored ? 0 : socket_.write_some(from, ignored);
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

} // namespace

bool is_idle(tcp::socket& socket) noexcept {
    error_code state;
    if (!socket.non_blocking()) socket.non_blocking(true, state);
    char byte;
    socket.receive(asio::buffer(&byte, 1), tcp::socket::message_peek, state);
    return state == asio::error::would_block || state == asio::error::try_again;
}

std::string host_and_port(const std::string& host, std::uint16_t port) {
    const bool is_v6 = host.find(':') != std::string::npos;
    return (is_v6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

/// The system's resolver cannot be interrupted: whoever gives up leaves it to end by itself.
struct dialer::lookup {
    explicit lookup(const asio::any_io_executor& executor) : resolver{executor}, done{executor} {}

    tcp::resolver resolver;
    event done;
    error_code failed;
    addresses found;
};

dialer::dialer(endpoint server, std::chrono::seconds remember, std::shared_ptr<clock> clock)
    : server_{std::move(server)}, host_and_port_{net::host_and_port(server_.host, server_.port)},
      tls_{std::exchange(server_.tls_options, {})}, clock_{std::move(clock)},
      remember_{std::min<std::chrono::seconds>(remember, std::chrono::years{100})} {}

asio::awaitable<dialer::addresses> dialer::look_up(std::string host, std::uint16_t port) {
    if (!known_.empty() && clock_->now() < known_until_) co_return known_;
    auto asked = lookup_;
    if (!asked) {
        const auto executor = co_await asio::this_coro::executor;
        asked = lookup_ = std::make_shared<lookup>(executor);
        asked->resolver.async_resolve(
            host, std::to_string(port),
            [asked, weak = weak_from_this()](error_code failed, const tcp::resolver::results_type& found) {
                asked->failed = failed;
                asked->found.assign(found.begin(), found.end());
                asked->done.set();
                const auto self = weak.lock();
                if (!self) return;
                self->lookup_.reset();
                if (failed) return;
                self->known_ = asked->found;
                self->known_until_ = self->clock_->now() + self->remember_;
            });
    }
    co_await asked->done.wait();
    if (asked->failed) throw error{errc::resolve_failed, "\"" + host + "\": " + asked->failed.message()};
    co_return asked->found;
}

asio::awaitable<dialer::addresses> dialer::resolve(std::string host, std::uint16_t port) {
    // An address needs no resolver, which would start a thread for it.
    error_code no_address;
    const auto address = asio::ip::make_address(host, no_address);
    if (!no_address) co_return addresses{{address, port}};
    if (is_localhost(host))
        co_return addresses{{asio::ip::address_v4::loopback(), port},
                            {asio::ip::address_v6::loopback(), port}};
    co_return co_await look_up(std::move(host), port);
}

asio::awaitable<tcp::socket> dialer::connect() {
    const bool through_proxy = !server_.proxy.host.empty();
    const std::string& host = through_proxy ? server_.proxy.host : server_.host;
    const std::uint16_t port = through_proxy ? server_.proxy.port : server_.port;
    auto found = in_turn(co_await resolve(host, port));
    error_code failed;
    try {
        auto socket = co_await connect_to_first(std::move(found), clock_);
        // Small messages must not wait for acknowledgements of earlier ones.
        socket.set_option(tcp::no_delay{true}, failed);
        co_return socket;
    } catch (const boost::system::system_error& thrown) {
        failed = thrown.code();
    }
    if (failed == asio::error::operation_aborted) throw boost::system::system_error{failed};
    known_.clear(); // it may have moved
    throw error{errc::connect_failed, (through_proxy ? "to the proxy " : "to ") +
                                          net::host_and_port(host, port) + ": " + failed.message()};
}

asio::awaitable<std::unique_ptr<stream>> dialer::dial() {
    const auto self = shared_from_this();
    auto socket = co_await connect();
    if (!server_.proxy.host.empty()) co_await open_tunnel(socket, server_.proxy, host_and_port_);
    if (server_.tls) co_return co_await tls_.handshake(std::move(socket), server_.host);
    co_return std::make_unique<tcp_stream>(std::move(socket));
}

} // namespace nakama::net
