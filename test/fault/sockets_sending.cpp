// Much to be sent at once, over real TCP, to a server that takes its time.
#include "net/event.hpp"
#include "support/socket_script.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <string>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

constexpr int many = 2000;

/// Sends some in one turn and others in turns of their own, so that the latter meet the former on their way.
asio::awaitable<void> send_all(nakama::socket& socket, asio::io_context& io) {
    const std::string data(3000, 'x');
    for (int i = 1; i <= many; ++i) {
        co_await socket.match_data_send({.match_id = "m.", .op_code = i, .data = data});
        if (i % 100 >= 90) co_await asio::post(io, asio::use_awaitable);
    }
}

} // namespace

TEST_CASE("messages leave in their order, however many wait and however they are cut") {
    std::optional<net::event> may_begin;
    int in_order = 0;
    socket_script w{[&](frame_peer& peer) -> asio::awaitable<void> {
                        co_await may_begin->wait();
                        for (;;) {
                            const auto heard = co_await peer.next();
                            if (!heard || heard->what == sandbox::incoming::type::closing) break;
                            const auto number = "\"op_code\":\"" + std::to_string(in_order + 1) + '"';
                            if (heard->payload.find(number) != std::string::npos) ++in_order;
                        }
                        co_await peer.send_close(1000, "");
                        co_await peer.until_end();
                    },
                    {.max_message_bytes = 8192, .max_queued_messages = many, .heartbeat = {.interval = 0ms}}};
    may_begin.emplace(w.io.get_executor());
    struct before_the_context {
        ~before_the_context() { event.reset(); }
        std::optional<net::event>& event;
    } const ends{may_begin};
    w.connect();
    spawned<bool> sending;
    finish(w.io, *w.time, sending, ended(send_all(*w.socket, w.io)));
    w.settle();
    CHECK(in_order == 0); // the server has not looked yet, and the system's buffers are full
    may_begin->set();
    spawned<bool> closing;
    finish(w.io, *w.time, closing, ended(w.socket->close()));
    CHECK(in_order == many);
}
