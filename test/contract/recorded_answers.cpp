// What a real server sent: everything in it must be read, and nothing lost.
#include "call/answer.hpp"
#include "realtime/envelope.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/operations.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <string>

using namespace nakama;
namespace json = boost::json;

namespace {

const std::filesystem::path recordings = std::filesystem::path{NAKAMA_TEST_DATA} / "nakama-3.40";

json::value load(const std::filesystem::path& path) {
    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    return json::parse(text);
}

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string{value.as_string()} : std::string{};
}

/// Reads text as a message, writes the message and gives what is different then; empty if nothing is.
template <class T>
std::string lost_in(const std::string& text) {
    T message{};
    if (const auto failure = wire::read_json(text, message)) return failure->where + ": " + failure->what;
    const auto written = json::parse(wire::to_json(message));
    const auto recorded = json::parse(text);
    return written == recorded
               ? ""
               : "recorded " + json::serialize(recorded) + "\nread     " + json::serialize(written);
}

} // namespace

TEST_CASE("every recorded answer of the operations we have is read without loss") {
    const std::map<std::string, std::function<std::string(const std::string&)>> readers{
        {"Nakama_AuthenticateDevice", lost_in<session_tokens>},
        {"Nakama_AuthenticateEmail", lost_in<session_tokens>},
        {"Nakama_AuthenticateCustom", lost_in<session_tokens>},
        {"Nakama_SessionRefresh", lost_in<session_tokens>},
        {"Nakama_GetAccount", lost_in<account>},
        {"Nakama_ListFriends", lost_in<friend_list>},
    };
    std::map<std::string, int> read;
    for (const auto& file : std::filesystem::directory_iterator{recordings / "rest"}) {
        const auto exchanges = load(file.path());
        for (const auto& exchange : exchanges.as_array()) {
            const auto operation = text_of(exchange.at("operation"));
            const auto reader = readers.find(operation);
            const auto* status = exchange.at("response").as_object().if_contains("status");
            const auto* raw = exchange.at("response").as_object().if_contains("raw");
            if (reader == readers.end() || !status || *status != 200 || !raw || !raw->is_string()) continue;
            INFO(file.path().filename().string() << ": " << text_of(exchange.at("name")));
            CHECK(reader->second(text_of(*raw)) == "");
            ++read[operation];
        }
    }
    for (const auto& [operation, reader] : readers) {
        INFO(operation);
        CHECK(read[operation] > 0);
    }
}

TEST_CASE("every recorded refusal gives the server's code and text") {
    int read = 0;
    for (const auto& file : std::filesystem::directory_iterator{recordings / "rest"}) {
        const auto exchanges = load(file.path());
        for (const auto& exchange : exchanges.as_array()) {
            const auto& response = exchange.at("response").as_object();
            const auto* status = response.if_contains("status");
            const auto* body = response.if_contains("body");
            if (!status || !status->is_int64() || status->as_int64() < 400 || !body || !body->is_object())
                continue;
            const auto& said = body->as_object();
            if (!said.contains("code") || !said.contains("message")) continue;
            INFO(file.path().filename().string() << ": " << text_of(exchange.at("name")));
            const call::operation operation{"any", "GET", call::credentials::session, true};
            const auto failure = call::refusal(operation, {.status = static_cast<int>(status->as_int64()),
                                                           .body = text_of(response.at("raw"))});
            CHECK(failure.code().category() == grpc_category());
            CHECK(failure.code().value() == said.at("code").as_int64());
            CHECK(failure.server_message() == text_of(said.at("message")));
            ++read;
        }
    }
    CHECK(read > 50);
}

TEST_CASE("every recorded message of the kinds we have is read without loss") {
    const std::set<std::string> known{"channel",
                                      "channel_message",
                                      "channel_message_ack",
                                      "channel_presence_event",
                                      "error",
                                      "match",
                                      "match_data",
                                      "match_presence_event",
                                      "matchmaker_matched",
                                      "matchmaker_ticket",
                                      "notifications",
                                      "status_presence_event",
"pong", "rpc", "status"};
    std::map<std::string, int> read;
    for (const auto& file : std::filesystem::directory_iterator{recordings / "realtime"}) {
        const auto flow = load(file.path());
        for (const auto& entry : flow.at("entries").as_array()) {
            if (text_of(entry.at("dir")) != "recv" || !entry.as_object().contains("message")) continue;
            const auto& message = entry.at("message").as_object();
            std::string kind;
            for (const auto& member : message)
                if (member.key() != "cid") kind = member.key();
            INFO(file.path().filename().string() << ": " << json::serialize(message));
            realtime::envelope envelope;
            const auto failure = wire::read_json(json::serialize(message), envelope);
            REQUIRE(!failure);
            if (!known.contains(kind)) {
                CHECK(envelope.message.index() == 0);
                continue;
            }
            CHECK(lost_in<realtime::envelope>(json::serialize(message)) == "");
            ++read[kind];
        }
    }
    for (const auto& kind : known) {
        INFO(kind);
        CHECK(read[kind] > 0);
    }
}
