#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <nakama/sandbox/satori.hpp>

#include <algorithm>
#include <chrono>
#include <utility>

namespace nakama::sandbox {
namespace {

using text_map = std::map<std::string, std::string>;

std::vector<std::string> read_texts(document_object& from, std::string_view name) {
    std::vector<std::string> result;
    if (const auto given = from.find(name))
        for (const document_value& item : given->items()) result.push_back(item.text());
    return result;
}

text_map read_map(document_object& from, std::string_view name) {
    text_map result;
    if (const auto given = from.find(name))
        for (const auto& [key, value] : given->object().members()) result.emplace(key, value.text());
    return result;
}

void read_seconds(document_object& from, std::string_view name, std::chrono::seconds& to) {
    if (const auto given = from.find(name)) to = std::chrono::floor<std::chrono::seconds>(given->duration());
}

satori::properties read_properties(document_object& from) {
    return {.default_ = read_map(from, "default"),
            .computed = read_map(from, "computed"),
            .custom = read_map(from, "custom")};
}

bool has_all(const text_map& of, const text_map& wanted) {
    for (const auto& [name, value] : wanted) {
        const auto found = of.find(name);
        if (found == of.end() || found->second != value) return false;
    }
    return true;
}

/// One of "ids", and all of the properties.
liveops::audience read_audience(document_object& from) {
    const auto given = from.find("who");
    if (!given) return {};
    document_object who = given->object();
    const std::vector<std::string> ids = read_texts(who, "ids");
    const satori::properties wanted = read_properties(who);
    who.finish();
    return [ids, wanted](const liveops::identity& one) {
        return (ids.empty() || std::ranges::find(ids, one.id) != ids.end()) &&
               has_all(one.properties.default_, wanted.default_) &&
               has_all(one.properties.computed, wanted.computed) &&
               has_all(one.properties.custom, wanted.custom);
    };
}

/// What all variants have; `Variant` of a flag has no flags.
template <class Variant>
std::vector<Variant> read_variants(document_object& from) {
    std::vector<Variant> result;
    const auto given = from.find("variants");
    if (!given) return result;
    for (const document_value& entry : given->items()) {
        document_object one = entry.object();
        Variant variant;
        variant.name = one.need("name").text();
        read_text(one, "value", variant.value);
        if constexpr (requires { variant.flags; }) variant.flags = read_map(one, "flags");
        variant.who = read_audience(one);
        one.finish();
        result.push_back(std::move(variant));
    }
    return result;
}

void put_flag(seeding& state, const document_value& entry) {
    document_object from = entry.object();
    liveops::flag flag;
    flag.name = from.need("name").text();
    read_text(from, "value", flag.value);
    flag.labels = read_texts(from, "labels");
    flag.variants = read_variants<liveops::flag_variant>(from);
    from.finish();
    seeding::put(entry, [&] { state.to.satori().put_flag(flag); });
}

void put_experiment(seeding& state, const document_value& entry) {
    document_object from = entry.object();
    liveops::experiment experiment;
    experiment.name = from.need("name").text();
    experiment.labels = read_texts(from, "labels");
    read_text(from, "phase_name", experiment.phase_name);
    read_time(from, "start_time", experiment.start_time);
    read_time(from, "end_time", experiment.end_time);
    experiment.who = read_audience(from);
    experiment.variants = read_variants<liveops::experiment_variant>(from);
    from.finish();
    seeding::put(entry, [&] { state.to.satori().put_experiment(experiment); });
}

void put_live_event(seeding& state, const document_value& entry) {
    document_object from = entry.object();
    liveops::live_event event;
    event.name = from.need("name").text();
    read_text(from, "id", event.id);
    read_text(from, "description", event.description);
    read_text(from, "value", event.value);
    event.labels = read_texts(from, "labels");
    read_time(from, "start_time", event.start_time);
    read_time(from, "end_time", event.end_time);
    read_seconds(from, "duration", event.duration);
    read_seconds(from, "every", event.every);
    read_text(from, "reset_cron", event.reset_cron);
    read_flag(from, "explicit_join", event.explicit_join);
    event.flags = read_map(from, "flags");
    event.variants = read_variants<liveops::live_event_variant>(from);
    event.who = read_audience(from);
    from.finish();
    seeding::put(entry, [&] { state.to.satori().put_live_event(event); });
}

void put_identity(seeding& state, const document_value& entry) {
    document_object from = entry.object();
    const std::string id = from.need("id").text();
    const satori::properties properties = read_properties(from);
    from.finish();
    seeding::put(entry, [&] { state.to.satori().put_identity(id, properties); });
}

void put_message(seeding& state, const document_value& entry) {
    document_object from = entry.object();
    const std::string to = from.need("to").text();
    liveops::message message;
    read_text(from, "id", message.id);
    read_text(from, "schedule_id", message.schedule_id);
    read_text(from, "title", message.title);
    read_text(from, "text", message.text);
    read_text(from, "image_url", message.image_url);
    message.metadata = read_map(from, "metadata");
    read_time(from, "send_time", message.send_time);
    from.finish();
    seeding::put(entry, [&] { state.to.satori().send_message(to, message); });
}

} // namespace

void seed_satori(seeding& state, const document_value& section) {
    document_object from = section.object();
    for (const std::string& name : read_texts(from, "events")) state.to.satori().define_event(name);
    for (const std::string& name : read_texts(from, "default_properties"))
        state.to.satori().define_default_property(name);
    constexpr std::pair<std::string_view, seed_section> parts[] = {{"flags", put_flag},
                                                                   {"experiments", put_experiment},
                                                                   {"live_events", put_live_event},
                                                                   {"identities", put_identity},
                                                                   {"messages", put_message}};
    for (const auto& [name, put] : parts)
        if (const auto given = from.find(name))
            for (const document_value& entry : given->items()) put(state, entry);
    from.finish();
}

} // namespace nakama::sandbox
