#include "proxy.hpp"

#include "http_text.hpp"
#include "wire/base64.hpp"

#include <nakama/error.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_static_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

namespace nakama::net {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;

[[noreturn]] void refused(const http_proxy& proxy, const std::string& why) {
    throw error{errc::connect_failed,
                "through the proxy " + proxy.host + ':' + std::to_string(proxy.port) + ": " + why};
}

} // namespace

asio::awaitable<void> open_tunnel(asio::ip::tcp::socket& socket, const http_proxy& proxy,
                                  std::string target) {
    std::string request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
    if (!proxy.user.empty() || !proxy.password.empty()) {
        request += "Proxy-Authorization: Basic ";
        wire::append_base64(request, proxy.user + ':' + proxy.password);
        request += "\r\n";
    }
    request += "\r\n";

    error_code failed;
    const auto step = [&] { return asio::redirect_error(asio::use_awaitable, failed); };
    co_await asio::async_write(socket, asio::buffer(request), step());
    boost::beast::flat_static_buffer<8192> incoming;
    http::response_parser<http::empty_body> parser;
    parser.skip(true); // there is no body, whatever the headers say
    if (!failed) co_await http::async_read_header(socket, incoming, parser, step());
    if (failed == asio::error::operation_aborted) throw boost::system::system_error{failed};
    if (failed) refused(proxy, failed.message());
    const auto& answer = parser.get();
    if (answer.result_int() / 100 != 2) {
        std::string why = "HTTP " + std::to_string(answer.result_int()) + ' ' + std::string{answer.reason()};
        if (answer.result_int() == 407) why += " (set user and password of http_proxy)";
        refused(proxy, why);
    }
    // Whatever lies behind it waits for us to begin.
    if (incoming.size() != 0) refused(proxy, "it sent more than the answer to CONNECT");
}

} // namespace nakama::net
