// What the fuzz targets share: a whole server on a clock that stands still, and a client's end of one
// connection.
#pragma once

#include <nakama/clock.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace nakama::fuzz {

namespace asio = boost::asio;
using asio::ip::tcp;

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

class world {
public:
    world() {
        server.register_rpc("echo",
                            [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    }

    void run() {
        for (int quiet = 0; quiet < 2;) quiet = io.poll() > 0 ? 0 : quiet + 1;
    }
    /// An hour of whatever is waited for.
    void pass_time() {
        for (int i = 0; i < 20; ++i) {
            clock->advance(std::chrono::minutes{3});
            run();
        }
    }

    asio::io_context io{1};
    std::shared_ptr<virtual_clock> clock = std::make_shared<virtual_clock>(
        std::chrono::system_clock::time_point{std::chrono::seconds{1795396900}});
    sandbox::server server{io.get_executor(),
                           {.token_expiry = std::chrono::hours{24 * 365}, .clock = clock, .seed = 1}};
};

class connection {
public:
    explicit connection(world& to) : world_{to}, socket_{io_} {
        socket_.connect({asio::ip::address_v4::loopback(), to.server.port()});
        socket_.non_blocking(true);
        world_.run();
    }
    ~connection() {
        // Reset, so that a million runs do not use up the ports of the machine.
        boost::system::error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        socket_.close(ignored);
        world_.run();
    }

    void write(std::string_view bytes) {
        boost::system::error_code failed;
        while (!bytes.empty() && !failed) {
            bytes.remove_prefix(socket_.write_some(asio::buffer(bytes), failed));
            world_.run();
            read();
            if (failed == asio::error::would_block) failed = {};
        }
    }
    /// All that has come.
    const std::string& read() {
        char bytes[65536];
        boost::system::error_code failed;
        while (!failed) received_.append(bytes, socket_.read_some(asio::buffer(bytes), failed));
        return received_;
    }

private:
    world& world_;
    asio::io_context io_{1};
    tcp::socket socket_;
    std::string received_{};
};

/// A world for some hundred inputs: what they leave behind must not slow down all that follow.
template <class World>
World& world_for_a_while() {
    static std::unique_ptr<World> current;
    static int age = 0;
    if (age++ % 500 == 0) {
        current.reset();
        current = std::make_unique<World>();
    }
    return *current;
}

/// Signs in and gives the token.
inline std::string sign_in(world& to, const std::string& name) {
    connection line{to};
    const std::string body = R"({"id":"device-of-)" + name + R"("})";
    line.write("POST /v2/account/authenticate/device?username=" + name +
               " HTTP/1.1\r\nHost: x\r\nAuthorization: Basic ZGVmYXVsdGtleTo=\r\nContent-Length: " +
               std::to_string(body.size()) + "\r\n\r\n" + body);
    to.run();
    const std::string answer = line.read();
    const auto begin = answer.find("\"token\":\"") + 9;
    return answer.substr(begin, answer.find('"', begin) - begin);
}

} // namespace nakama::fuzz
