#include "burst_line.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

namespace asio = boost::asio;

burst_line::burst_line(std::uint16_t port) {
    line_.connect({asio::ip::address_v4::loopback(), port});
    line_.set_option(asio::ip::tcp::no_delay{true});
}

void burst_line::fill() {
    asio::write(line_, asio::buffer(std::string_view{"GET /burst HTTP/1.1\r\n\r\n"}));
    std::string answer;
    asio::read_until(line_, asio::dynamic_buffer(answer), "\r\n\r\n");
    if (!answer.starts_with("HTTP/1.1 204")) throw std::runtime_error{"no burst: " + answer};
}

} // namespace bench
