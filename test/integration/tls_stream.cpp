#include "net/tls_stream.hpp"

#include "net/event.hpp"
#include "support/co_test.hpp"
#include "support/tls_front.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <openssl/ssl.h>

#include <array>
#include <memory>
#include <string>
#include <utility>

using namespace nakama;
using namespace nakama::test;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

/// Both ends of a connection: ours, and Asio's as the server.
struct ends {
    std::unique_ptr<net::tls_stream> ours;
    std::unique_ptr<asio::ssl::stream<tcp::socket>> theirs;
};

std::shared_ptr<SSL_CTX> client_context() {
    const auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    return {context, context->native_handle()};
}

asio::awaitable<void> serve(asio::ssl::stream<tcp::socket>& stream, net::event& ready) {
    co_await stream.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
    ready.set();
}

asio::awaitable<ends> connected(asio::io_context& io, tls_version version = tls_version::v1_3) {
    static const certificate shown = make_certificate("localhost");
    asio::ssl::context server{asio::ssl::context::tls_server};
    server.use_certificate_chain(asio::buffer(shown.pem));
    server.use_private_key(asio::buffer(shown.key), asio::ssl::context::pem);
    if (version == tls_version::v1_2) SSL_CTX_set_max_proto_version(server.native_handle(), TLS1_2_VERSION);

    tcp::acceptor acceptor{io, {asio::ip::address_v4::loopback(), 0}};
    tcp::socket socket{io};
    socket.connect(acceptor.local_endpoint());
    ends both{.ours = std::make_unique<net::tls_stream>(std::move(socket), client_context()),
              .theirs = std::make_unique<asio::ssl::stream<tcp::socket>>(acceptor.accept(), server)};
    net::event ready{io.get_executor()};
    start(io, serve(*both.theirs, ready));
    const error_code failed = co_await both.ours->shake_hands();
    CHECK(failed == error_code{});
    co_await ready.wait();
    co_return both;
}

/// Of every value, and of no period that a record or a buffer has.
std::string long_text(std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 31 + i / 251);
    return text;
}

template <class Stream>
asio::awaitable<void> write_all(Stream& stream, const std::string& text) {
    co_await asio::async_write(stream, asio::buffer(text), asio::use_awaitable);
}

/// Reads with buffers of every size up to `most`.
template <class Stream>
asio::awaitable<std::string> read_all(Stream& stream, std::size_t size, std::size_t most) {
    std::string all, piece(most, '\0');
    for (std::size_t room = 1; all.size() < size; room = room % most + 1)
        all.append(piece, 0,
                   co_await stream.async_read_some(asio::buffer(piece.data(), room), asio::use_awaitable));
    co_return all;
}

asio::awaitable<std::pair<error_code, std::string>> read_some(net::tls_stream& stream) {
    std::array<char, 4096> bytes;
    error_code failed;
    const auto size = co_await stream.async_read_some(asio::buffer(bytes),
                                                      asio::redirect_error(asio::use_awaitable, failed));
    co_return std::pair{failed, std::string{bytes.data(), size}};
}

} // namespace

