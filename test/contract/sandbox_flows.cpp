// The sandbox against recorded flows of a real server's sockets: what each socket said then is said again,
// and what each hears is compared.
#include "contract/recording.hpp"
#include "contract/replay_options.hpp"
#include "contract/sandbox_flow_replay.hpp"

#include <cstdio>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace replay;

constexpr const char* usage =
    R"(Usage: contract-sandbox-flows FOLDER [--flow NAME]... [--list] [--at-least PERCENT]
       contract-sandbox-flows --help

Takes a folder of recorded flows, with a subfolder realtime/ of JSON files, one a flow. Each is played to a sandbox of
its own with the recorded configuration; every frame, close and end of a connection has to be as recorded, up to ids,
tokens and times and up to the orders that are a matter of luck. What differs is told, a line each.

  --flow      only this one
  --list      name also what is as recorded, and what is excepted and why (sandbox_flow_exceptions.json)
  --at-least  fail if a smaller share of all flows is as recorded

The last line counts. Exits 1 if anything differed that is not excepted, 2 if the folder cannot be read.
)";

/// The flows that are known to differ, and why.
std::map<std::string, std::string> read_exceptions() {
    std::map<std::string, std::string> result;
    const json::value list = nakama::test::load(NAKAMA_SANDBOX_FLOW_EXCEPTIONS);
    for (const json::value& one : list.as_array())
        result[text(one.as_object(), "flow")] = text(one.as_object(), "reason");
    return result;
}

struct flow_counts {
    int all = 0;
    int matching = 0;
    int excepted = 0;
    int differing = 0;

    [[nodiscard]] double percent() const { return all == 0 ? 0.0 : 100.0 * matching / all; }
};

int replay_all(const replay_options& options) {
    const auto files = nakama::test::files_in(options.folder / "realtime");
    if (files.empty()) throw std::runtime_error{options.folder.string() + " has no recordings in realtime/"};
    const auto exceptions = read_exceptions();
    flow_counts counts;
    for (const auto& file : files) {
        const std::string name = file.stem().string();
        if (!options.only.empty() && !options.only.contains(name)) continue;
        const json::value recording = nakama::test::load(file);
        const auto differences = sandbox_flow{name, recording.as_object()}.replay();
        const auto exception = exceptions.find(name);
        ++counts.all;
        if (differences.empty()) {
            ++counts.matching;
            if (options.list)
                std::cout << name << ": as recorded"
                          << (exception == exceptions.end() ? "" : ", though excepted") << '\n';
        } else if (exception != exceptions.end()) {
            ++counts.excepted;
            if (options.list) std::cout << name << " is excepted: " << exception->second << '\n';
        } else {
            ++counts.differing;
            for (const std::string& one : differences) std::cout << name << ": " << one << '\n';
        }
    }
    char share[16];
    std::snprintf(share, sizeof share, "%.1f %%", counts.percent());
    std::cout << counts.all << " flows: " << counts.matching << " as recorded (" << share << "), "
              << counts.excepted << " excepted, " << counts.differing << " that differ\n";
    return counts.differing == 0 && counts.percent() >= options.least ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    const auto options = read_options(arguments, "--flow");
    if (!options) {
        std::cerr << usage;
        return 2;
    }
    try {
        return replay_all(*options);
    } catch (const std::exception& failure) {
        std::cerr << "contract-sandbox-flows: " << failure.what() << '\n';
        return 2;
    }
}
