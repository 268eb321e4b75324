#include "codec.hpp"

#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

#include <nakama/nakama.hpp>
#include <satori/satori.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <string>

namespace bench::codec {
namespace {

namespace json = boost::json;
namespace wire = nakama::wire;

constexpr std::size_t elements = 10;        // of a list
constexpr std::size_t inner_elements = 2;   // of a list in a list
constexpr std::size_t deepest = 5;          // of nesting
constexpr std::size_t bytes_each = 200'000; // that are read in a round

void write_sample(wire::json_writer& out, const wire::schema& layout, std::size_t depth);

void write_value(wire::json_writer& out, const wire::field& field, std::size_t depth) {
    switch (field.value) {
    case wire::kind::string:
        out.value(std::string_view{"c125cb56-c81e-40d0-a97d-ef4626a23ed8"});
        break;
    case wire::kind::bytes:
        out.bytes("forty-eight bytes, which travel as sixty-four...");
        break;
    case wire::kind::boolean:
        out.value(true);
        break;
    case wire::kind::int32:
        out.value(std::int32_t{1042});
        break;
    case wire::kind::int64:
        out.value(std::int64_t{1795397005});
        break;
    case wire::kind::uint32:
        out.value(std::uint32_t{1042});
        break;
    case wire::kind::number:
        out.value(0.25);
        break;
    case wire::kind::time:
        out.value(nakama::timestamp{std::chrono::seconds{1795397005}});
        break;
    case wire::kind::enumeration:
        out.value(field.names().back().number);
        break;
    case wire::kind::message:
        write_sample(out, field.message(), depth + 1);
        break;
    }
}

/// Every field has a value.
void write_sample(wire::json_writer& out, const wire::schema& layout, std::size_t depth) {
    out.begin_object();
    for (const wire::field& field : layout.fields) {
        if (field.value == wire::kind::message && depth == deepest) continue;
        out.key(field.name);
        const std::size_t count = depth == 0 ? elements : inner_elements;
        if (field.form == wire::shape::list) {
            out.begin_list();
            for (std::size_t i = 0; i < count; ++i) write_value(out, field, depth);
            out.end_list();
        } else if (field.form == wire::shape::map) {
            out.begin_object();
            for (std::size_t i = 0; i < count; ++i) {
                const std::string key = "key_" + std::to_string(i);
                out.key(key);
                write_value(out, field, depth);
            }
            out.end_object();
        } else {
            write_value(out, field, depth);
        }
    }
    out.end_object();
}

template <class Work>
cost cost_of(meter& meter, std::size_t times, Work work) {
    meter.begin();
    for (std::size_t i = 0; i < times; ++i) work();
    meter.end(times);
    return meter.result();
}

template <class Message>
type of(std::string_view name, std::size_t rounds, meter& meter) {
    std::string text;
    wire::json_writer writer{text};
    write_sample(writer, wire::schema_of<Message>(), 0);
    Message message;
    if (const auto failure = wire::read_json(text, message))
        throw std::runtime_error{std::string{name} + " cannot be read: " + failure->what};
    const json::value document = json::parse(text);

    std::vector<unsigned char> memory(8 * text.size() + 4096);
    const std::size_t times = std::max<std::size_t>(bytes_each / text.size(), 1);
    std::vector<comparison> reading, writing;
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto compared = [&](auto plain, auto library) {
            comparison one;
            one.plain = cost_of(meter, times, plain);
            one.library = cost_of(meter, times, library);
            one.ratio = one.library.microseconds / one.plain.microseconds;
            return one;
        };
        reading.push_back(compared(
            [&] {
                json::monotonic_resource resource{memory.data(), memory.size()};
                if (!json::parse(text, &resource).is_object()) throw std::runtime_error{"no object"};
            },
            [&] {
                Message read;
                if (wire::read_json(text, read)) throw std::runtime_error{"not read"};
            }));
        writing.push_back(compared(
            [&] {
                if (json::serialize(document).empty()) throw std::runtime_error{"nothing written"};
            },
            [&] {
                if (wire::to_json(message).empty()) throw std::runtime_error{"nothing written"};
            }));
    }
    return {.name = name, .reading = median(reading), .writing = median(writing)};
}

} // namespace

std::vector<type> measure(std::size_t rounds) {
    using namespace nakama;
    meter meter;
    return {
#include "generated_types.inc" // "of<friend_list>("friend_list", rounds, meter)," for each
    };
}

} // namespace bench::codec
