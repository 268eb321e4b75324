#include "sandbox/http/client_address.hpp"

#include <boost/asio/ip/address.hpp>

#include <string_view>
#include <utility>

namespace nakama::sandbox {
namespace {

namespace ip = boost::asio::ip;

/// An address with or without a port; an address of version 6 that has a port is in brackets.
client_address read_address(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const auto is_address = [](const std::string& candidate) {
        boost::system::error_code failed;
        ip::make_address(candidate, failed);
        return !failed;
    };
    if (is_address(std::string{text})) return {std::string{text}, {}};
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return {};
    std::string_view host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    if (!is_address(std::string{host})) return {};
    return {std::string{host}, std::string{text.substr(colon + 1)}};
}

} // namespace

client_address address_of(const http_request& request) {
    const auto forwarded = request.header("x-forwarded-for");
    if (forwarded.empty() || forwarded.front().empty()) return {request.client_ip, request.client_port};
    // The last one is the nearest; proxies on this machine are passed over.
    std::string_view rest = forwarded.front();
    for (bool first = false; !first;) {
        const auto comma = rest.rfind(',');
        first = comma == std::string_view::npos;
        client_address candidate = read_address(first ? rest : rest.substr(comma + 1));
        rest = rest.substr(0, first ? 0 : comma);
        if (candidate.ip.empty() || (!first && ip::make_address(candidate.ip).is_loopback())) continue;
        return candidate;
    }
    return {};
}

} // namespace nakama::sandbox
