// Another cid in a recorded message, whose bytes stay as they are otherwise.
#pragma once

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace nakama::test {

/// Where the value of the outermost `cid` stands in the text of an object, quotes included, and its length.
inline std::optional<std::pair<std::size_t, std::size_t>> find_cid(std::string_view text) {
    int depth = 0;
    bool is_cid = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '{' || text[at] == '[') ++depth;
        if (text[at] == '}' || text[at] == ']') --depth;
        if (text[at] != '"') continue;
        const auto begin = at++;
        while (at < text.size() && text[at] != '"') at += text[at] == '\\' ? 2 : 1;
        if (is_cid) return std::pair{begin, at + 1 - begin};
        const auto after = text.find_first_not_of(" \t\r\n", std::min(at + 1, text.size()));
        is_cid = depth == 1 && text.substr(begin, at + 1 - begin) == "\"cid\"" &&
                 after != std::string_view::npos && text[after] == ':';
    }
    return {};
}

inline std::string with_cid(std::string text, const std::string& cid) {
    const auto value = boost::json::serialize(boost::json::string{cid});
    if (const auto found = find_cid(text)) return text.replace(found->first, found->second, value);
    const auto inside = text.find('{') + 1;
    const auto next = text.find_first_not_of(" \t\r\n", inside);
    const bool is_empty = next == std::string::npos || text[next] == '}';
    return text.insert(inside, "\"cid\":" + value + (is_empty ? "" : ","));
}

} // namespace nakama::test
