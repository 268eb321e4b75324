// Requests in the form in which recordings and ours are compared.
#pragma once

#include "caller.hpp"
#include "recording.hpp"
#include "wire/percent.hpp"

#include <ostream>
#include <set>

namespace nakama::test {

namespace json = boost::json;

inline const json::object& object_in(const json::object& of, std::string_view name) {
    static const json::object nothing;
    const auto* found = of.if_contains(name);
    return found && found->is_object() ? found->get_object() : nothing;
}

inline std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> result;
    for (std::size_t begin = 0;;) {
        const auto end = text.find(at, begin);
        result.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return result;
        begin = end + 1;
    }
}

using query_set = std::multiset<std::pair<std::string, std::string>>;

/// Whether two values are the same, where 64-bit integers may be texts or numbers: servers take both.
inline bool same(const json::value& a, const json::value& b) {
    if (a == b) return true;
    if (a.is_object() && b.is_object() && a.get_object().size() == b.get_object().size())
        return std::ranges::all_of(a.get_object(), [&](const auto& each) {
            const auto* other = b.get_object().if_contains(each.key());
            return other && same(each.value(), *other);
        });
    if (a.is_array() && b.is_array()) return std::ranges::equal(a.get_array(), b.get_array(), same);
    if (a.is_int64() && b.is_string()) return std::to_string(a.get_int64()) == b.get_string();
    return b.is_int64() && a.is_string() && same(b, a);
}

/// A request in the form in which recordings and ours are compared.
struct plain_request {
    std::string method{};
    std::vector<std::string> path{}; ///< segments, decoded
    query_set query{};
    json::value body{};
    std::string credentials{};

    bool operator==(const plain_request& other) const {
        return method == other.method && path == other.path && query == other.query &&
               same(body, other.body) && credentials == other.credentials;
    }
};

inline std::ostream& operator<<(std::ostream& out, const plain_request& request) {
    out << request.method << ' ';
    for (const auto& each : request.path) out << '/' << each;
    for (const auto& [name, value] : request.query) out << " &" << name << '=' << value;
    return out << ' ' << json::serialize(request.body) << " (" << request.credentials << ')';
}

inline std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> result;
    for (const auto& each : split(path.substr(1), '/')) {
        auto decoded = wire::decode_percent(each);
        if (!decoded) throw inexpressible{"the path is not percent-encoded"};
        result.push_back(std::move(*decoded));
    }
    return result;
}

inline plain_request plain(const scripted_transport::request& sent) {
    plain_request result{.method = sent.method};
    const auto mark = sent.target.find('?');
    result.path = segments_of(sent.target.substr(0, mark));
    if (mark != std::string::npos)
        for (const auto& each : split(std::string_view{sent.target}.substr(mark + 1), '&')) {
            const auto equals = std::min(each.find('='), each.size());
            result.query.emplace(
                wire::decode_percent(each.substr(0, equals)).value(),
                equals == each.size() ? "" : wire::decode_percent(each.substr(equals + 1)).value());
        }
    if (!sent.body.empty()) {
        boost::system::error_code not_json;
        result.body = json::parse(sent.body, not_json);
        if (not_json) result.body = json::string{sent.body};
    }
    const auto authorization = sent.header("Authorization");
    result.credentials = authorization.starts_with("Bearer ")  ? "bearer"
                         : authorization.starts_with("Basic ") ? "basic"
                                                               : "none";
    return result;
}

} // namespace nakama::test
