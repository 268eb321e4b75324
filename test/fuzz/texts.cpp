// What reads text, by the first letter of the input. Where there are two texts, a line break is between them.
#include "fuzz/harness.hpp"
#include "sandbox/faults/envelope_head.hpp"
#include "sandbox/faults/fault_file.hpp"
#include "sandbox/faults/fault_ledger.hpp"
#include "sandbox/http/canonical_path.hpp"
#include "sandbox/http/compression.hpp"
#include "sandbox/http/http_message.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/json/json_input.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/socket/frames.hpp"
#include "sandbox/state/cron.hpp"
#include "sandbox/state/group_listing.hpp"
#include "sandbox/state/label.hpp"
#include "sandbox/state/query.hpp"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <stdexcept>
#include <utility>

using namespace nakama::fuzz;
namespace sandbox = nakama::sandbox;

namespace {

std::pair<std::string_view, std::string_view> split(std::string_view text) {
    const auto end = std::min(text.find('\n'), text.size());
    return {text.substr(0, end), text.substr(std::min(end + 1, text.size()))};
}

void must(bool holds) {
    if (!holds) std::abort();
}

void ask(std::string_view text, std::string_view prefix, const sandbox::properties& about) {
    try {
        const sandbox::query read{text, prefix};
        (void)read.matches(about);
        must(read.score(about) >= 0);
    } catch (const sandbox::bad_query&) {
    }
}

void read_query(std::string_view text) {
    ask(text, "properties.", {.texts = {{"region", "europe"}}, .numbers = {{"rank", 7.0}}});
}

void read_label(std::string_view text) {
    const auto [label, query] = split(text);
    ask(query, "label.", sandbox::properties_of_label(std::string{label}));
}

void read_schedule(std::string_view text) {
    try {
        const sandbox::cron_schedule schedule{text};
        using limits = std::numeric_limits<std::int64_t>;
        for (const std::int64_t time :
             {std::int64_t{0}, std::int64_t{1795396900}, limits::max(), limits::min()}) {
            const std::int64_t next = schedule.next(time);
            if (next == 0) continue;
            must(next > time);
            must(schedule.last(next) <= std::max<std::int64_t>(time, 0));
            must(schedule.last(next + 1) == next);
        }
    } catch (const std::invalid_argument&) {
    }
}

void read_patterns(std::string_view text) {
    const auto [pattern, whole] = split(text);
    (void)sandbox::is_like(whole, pattern);
    (void)sandbox::fits(pattern, whole);
    must(sandbox::is_like(whole, "%") == true);
    must(sandbox::fits("*", whole) && sandbox::fits(whole, whole));
}

void read_path(std::string_view text) {
    const std::string canonical = sandbox::canonical_path(text);
    must(sandbox::canonical_path(canonical) == canonical);
    sandbox::http_request request;
    must(!sandbox::redirection(request, canonical));
    try {
        const auto parameters = sandbox::query_parameters::strict(text);
        (void)parameters.all();
        (void)parameters.int64("limit");
        (void)parameters.flag("open");
    } catch (const sandbox::refusal&) {
    }
}

void read_compressed(std::string_view text) {
    for (const std::string coding : {"gzip", "deflate"}) {
        sandbox::http_request damaged;
        damaged.headers = {{"Content-Encoding", coding}};
        damaged.body = text;
        sandbox::decompress(damaged);

        sandbox::http_request there_and_back;
        there_and_back.headers = {{"Accept-Encoding", coding}, {"Content-Encoding", coding}};
        sandbox::http_answer answer;
        answer.body = text;
        sandbox::compress(there_and_back, answer);
        there_and_back.body = answer.body;
        sandbox::decompress(there_and_back);
        must(there_and_back.damage.empty() && there_and_back.body == text);
    }
}

void read_json(std::string_view text) {
    try {
        (void)sandbox::parse_lenient(text);
        (void)sandbox::parse_json(text);
        const std::string normal = sandbox::normalised(std::string{text});
        // What is normal stays as it is.
        must(sandbox::normalised(normal) == normal);
    } catch (const sandbox::malformed&) {
    }
    (void)sandbox::head_of_message(text);
    (void)sandbox::head_of_envelope(text);
}

void read_seed(std::string_view text) {
    static asio::io_context io;
    sandbox::server server{io.get_executor(), {.seed = 1}};
    try {
        server.load_seed(text);
    } catch (const std::invalid_argument&) {
        must(server.accounts().size() == 0); // a bad one changes nothing
    }
    server.stop();
    io.restart();
    io.poll();
}

void read_faults(std::string_view text) {
    try {
        (void)sandbox::read_faults(text, "fuzz");
    } catch (const std::invalid_argument&) {
    }
}

void read_frames(std::string_view bytes) {
    sandbox::frame_reader reader{4096};
    while (!bytes.empty()) {
        reader.feed(bytes.substr(0, 7));
        bytes.remove_prefix(std::min<std::size_t>(7, bytes.size()));
        while (const auto frame = reader.next())
            if (frame->what >= sandbox::incoming::type::closing) return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view text = text_of(data + 1, size - 1);
    switch (data[0]) {
    case 'c':
        read_schedule(text);
        break;
    case 'f':
        read_faults(text);
        break;
    case 'l':
        read_label(text);
        break;
    case 'm':
        read_patterns(text);
        break;
    case 'p':
        read_path(text);
        break;
    case 'q':
        read_query(text);
        break;
    case 's':
        read_seed(text);
        break;
    case 'w':
        read_frames(text);
        break;
    case 'z':
        read_compressed(text);
        break;
    default:
        read_json(text);
    }
    return 0;
}
