// The sandbox against recorded exchanges of a real server: what was asked then is asked again.
#include "contract/replay_options.hpp"
#include "contract/sandbox_rest_replay.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>

namespace {

namespace fs = std::filesystem;
using namespace replay;

constexpr const char* usage =
    R"(Usage: contract-sandbox FOLDER [--group NAME]... [--amid FOLDER] [--list] [--at-least PERCENT]
       contract-sandbox --help

Takes a folder of recorded exchanges, with a subfolder rest/ of JSON files, one a group. Each group is sent raw, in its
order, to a sandbox of its own with the recorded configuration; status, headers and body have to be as recorded, up to
ids, tokens, cursors and times. What differs is told, a line each.

  --group     only this one
  --amid      another folder of the same recording, for exchanges that were kept out of it: its exchanges are sent as
              well, by the dates of the answers, but not counted
  --list      name also what is excepted, and why (sandbox_exceptions.json)
  --at-least  fail if a smaller share of all exchanges is as recorded

The last line counts. Exits 1 if anything differed that is not excepted, 2 if the folder cannot be read.
)";

std::string percent(const rest_counts& counts) {
    char text[16];
    std::snprintf(text, sizeof text, "%.1f %%", counts.all == 0 ? 0.0 : 100.0 * counts.matching / counts.all);
    return text;
}

int replay_all(const replay_options& options) {
    const auto files = nakama::test::files_in(options.folder / "rest");
    if (files.empty()) throw std::runtime_error{options.folder.string() + " has no recordings in rest/"};
    const known_differences known{nakama::test::load(NAKAMA_SANDBOX_EXCEPTIONS)};
    rest_counts sum;
    std::size_t replayed = 0;
    for (const auto& file : files) {
        const std::string group = file.stem().string();
        if (!options.only.empty() && !options.only.contains(group)) continue;
        const auto recording = nakama::test::load(file);
        const fs::path around = options.amid / "rest" / file.filename();
        const auto amid =
            !options.amid.empty() && fs::exists(around) ? nakama::test::load(around) : json::array{};
        const rest_counts counts =
            rest_group{group, known, options.list}.replay(recording.as_array(), amid.as_array());
        std::cout << group << ": " << counts.matching << " of " << counts.all << " (" << percent(counts)
                  << "), " << counts.excepted << " excepted\n";
        sum += counts;
        ++replayed;
    }
    if (replayed == 0 || replayed < options.only.size())
        throw std::runtime_error{"no recording of what is named, see " + (options.folder / "rest").string()};
    std::cout << sum.all << " exchanges: " << sum.matching << " as recorded (" << percent(sum) << "), "
              << sum.excepted << " excepted, " << sum.differing << " differences\n";
    return sum.differing == 0 && 100.0 * sum.matching >= options.least * sum.all ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    const auto options = read_options(arguments, "--group");
    if (!options) {
        std::cerr << usage;
        return 2;
    }
    try {
        return replay_all(*options);
    } catch (const std::exception& failure) {
        std::cerr << "contract-sandbox: " << failure.what() << '\n';
        return 2;
    }
}
