// What a call costs: get_account against the same request in plain Beast, with the same canned answer from a
// server on another thread. Prints processor time of the client's thread per call, and the ratio.
#include <nakama/nakama.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

const std::string token = "e30.e30.e30";
const std::string body =
    R"({"user":{"id":"c125cb56-c81e-40d0-a97d-ef4626a23ed8","username":"acct_039587_2e86","lang_tag":"en",)"
    R"("metadata":"{}","create_time":"2026-11-23T01:23:25Z","update_time":"2026-11-23T01:23:25Z"},"wallet":"{}",)"
    R"("devices":[{"id":"corpus-039587-acct-be90c2"}]})";
const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nVary: Accept-Encoding\r\n"
                           "Date: Mon, 23 Nov 2026 01:23:25 GMT\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body;

/// Answers whatever comes with the same account, on a thread of its own.
class canned_server {
public:
    canned_server() : thread_{[this] { serve(); }} {}
    ~canned_server() {
        // A last connection wakes the acceptor, which then finds that it is to end.
        ending_ = true;
        asio::io_context io;
        tcp::socket last{io};
        last.connect({asio::ip::address_v4::loopback(), port()});
        thread_.join();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

private:
    void serve() {
        for (;;) {
            tcp::socket socket{io_};
            acceptor_.accept(socket);
            if (ending_) return;
            socket.set_option(tcp::no_delay{true});
            std::string received;
            for (boost::system::error_code failed; !failed;) {
                const auto size =
                    asio::read_until(socket, asio::dynamic_buffer(received), "\r\n\r\n", failed);
                if (failed) break;
                received.erase(0, size);
                asio::write(socket, asio::buffer(answer), failed);
            }
        }
    }

    asio::io_context io_;
    tcp::acceptor acceptor_{io_, {asio::ip::address_v4::loopback(), 0}};
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

double thread_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

/// The floor: one connection, kept, nothing decoded, no deadline.
asio::awaitable<void> plain(std::uint16_t port, int calls) {
    const auto executor = co_await asio::this_coro::executor;
    tcp::socket socket{executor};
    co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
    socket.set_option(tcp::no_delay{true});
    boost::beast::flat_buffer buffer;
    buffer.reserve(16 * 1024);
    for (int i = 0; i < calls; ++i) {
        http::request<http::empty_body> request{http::verb::get, "/v2/account", 11};
        request.set(http::field::host, "127.0.0.1");
        request.set(http::field::authorization, "Bearer " + token);
        request.set(http::field::accept, "application/json");
        co_await http::async_write(socket, request, asio::use_awaitable);
        http::response<http::string_body> response;
        co_await http::async_read(socket, buffer, response, asio::use_awaitable);
        if (response.body().size() != body.size()) throw std::runtime_error{"a wrong answer"};
    }
}

asio::awaitable<void> ours(const nakama::client& client, const nakama::session& session, int calls) {
    for (int i = 0; i < calls; ++i) {
        auto account = co_await client.get_account(session);
        if (account.devices.size() != 1) throw std::runtime_error{"a wrong answer"};
    }
}

double measure(asio::io_context& io, asio::awaitable<void> work, int calls) {
    asio::co_spawn(io, std::move(work), [](std::exception_ptr failure) {
        if (failure) std::rethrow_exception(failure);
    });
    io.restart();
    const double before = thread_microseconds();
    io.run();
    return (thread_microseconds() - before) / calls;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (argc > 1 && std::string_view{argv[1]} == "--help") {
        std::cout << "usage: bench-calls [CALLS]   (default: 20000, in each of 7 rounds)\n";
        return EXIT_SUCCESS;
    }
    const int calls = argc > 1 ? std::stoi(argv[1]) : 20'000;
    const nakama::session session{token, ""};
    std::vector<double> floor, call;
    // By turns, so that whatever else the machine does meets both.
    for (int round = 0; round < 7; ++round) {
        {
            canned_server server;
            asio::io_context io;
            floor.push_back(measure(io, plain(server.port(), calls), calls));
        }
        {
            canned_server server;
            asio::io_context io;
            const nakama::client client{io.get_executor(), {.port = server.port()}};
            call.push_back(measure(io, ours(client, session, calls), calls));
        }
    }
    std::cout << "plain Beast " << median(floor) << " us, get_account " << median(call) << " us, ratio "
              << median(call) / median(floor) << '\n';
}