CO_TEST_CASE("more than a record goes through TLS in both directions at a time") {
    for (const auto version : {tls_version::v1_2, tls_version::v1_3}) {
        const auto both = co_await connected(io, version);
        const std::string there = long_text(1'000'000), back = long_text(700'000);
        start(io, write_all(*both.ours, there));
        start(io, write_all(*both.theirs, back));
        std::string heard;
        net::event all_heard{io.get_executor()};
        const auto hear = [&]() -> asio::awaitable<void> {
            heard = co_await read_all(*both.theirs, there.size(), 20'000);
            all_heard.set();
        };
        start(io, hear());
        const bool is_same = co_await read_all(*both.ours, back.size(), 3'000) == back;
        CHECK(is_same);
        co_await all_heard.wait();
        CHECK(heard == there);
    }
}

CO_TEST_CASE("several records that come at once are read one after the other") {
    const auto both = co_await connected(io);
    co_await write_all(*both.theirs, "first");
    co_await write_all(*both.theirs, "second");
    const auto first = co_await read_some(*both.ours);
    CHECK(first.second == "first");
    CHECK(!both.ours->is_idle()); // although the socket has nothing any more
    const auto second = co_await read_some(*both.ours);
    CHECK(second.second == "second");
    CHECK(both.ours->is_idle());
}

CO_TEST_CASE("what leaves only in part at once is finished by the write that follows") {
    const auto both = co_await connected(io);
    const std::string portion = long_text(50'001);
    std::size_t portions = 0;
    // Until the network takes no more, since nobody reads.
    while (both.ours->write_now(asio::buffer(portion)) == portion.size()) ++portions;
    CHECK(both.ours->write_now(asio::buffer(portion)) == 0);
    start(io, write_all(*both.ours, portion));
    const std::string heard = co_await read_all(*both.theirs, (portions + 1) * portion.size(), 20'000);
    bool is_same = heard.size() == (portions + 1) * portion.size();
    for (std::size_t i = 0; i <= portions; ++i)
        is_same = is_same && heard.compare(i * portion.size(), portion.size(), portion) == 0;
    CHECK(is_same);
    CHECK(both.ours->write_now(asio::buffer("again", 5)) == 5);
    const auto again = co_await read_all(*both.theirs, 5, 5);
    CHECK(again == "again");
}

CO_TEST_CASE("a write that fails tells whether something of it has left") {
    const auto both = co_await connected(io);
    const std::string portion = long_text(50'001);
    while (both.ours->write_now(asio::buffer(portion)) == portion.size()) {
    }
    both.theirs->next_layer().set_option(tcp::socket::linger{true, 0});
    both.theirs->next_layer().close();
    error_code failed;
    const auto left = co_await both.ours->async_write_some(asio::buffer(portion),
                                                           asio::redirect_error(asio::use_awaitable, failed));
    CHECK(failed);
    CHECK(left == portion.size()); // all of it may be there: who knows
}

CO_TEST_CASE("a peer that changes its keys and asks for ours to change is answered") {
    const auto both = co_await connected(io);
    for (int i = 0; i < 3; ++i) {
        CHECK(SSL_key_update(both.theirs->native_handle(), SSL_KEY_UPDATE_REQUESTED) == 1);
        co_await write_all(*both.theirs, "new keys");
        const auto heard = co_await read_some(*both.ours);
        CHECK(heard.second == "new keys");
        co_await write_all(*both.ours, "as you like");
        const auto answer = co_await read_all(*both.theirs, 11, 11);
        CHECK(answer == "as you like");
    }
}

CO_TEST_CASE("an end is told from one that somebody on the way may have made") {
    const auto cut = co_await connected(io);
    co_await write_all(*cut.theirs, "last words");
    cut.theirs->next_layer().close();
    const auto words = co_await read_some(*cut.ours);
    CHECK(words.second == "last words");
    const auto truncated = co_await read_some(*cut.ours);
    CHECK(truncated.first == asio::ssl::error::stream_truncated);

    const auto ended = co_await connected(io);
    ended.theirs->async_shutdown([](error_code) {});
    const auto end = co_await read_some(*ended.ours);
    CHECK(end.first == asio::error::eof);
    const auto still = co_await read_some(*ended.ours);
    CHECK(still.first == asio::error::eof);
    ended.ours->close();
}

CO_TEST_CASE("bytes that were not sealed by the peer are an error of TLS") {
    const auto both = co_await connected(io);
    co_await asio::async_write(both.theirs->next_layer(),
                               asio::buffer("\x17\x03\x03\x00\x20 and thirty-two bytes of something"),
                               asio::use_awaitable);
    const auto failed = co_await read_some(*both.ours);
    CHECK(failed.first.category() == asio::error::get_ssl_category());
    CHECK(failed.second.empty());
}

CO_TEST_CASE("closing ends a read that is under way") {
    const auto both = co_await connected(io);
    auto& ours = *both.ours;
    const auto closing = [&]() -> asio::awaitable<void> {
        co_await asio::post(io, asio::use_awaitable); // once the read has begun
        ours.close();
    };
    start(io, closing());
    const auto failed = co_await read_some(ours);
    CHECK(failed.first == asio::error::operation_aborted);
}
