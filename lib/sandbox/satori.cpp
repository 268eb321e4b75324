#include "sandbox/http/refusal.hpp"
#include "sandbox/running.hpp"
#include "sandbox/satori/state/targeting.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/satori.hpp>

#include <algorithm>
#include <stdexcept>

namespace nakama::sandbox {
namespace {

void check_name(std::string_view name, const std::string& what) {
    if (name.empty()) throw std::invalid_argument{what + " has no name"};
}

void check_flags(const liveops::state& state, const liveops::flag_values& values, const std::string& whose) {
    for (const auto& [flag, value] : values)
        if (!state.flags.find(flag))
            throw std::invalid_argument{whose + " gives a value to the flag \"" + flag +
                                        "\", which was not put in"};
}

} // namespace

void satori_view::put_flag(const liveops::flag& flag) {
    const auto world = running(world_);
    check_name(flag.name, "a flag");
    world->liveops.flags.put(flag, world->now());
}

void satori_view::put_experiment(const liveops::experiment& experiment) {
    const auto world = running(world_);
    check_name(experiment.name, "an experiment");
    for (const auto& variant : experiment.variants)
        check_flags(world->liveops, variant.flags, "the experiment \"" + experiment.name + '"');
    world->liveops.experiments.put(experiment, world->now());
}

std::string satori_view::put_live_event(const liveops::live_event& event) {
    const auto world = running(world_);
    liveops::state& state = world->liveops;
    check_name(event.name, "a live event");
    const std::string whose = "the live event \"" + event.name + '"';
    check_flags(state, event.flags, whose);
    for (const auto& variant : event.variants) check_flags(state, variant.flags, whose);
    if (event.duration.count() < 0 || event.every.count() < 0)
        throw std::invalid_argument{whose + " has a negative duration or interval"};
    if (event.every.count() != 0 && event.duration > event.every)
        throw std::invalid_argument{whose + " has runs that are longer than the time to the next one"};

    liveops::live_event made = event;
    if (made.start_time == timestamp{}) made.start_time = world->now();
    if (const auto* before = state.live_events.find(event.name); before && made.id.empty())
        made.id = before->id;
    if (made.id.empty()) made.id = world->ids.uuid();
    for (const auto& other : state.live_events)
        if (other.definition.id == made.id && other.definition.name != made.name)
            throw std::invalid_argument{whose + " has the id of \"" + other.definition.name + '"'};
    std::string id = made.id;
    state.live_events.put(std::move(made), world->now());
    return id;
}

void satori_view::remove_flag(std::string_view name) {
    if (const auto world = world_.lock()) world->liveops.flags.remove(name);
}

void satori_view::remove_experiment(std::string_view name) {
    if (const auto world = world_.lock()) world->liveops.experiments.remove(name);
}

void satori_view::remove_live_event(std::string_view name) {
    if (const auto world = world_.lock()) world->liveops.live_events.remove(name);
}

void satori_view::put_identity(std::string_view id, const satori::properties& properties) {
    const auto world = running(world_);
    try {
        auto& known = world->liveops.identities.enter(std::string{id}, world->now()).identity.properties;
        for (const auto& [name, value] : properties.default_) known.default_.insert_or_assign(name, value);
        for (const auto& [name, value] : properties.computed) known.computed.insert_or_assign(name, value);
        for (const auto& [name, value] : properties.custom) known.custom.insert_or_assign(name, value);
    } catch (const refusal& refused) {
        throw std::invalid_argument{refused.what()};
    }
}

std::optional<liveops::identity> satori_view::find_identity(std::string_view id) const {
    const auto world = world_.lock();
    const auto* record = world ? world->liveops.identities.find(id) : nullptr;
    if (!record) return {};
    return record->identity;
}

std::vector<liveops::identity> satori_view::identities() const {
    std::vector<liveops::identity> result;
    if (const auto world = world_.lock())
        for (const auto& [id, record] : world->liveops.identities.all()) result.push_back(record.identity);
    return result;
}

bool satori_view::has_joined(std::string_view identity_id, std::string_view live_event_id) const {
    const auto world = world_.lock();
    const auto* record = world ? world->liveops.identities.find(identity_id) : nullptr;
    return record && record->joined.contains(std::string{live_event_id});
}

std::string satori_view::send_message(std::string_view identity_id, const liveops::message& message) {
    const auto world = running(world_);
    auto* record = world->liveops.identities.find(identity_id);
    if (!record) throw std::invalid_argument{"there is no identity \"" + std::string{identity_id} + '"'};
    const std::int64_t now = unix_seconds(world->now());
    std::string id = message.id.empty() ? world->ids.uuid() : message.id;
    const bool is_new = record->messages.put(
        {.id = id,
         .schedule_id = message.schedule_id,
         .title = message.title,
         .text = message.text,
         .image_url = message.image_url,
         .metadata = message.metadata,
         .send_time = message.send_time == timestamp{} ? now : liveops::seconds_of(message.send_time),
         .create_time = now,
         .update_time = now});
    if (!is_new)
        throw std::invalid_argument{'"' + std::string{identity_id} + "\" has a message \"" + id +
                                    "\" already"};
    return id;
}

std::vector<satori::message> satori_view::messages(std::string_view identity_id) const {
    const auto world = world_.lock();
    const auto* record = world ? world->liveops.identities.find(identity_id) : nullptr;
    if (!record) return {};
    return record->messages.all();
}

std::vector<liveops::event> satori_view::events(std::string_view identity_id) const {
    std::vector<liveops::event> result;
    if (const auto world = world_.lock())
        std::ranges::copy_if(world->liveops.events.all(), std::back_inserter(result), [&](const auto& one) {
            return identity_id.empty() || one.identity_id == identity_id;
        });
    return result;
}

void satori_view::define_event(std::string name) {
    running(world_)->liveops.event_names.define(std::move(name));
}

void satori_view::define_default_property(std::string name) {
    running(world_)->liveops.default_properties.define(std::move(name));
}

void satori_view::set_ready(bool ready) {
    running(world_)->liveops.ready = ready;
}

} // namespace nakama::sandbox
