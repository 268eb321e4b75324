// What reads text, by the first letter of the input: queries, JSON, seeds, orders of faults, frames.
#include "fuzz/harness.hpp"
#include "sandbox/faults/envelope_head.hpp"
#include "sandbox/faults/fault_file.hpp"
#include "sandbox/json/json_input.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/socket/frames.hpp"
#include "sandbox/state/query.hpp"

#include <cstdlib>
#include <stdexcept>

using namespace nakama::fuzz;
namespace sandbox = nakama::sandbox;

namespace {

void read_query(std::string_view text) {
    try {
        const sandbox::query read{text};
        sandbox::properties ticket;
        ticket.texts.emplace("region", "europe");
        ticket.numbers.emplace("rank", 7.0);
        (void)read.matches(ticket);
        (void)read.score(ticket);
    } catch (const sandbox::bad_query&) {
    }
}

void read_json(std::string_view text) {
    try {
        (void)sandbox::parse_lenient(text);
        (void)sandbox::parse_json(text);
        const std::string normal = sandbox::normalised(std::string{text});
        // What is normal stays as it is.
        if (sandbox::normalised(normal) != normal) std::abort();
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
        if (server.accounts().size() > 0) std::abort(); // a bad one changes nothing
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
    case 'q':
        read_query(text);
        break;
    case 's':
        read_seed(text);
        break;
    case 'f':
        read_faults(text);
        break;
    case 'w':
        read_frames(text);
        break;
    default:
        read_json(text);
    }
    return 0;
}
