// Replays recordings against the client: does it ask what was asked, and understand what was answered?
#include "contract/realtime_replay.hpp"
#include "contract/rest_replay.hpp"
#include "contract/satori_caller.hpp"

#include <filesystem>
#include <iostream>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace nakama;
using namespace nakama::test;

constexpr const char* usage = R"(Usage: contract FOLDER [--list | --at-least REQUESTS MESSAGES]
       contract --help

Takes a folder of recorded exchanges, with subfolders rest/ and realtime/ of JSON files, and for each
  - that our API can express makes the same call and compares what is sent: method, path, query as a set,
    body as a JSON value (64-bit integers as text or number), kind of credentials;
  - reads what was answered, writes it again and compares the JSON values; an error must be told with its
    HTTP status, its gRPC code and its message.
Messages of the socket are sent, read and written in the same way.

  --list      name what the API cannot express, and why
  --at-least  fail if fewer requests were made or fewer messages sent: what our client refuses counts as not
              expressible

The last line counts. Exits 1 if anything differed, 2 if the folder cannot be read.
)";

int replay_all(const fs::path& folder, bool list, int least_requests, int least_messages) {
    const auto rest = files_in(folder / "rest"), flows = files_in(folder / "realtime");
    if (rest.empty() && flows.empty())
        throw std::runtime_error{folder.string() + " has no recordings in rest/ or realtime/"};
    const fs::path descriptions{NAKAMA_API_DESCRIPTIONS};
    const api_description nakama_api{descriptions / "nakama.json"}, satori_api{descriptions / "satori.json"};
    const auto rules = load(NAKAMA_CONTRACT_EXCEPTIONS);
    const auto& exceptions = rules.as_array();
    replay_counts count;
    rest_replay<nakama_caller> nakama_rest{nakama_api, nakama_answers(), exceptions, count, list};
    rest_replay<satori_caller> satori_rest{satori_api, satori_answers(), exceptions, count, list};
    for (const auto& file : rest) {
        const auto exchanges = load(file);
        for (const auto& each : exchanges.as_array()) {
            const auto& exchange = each.as_object();
            const auto where = "rest/" + file.stem().string() + ": \"" + text_in(exchange, "name") + '"';
            if (text_in(exchange, "operation").starts_with("Satori_")) satori_rest.replay(where, exchange);
            else nakama_rest.replay(where, exchange);
        }
    }
    realtime_replay realtime{count, list};
    for (const auto& file : flows) {
        const auto flow = load(file);
        std::size_t number = 0;
        for (const auto& each : flow.as_object().at("entries").as_array())
            realtime.replay("realtime/" + file.stem().string() + " entry " + std::to_string(number++),
                            each.as_object());
    }
    std::cout << count.sent << " requests made, " << count.inexpressible << " not expressible; "
              << count.answers << " answers (" << count.excepted
              << " but for what exceptions.json names) and " << count.errors << " errors read; "
              << count.frames_sent << " messages sent, " << count.frames_inexpressible << " not expressible, "
              << count.frames_received << " received; " << count.failed << " differences\n";
    if (count.sent < least_requests || count.frames_sent < least_messages) {
        std::cout << "fewer than the " << least_requests << " requests and " << least_messages
                  << " messages that are known to be expressible\n";
        return 1;
    }
    return count.failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    const bool list = arguments.size() == 2 && arguments[1] == "--list";
    const bool floor = arguments.size() == 4 && arguments[1] == "--at-least";
    if (arguments.size() != 1 && !list && !floor) {
        std::cerr << usage;
        return 2;
    }
    try {
        return replay_all(arguments[0], list, floor ? std::stoi(arguments[2]) : 0,
                          floor ? std::stoi(arguments[3]) : 0);
    } catch (const std::exception& failure) {
        std::cerr << "contract: " << failure.what() << '\n';
        return 2;
    }
}
