// The other side of every measurement: a server in a process of its own that answers from texts made once, so
// that it costs less than any client. It knows three requests and three messages, and ends with its standard
// input.
#include "answers.hpp"
#include "certificate.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/detail/base64.hpp>
#include <boost/beast/websocket/detail/hybi13.hpp>

#include <cstdint>
#include <iostream>
#include <string>
#include <string_view>
#include <unistd.h>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

/// What came and is not yet answered.
class input {
public:
    asio::mutable_buffer room() {
        if (taken_ > 0) {
            text_.erase(0, taken_);
            taken_ = 0;
        }
        const std::size_t filled = text_.size();
        text_.resize(filled + room_);
        return asio::buffer(text_.data() + filled, room_);
    }
    void came(std::size_t bytes) {
        text_.resize(text_.size() - room_ + bytes);
        if (bytes == room_ && room_ < 65536) room_ *= 2;
    }
    std::string_view rest() const { return std::string_view{text_}.substr(taken_); }
    char* data() { return text_.data() + taken_; }
    void take(std::size_t bytes) { taken_ += bytes; }

private:
    std::string text_;
    std::size_t taken_ = 0;
    std::size_t room_ = 2048; // little while it will do: there may be ten thousand of us
};

/// The WebSocket opened last, which bursts go to.
tcp::socket* latest = nullptr;

/// Appends the answers to all whole requests; true once one of them is a handshake.
bool answer_requests(input& input, std::string& out) {
    for (;;) {
        const auto rest = input.rest();
        const auto end = rest.find("\r\n\r\n");
        if (end == std::string_view::npos) return false;
        const std::string_view request = rest.substr(0, end + 4);
        if (request.starts_with("GET /ws")) {
            constexpr std::string_view name = "Sec-WebSocket-Key: ";
            const auto at = request.find(name) + name.size();
            beast::websocket::detail::sec_ws_accept_type accept;
            beast::websocket::detail::make_sec_ws_accept(accept,
                                                         request.substr(at, request.find('\r', at) - at));
            out += "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                   "Sec-WebSocket-Accept: ";
            out.append(accept.data(), accept.size());
            out += "\r\n\r\n";
            input.take(end + 4);
            return true;
        }
        out += request.starts_with("GET /v2/friend") ? bench::friends_answer() : bench::account_answer();
        input.take(end + 4);
    }
}

/// Appends what belongs to a message.
void answer_message(std::string_view text, std::string& out) {
    if (text.find("\"match_data_send\"") != std::string_view::npos) {
        out += text.size() > 1000 ? bench::large_match_data() : bench::small_match_data();
        return;
    }
    constexpr std::string_view name = "\"cid\":\"";
    const auto at = text.find(name) + name.size();
    const std::string_view cid = text.substr(at, text.find('"', at) - at);
    if (text.find("\"ping\"") != std::string_view::npos) bench::append_pong(out, cid);
    else bench::append_rpc_answer(out, cid);
}

/// Appends the answers to all whole frames; false once one of them is a close frame.
bool answer_frames(input& input, std::string& out) {
    for (;;) {
        const auto rest = input.rest();
        if (rest.size() < 6) return true;
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
        std::size_t size = byte(1) & 0x7f, at = 2;
        if (size == 126) {
            if (rest.size() < 8) return true;
            size = static_cast<std::size_t>(byte(2)) << 8 | byte(3);
            at = 4;
        }
        if (rest.size() < at + 4 + size) return true;
        char* const payload = input.data() + at + 4;
        for (std::size_t i = 0; i < size; ++i)
            payload[i] = static_cast<char>(payload[i] ^ rest[at + (i & 3)]);
        const int opcode = byte(0) & 0x0f;
        if (opcode == 8) return false;
        if (opcode == 1) answer_message({payload, size}, out);
        input.take(at + 4 + size);
    }
}

/// Answers the connection that asked once the burst is written, which on one machine means that it has come.
asio::awaitable<void> send_burst(std::string& out) {
    std::string frames;
    for (int i = 0; i < bench::burst; ++i) frames += bench::small_match_data();
    error_code failed = asio::error::not_connected;
    if (latest)
        co_await asio::async_write(*latest, asio::buffer(frames),
                                   asio::redirect_error(asio::use_awaitable, failed));
    out = failed ? "HTTP/1.1 409 Conflict\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 204 No Content\r\n\r\n";
}

template <class Stream>
asio::awaitable<void> serve(Stream stream) {
    input input;
    std::string out;
    error_code failed;
    if constexpr (!std::is_same_v<Stream, tcp::socket>)
        co_await stream.async_handshake(asio::ssl::stream_base::server,
                                        asio::redirect_error(asio::use_awaitable, failed));
    bool socket = false;
    while (!failed) {
        const auto size =
            co_await stream.async_read_some(input.room(), asio::redirect_error(asio::use_awaitable, failed));
        input.came(size);
        if (failed) break;
        out.clear();
        bool goes_on = true;
        if (socket) {
            goes_on = answer_frames(input, out);
        } else if (input.rest().starts_with("GET /burst")) {
            input.take(input.rest().size());
            co_await send_burst(out);
        } else {
            socket = answer_requests(input, out);
            if constexpr (std::is_same_v<Stream, tcp::socket>)
                if (socket) latest = &stream;
        }
        if (!out.empty())
            co_await asio::async_write(stream, asio::buffer(out),
                                       asio::redirect_error(asio::use_awaitable, failed));
        if (!goes_on) break;
    }
    if constexpr (std::is_same_v<Stream, tcp::socket>)
        if (latest == &stream) latest = nullptr;
}

asio::awaitable<void> listen(tcp::acceptor acceptor, asio::ssl::context* tls) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(asio::use_awaitable);
        socket.set_option(tcp::no_delay{true});
        const auto executor = acceptor.get_executor();
        if (tls)
            asio::co_spawn(executor, serve(asio::ssl::stream<tcp::socket>{std::move(socket), *tls}),
                           asio::detached);
        else asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
    }
}

} // namespace

int main() {
    try {
        asio::io_context io{1};
        asio::ssl::context tls{asio::ssl::context::tls_server};
        bench::use_throwaway_certificate(tls);
        const auto acceptor = [&] { return tcp::acceptor{io, {asio::ip::address_v4::loopback(), 0}}; };
        tcp::acceptor plain = acceptor(), encrypted = acceptor();
        std::cout << plain.local_endpoint().port() << ' ' << encrypted.local_endpoint().port() << std::endl;
        asio::co_spawn(io, listen(std::move(plain), nullptr), asio::detached);
        asio::co_spawn(io, listen(std::move(encrypted), &tls), asio::detached);
        asio::posix::stream_descriptor input{io, dup(STDIN_FILENO)};
        char ignored;
        input.async_read_some(asio::buffer(&ignored, 1), [&](error_code, std::size_t) { io.stop(); });
        io.run();
    } catch (const std::exception& failure) {
        std::cerr << "bench-peer: " << failure.what() << '\n';
        return 1;
    }
}
