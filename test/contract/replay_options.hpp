// What the programs that replay recordings to a sandbox are told.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

struct replay_options {
    std::filesystem::path folder{};
    std::set<std::string> only{}; ///< the names of groups or flows; all if empty
    std::filesystem::path amid{}; ///< another folder, whose exchanges go on around those of `folder`
    bool list = false;
    double least = 0; ///< share that has to be as recorded, in percent
};

/// Nothing if the arguments make no sense. `selector` is the option that names one of those to be replayed.
inline std::optional<replay_options> read_options(const std::vector<std::string>& arguments,
                                                  std::string_view selector) {
    replay_options result;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string& one = arguments[i];
        const bool more = i + 1 < arguments.size();
        if (one == "--list") result.list = true;
        else if (one == selector && more) result.only.insert(arguments[++i]);
        else if (one == "--amid" && more) result.amid = arguments[++i];
        else if (one == "--at-least" && more) result.least = std::stod(arguments[++i]);
        else if (one.starts_with("--") || !result.folder.empty()) return {};
        else result.folder = one;
    }
    if (result.folder.empty()) return {};
    return result;
}

} // namespace replay
