// Replays recorded flows of the socket: our client against a server that plays the recorded one's side.
#include "contract/flow_player.hpp"

#include <charconv>
#include <filesystem>
#include <iostream>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace nakama::test;

constexpr const char* usage = R"(Usage: contract-flows FOLDER [--list] [--at-least SENT RECEIVED]
       contract-flows --help

Takes a folder of recorded flows, or one that has them in its subfolder realtime/. Each socket of a flow is
one of our client's, on a connection of its own to a server that plays the recorded side byte by byte. In the
recorded order
  - our client makes the recorded requests; its frames are compared as JSON values, but for the cid, which is
    ours in the answers as well;
  - what the server sent must come to the request that it answers, or to the listeners of its type, once and
    in its order; what belongs to neither must come to nobody;
  - pings must be answered, refusals and ends told as they were.

  --list      name what our client cannot express, and why; messages that are for nobody
  --at-least  fail if fewer messages were sent or received

The last line counts. Exits 1 if anything differed, 2 if the folder cannot be read.
)";

struct options {
    fs::path folder{};
    bool list = false;
    int least_sent = 0, least_received = 0;
};

int number(const std::string& text) {
    int result = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), result);
    if (failed != std::errc{} || end != text.data() + text.size() || result < 0)
        throw std::runtime_error{'"' + text + "\" is not a number"};
    return result;
}

options read(const std::vector<std::string>& arguments) {
    options result;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto& each = arguments[i];
        if (each == "--list") {
            result.list = true;
        } else if (each == "--at-least") {
            if (arguments.size() - i < 3) throw std::runtime_error{"--at-least takes two numbers"};
            result.least_sent = number(arguments[++i]);
            result.least_received = number(arguments[++i]);
        } else if (each.starts_with('-')) {
            throw std::runtime_error{"there is no option " + each};
        } else if (!result.folder.empty()) {
            throw std::runtime_error{"one folder at a time: " + each};
        } else {
            result.folder = each;
        }
    }
    if (result.folder.empty()) throw std::runtime_error{"which folder?"};
    return result;
}

void play(const fs::path& file, flow_report& report) {
    const auto name = file.stem().string();
    report.where = name;
    try {
        const auto document = load(file);
        const auto& flow = document.as_object();
        if (const auto format = text_in(flow, "format"); format != "json")
            return report.note("passed over, its format is \"" + format + '"');
        const auto& entries = flow.at("entries").as_array();
        ++report.flows;
        flow_player player{report};
        player.play(name, entries);
    } catch (const flow_stuck& why) {
        report.differs(std::string{why.what()} + "; the rest of the flow is left out");
    } catch (const std::exception& why) {
        report.differs(file.string() + " cannot be read as a flow: " + why.what());
    }
}

int play_all(const options& chosen) {
    const auto inner = chosen.folder / "realtime";
    const auto files = files_in(fs::is_directory(inner) ? inner : chosen.folder);
    if (files.empty()) throw std::runtime_error{chosen.folder.string() + " is no folder of flows"};
    flow_report report{.list = chosen.list};
    for (const auto& each : files) play(each, report);
    if (report.flows + report.differences == 0)
        throw std::runtime_error{chosen.folder.string() + " has no flows in the JSON format"};
    report.write_counts(std::cout);
    if (report.sent < chosen.least_sent || report.received() < chosen.least_received) {
        std::cerr << "contract-flows: fewer than the " << chosen.least_sent << " messages sent and "
                  << chosen.least_received << " received that there were before\n";
        return 1;
    }
    return report.differences == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    try {
        return play_all(read(arguments));
    } catch (const std::exception& failure) {
        std::cerr << "contract-flows: " << failure.what() << "\nSee contract-flows --help\n";
        return 2;
    }
}
