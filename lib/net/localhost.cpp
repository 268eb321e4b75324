#include "localhost.hpp"

#include <boost/asio/ip/address.hpp>

#include <algorithm>
#include <string>

namespace nakama::net {

namespace asio = boost::asio;

bool is_localhost(std::string_view host) {
    constexpr std::string_view name = "localhost";
    if (host.ends_with('.')) host.remove_suffix(1);
    const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; };
    if (host.size() < name.size()) return false;
    const auto before = host.size() - name.size();
    return std::ranges::equal(host.substr(before), name, same) && (before == 0 || host[before - 1] == '.');
}

bool is_this_machine(std::string_view host) {
    boost::system::error_code no_address;
    const auto address = asio::ip::make_address(std::string{host}, no_address);
    if (no_address) return is_localhost(host);
    // Asio takes no mapped address for a loopback one.
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

} // namespace nakama::net
