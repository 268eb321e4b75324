// Does anything that is not as it should be get past the reader, or bring it down?
#include "contract/nakama_caller.hpp"
#include "contract/recording.hpp"
#include "contract/satori_caller.hpp"
#include "realtime/envelope.hpp"

#include <iostream>
#include <random>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace nakama;
using namespace nakama::test;

constexpr const char* usage = R"(Usage: contract-damage FOLDER...

Damages every recorded answer and every message from the server in the folders: cuts it off after every byte, and
replaces, removes, repeats and inserts at random places (always the same ones). A text that is cut off has to be
refused, as has what Boost.JSON does not take for JSON; what is read has to be written and read again without a
change. Run it under AddressSanitizer to learn of what does not show.
)";

constexpr int edits_per_text = 200;

struct damage {
    std::mt19937 random{20260101};
    std::size_t texts = 0, refused = 0, read = 0;
    int failed = 0;

    void try_all(const std::string& where, const std::string& text, reread again) {
        ++texts;
        for (std::size_t length = 0; length < text.size(); ++length) {
            const auto cut = text.substr(0, length);
            if (reads(cut, again)) fail(where, "cut off after " + std::to_string(length) + " bytes is read");
        }
        for (int edit = 0; edit < edits_per_text; ++edit) {
            const auto edited = changed(text);
            const auto written = reads(edited, again);
            if (!written) continue;
            boost::system::error_code not_json;
            std::ignore = json::parse(edited, not_json);
            if (not_json) fail(where, "reads what is not JSON (" + not_json.message() + "): " + edited);
            else if (reads(*written, again) != written)
                fail(where, "is another after writing and reading: " + edited + "\n    " + *written);
        }
    }

private:
    std::optional<std::string> reads(const std::string& text, reread again) {
        // On the heap and without a terminating zero, so that reading beyond it is noticed.
        const std::vector<char> exact(text.begin(), text.end());
        try {
            auto written = again({exact.data(), exact.size()});
            ++read;
            return written;
        } catch (const std::runtime_error&) {
            ++refused;
            return {};
        }
    }

    std::size_t up_to(std::size_t last) {
        return std::uniform_int_distribution<std::size_t>{0, last}(random);
    }

    std::string changed(std::string text) {
        static constexpr std::string_view pieces[] = {
            "{",       "}",       "[",       "]",    "\"",
            ",",       ":",       "\\",      "0",    "-",
            "1e999",   "null",    "true",    "\xff", "\xed\xa0\x80",
            "\\ud800", "\\u0000", "\"\":{}", "[[[[", "99999999999999999999",
            "-0",      "1.5"};
        const auto at = up_to(text.size() - 1);
        const auto length = std::min(up_to(12), text.size() - at);
        switch (up_to(4)) {
        case 0:
            text[at] = static_cast<char>(up_to(255));
            break;
        case 1:
            text.erase(at, length);
            break;
        case 2:
            text.insert(up_to(text.size()), text.substr(at, length));
            break;
        case 3:
            text.insert(at, pieces[up_to(std::size(pieces) - 1)]);
            break;
        default:
            text.replace(at, length, pieces[up_to(std::size(pieces) - 1)]);
        }
        return text;
    }

    void fail(const std::string& where, const std::string& what) {
        if (++failed <= 20) std::cout << where << ": " << what << '\n';
    }
};

void damage_rest(damage& damage, const fs::path& file) {
    const auto exchanges = load(file);
    for (const auto& each : exchanges.as_array()) {
        const auto& exchange = each.as_object();
        const auto* response = exchange.if_contains("response");
        if (!response || !response->is_object()) continue;
        auto name = text_in(exchange, "operation");
        const auto& answers = name.starts_with("Satori_") ? satori_answers() : nakama_answers();
        const auto found = answers.find(name.substr(name.find('_') + 1));
        const auto raw = text_in(response->get_object(), "raw");
        if (found == answers.end() || !raw.starts_with('{')) continue;
        damage.try_all(file.stem().string() + " \"" + text_in(exchange, "name") + '"', raw, found->second);
    }
}

void damage_realtime(damage& damage, const fs::path& file) {
    std::size_t number = 0;
    const auto flow = load(file);
    for (const auto& each : flow.as_object().at("entries").as_array()) {
        const auto& entry = each.as_object();
        const auto where = file.stem().string() + " entry " + std::to_string(number++);
        const auto* message = entry.if_contains("message");
        if (text_in(entry, "dir") != "recv" || !message || !message->is_object()) continue;
        damage.try_all(where, json::serialize(*message), read_and_write<realtime::envelope>);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> folders{argv + 1, argv + argc};
    if (folders.empty() || folders.front() == "--help") {
        (folders.empty() ? std::cerr : std::cout) << usage;
        return folders.empty() ? 2 : 0;
    }
    try {
        damage damage;
        for (const fs::path folder : folders) {
            for (const auto& file : files_in(folder / "rest")) damage_rest(damage, file);
            for (const auto& file : files_in(folder / "realtime")) damage_realtime(damage, file);
        }
        std::cout << damage.texts << " texts damaged; " << damage.refused << " readings refused, "
                  << damage.read << " went through; " << damage.failed << " failures\n";
        return damage.failed == 0 && damage.texts > 0 ? 0 : 1;
    } catch (const std::exception& failure) {
        std::cerr << "contract-damage: " << failure.what() << '\n';
        return 2;
    }
}
