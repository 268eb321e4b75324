// Files of JSON: recordings and descriptions.
#pragma once

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::test {

inline boost::json::value load(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file) throw std::runtime_error{"cannot open " + path.string()};
    return boost::json::parse(std::string{std::istreambuf_iterator<char>{file}, {}});
}

/// A member that is text; empty if there is none.
inline std::string text_in(const boost::json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// The JSON files of a folder, by name; none if there is no such folder.
inline std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> result;
    if (std::filesystem::is_directory(folder))
        for (const auto& each : std::filesystem::directory_iterator{folder})
            if (each.path().extension() == ".json") result.push_back(each.path());
    std::ranges::sort(result);
    return result;
}

} // namespace nakama::test
