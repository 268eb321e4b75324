#include "content_encoding.hpp"

#include "decompress.hpp"
#include "localhost.hpp"

#include <nakama/error.hpp>

#include <boost/beast/core/string.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::net {
namespace {

using boost::beast::iequals;

/// The codings of a body but for "identity", comma between them: one as a rule.
std::string encodings(const http_response& response) {
    constexpr std::string_view blank = " \t";
    std::string result;
    for (const auto& [name, value] : response.headers) {
        if (!iequals(name, "content-encoding")) continue;
        std::string_view left = value;
        while (!left.empty()) {
            std::string_view one = left.substr(0, left.find(','));
            left.remove_prefix(std::min(one.size() + 1, left.size()));
            one.remove_prefix(std::min(one.find_first_not_of(blank), one.size()));
            one = one.substr(0, one.find_last_not_of(blank) + 1);
            if (one.empty() || iequals(one, "identity")) continue;
            if (!result.empty()) result += ", ";
            result += one;
        }
    }
    return result;
}

} // namespace

bool wants_compression(const endpoint& server) {
    if (server.compression == compression::automatic)
        return !is_this_machine(server.host) ||
               (!server.proxy.host.empty() && !is_this_machine(server.proxy.host));
    return server.compression == compression::always;
}

void decode_content(http_response& response, std::size_t limit) {
    if (response.body.empty()) return;
    const std::string encoding = encodings(response);
    if (encoding.empty()) return;
    try {
        // Nobody sends several in turn: such a list is refused as one that is unknown.
        response.body = decompress(response.body, encoding, limit);
    } catch (const error& failure) {
        error_details details = failure.details();
        details.http_status = response.status;
        throw error{failure.code(), std::move(details)};
    }
    response.headers.erase("content-encoding");
    response.headers.erase("content-length");
}

} // namespace nakama::net
