#include "handshake.hpp"

#include "http_text.hpp"
#include "tls.hpp"
#include "wire/base64.hpp"
#include "wire/utf8.hpp"

#include <nakama/error.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

namespace nakama::net {
namespace {

namespace http = boost::beast::http;

// Of a refusal; servers say why in a line.
constexpr std::size_t most_answered = 65536;

std::string make_key() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw error{errc::connection_lost, "the system gives no random numbers"};
    std::string key;
    wire::append_base64(key, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return key;
}

/// What proves that the server has read the key (RFC 6455, 4.2.2).
std::string accepted(const std::string& key) {
    const std::string text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::string result;
    wire::append_base64(result, {reinterpret_cast<const char*>(digest.data()), size});
    return result;
}

[[noreturn]] void lost(error_code reason, const std::string& host) {
    if (reason == asio::error::operation_aborted) throw boost::system::system_error{reason};
    throw error{is_certificate_refused(reason) || is_tls_failure(reason) ? errc::tls_failed
                                                                         : errc::connection_lost,
                "while opening a socket to " + host + ": " + reason_of(reason)};
}

[[noreturn]] void refused(const http::response<http::string_body>& answer) {
    std::string text = wire::excerpt(answer.body());
    while (!text.empty() && text.back() == '\n') text.pop_back();
    throw error{errc::upgrade_refused, error_details{.server_message = std::move(text),
                                                     .http_status = static_cast<int>(answer.result_int())}};
}

[[noreturn]] void not_understood(const std::string& host, const std::string& why) {
    throw error{errc::malformed_answer, "while opening a socket to " + host + ": " + why};
}

} // namespace

asio::awaitable<std::string> shake_hands(stream& connection, std::string host, websocket::request asked) {
    check_target(asked.target);
    const std::string key = make_key();
    std::string request = "GET " + std::string{asked.target} + " HTTP/1.1\r\nHost: " + host +
                          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                          "\r\nSec-WebSocket-Key: " +
                          key + "\r\n";
    for (const auto& [name, value] : asked.headers) {
        check_header(name, value);
        request.append(name).append(": ").append(value).append("\r\n");
    }
    request += "\r\n";
    error_code failed;
    for (std::size_t sent = 0; sent < request.size();) {
        sent += co_await connection.async_write_some(asio::buffer(request) + sent,
                                                     asio::redirect_error(asio::use_awaitable, failed));
        if (failed) lost(failed, host);
    }

    http::response_parser<http::string_body> parser;
    parser.eager(true);
    parser.body_limit(most_answered);
    std::string come;
    std::array<char, 2048> chunk;
    while (!parser.is_done()) {
        const std::size_t more = co_await connection.async_read_some(
            asio::buffer(chunk), asio::redirect_error(asio::use_awaitable, failed));
        if (failed == asio::error::eof && parser.is_header_done()) {
            parser.put_eof(failed); // a body without a length ends so
            if (failed) break;
            continue;
        }
        if (failed) lost(failed, host);
        come.append(chunk.data(), more);
        if (come.size() > most_answered) break;
        while (!come.empty() && !parser.is_done()) {
            const std::size_t used = parser.put(asio::buffer(come), failed);
            come.erase(0, used);
            if (failed == http::error::need_more || used == 0) break;
            if (failed && parser.is_header_done()) break; // the refusal's text is too long, or damaged
            if (failed) not_understood(host, "the answer is not HTTP: " + failed.message());
        }
        // Upgraded, the connection has no body that the parser could wait for.
        if (parser.is_header_done() && parser.get().result() == http::status::switching_protocols) break;
        if (failed && failed != http::error::need_more) break;
    }
    if (!parser.is_header_done()) not_understood(host, "the answer is not HTTP, or its head is too long");
    const auto& answer = parser.get();
    if (answer.result() != http::status::switching_protocols) refused(answer);
    const auto header = [&](http::field name) {
        const auto value = answer[name];
        return std::string_view{value.data(), value.size()};
    };
    const auto upgrade = header(http::field::upgrade);
    if (!boost::beast::iequals({upgrade.data(), upgrade.size()}, "websocket") ||
        header(http::field::sec_websocket_accept) != accepted(key) ||
        // Neither was asked for.
        !header(http::field::sec_websocket_extensions).empty() ||
        !header(http::field::sec_websocket_protocol).empty())
        not_understood(host, "it has not accepted the WebSocket handshake as it should");
    co_return come;
}

} // namespace nakama::net
