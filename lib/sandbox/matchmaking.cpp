// Brings the matchmaker together with its users and with time.
#include "realtime.hpp"

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;
using realtime_errors::runtime_exception;

constexpr std::chrono::seconds match_token_life{30};

void tell(world& world, const matchmaker::found_match& match) {
    matchmaker_matched matched;
    matched.token = mint_match_token(world.ids.uuid() + '.', world.now() + match_token_life);
    for (const auto& ticket : match) matched.users.push_back(ticket.user);
    for (const auto& ticket : match) {
        matched.ticket = ticket.id;
        matched.self = ticket.user;
        const auto socket = world.sockets.find(ticket.user.presence.session_id);
        if (socket != world.sockets.end()) socket->second->send(event("matchmaker_matched", matched));
    }
}

void set_alarm(world& world) {
    if (!world.pool.wants_interval()) {
        world.matchmaker_alarm.reset();
        return;
    }
    if (!world.matchmaker_alarm) world.matchmaker_alarm = world.clock->make_alarm(world.executor);
    world.matchmaker_alarm->set(world.clock->now() + world.config.matchmaker_interval,
                                [weak = world.weak_from_this()] {
                                    const auto self = weak.lock();
                                    if (!self) return;
                                    const auto found = self->pool.seek_interval();
                                    set_alarm(*self);
                                    for (const auto& match : found) tell(*self, match);
                                });
}

} // namespace

namespace handlers {

verdict matchmaker_add(world& world, message& request) {
    const std::int32_t min_count = request.body.int32("min_count").value_or(0);
    const std::int32_t max_count = request.body.int32("max_count").value_or(0);
    const std::string wanted = request.body.text("query").value_or("");
    const auto multiple = request.body.int32("count_multiple");
    matchmaker_user user{
        .presence = request.from.presence(),
        .string_properties =
            request.body.text_map("string_properties").value_or(std::map<std::string, std::string>{}),
        .numeric_properties =
            request.body.number_map("numeric_properties").value_or(std::map<std::string, double>{})};
    request.body.finish();

    const auto refuse = [&](std::string text) {
        request.refuse(bad_input, std::move(text));
        return verdict::go_on;
    };
    if (min_count < 2) return refuse("Invalid minimum count, must be >= 2");
    if (max_count < min_count) return refuse("Invalid maximum count, must be >= minimum count");
    if (multiple && *multiple < 1) return refuse("Invalid count multiple, must be >= 1");
    if (multiple && min_count % *multiple != 0)
        return refuse("Invalid count multiple for minimum count, must divide");
    if (multiple && max_count % *multiple != 0)
        return refuse("Invalid count multiple for maximum count, must divide");

    const std::string id = world.ids.uuid();
    try {
        const bool added = world.pool.add({.id = id,
                                           .user = std::move(user),
                                           .wanted = query{wanted},
                                           .min_count = min_count,
                                           .max_count = max_count,
                                           .count_multiple = multiple.value_or(1)});
        if (!added) {
            request.refuse(runtime_exception, "Error adding to matchmaker");
            return verdict::go_on;
        }
    } catch (const bad_query& bad) {
        // A real server gives no reason; what it would have understood deserves one.
        const std::string why = bad.understood() ? std::string{": "} + bad.what() : "";
        request.refuse(runtime_exception, "Error adding to matchmaker" + why);
        return verdict::go_on;
    }
    request.answer("matchmaker_ticket", matchmaker_ticket{.ticket = id});

    // A real server looks only once an interval; nobody who tests wants to wait for that.
    const auto found = world.pool.seek_full();
    if (!world.matchmaker_alarm || !world.pool.wants_interval()) set_alarm(world);
    for (const auto& match : found) tell(world, match);
    return verdict::go_on;
}

verdict matchmaker_remove(world& world, message& request) {
    const std::string ticket = request.body.text("ticket").value_or("");
    request.body.finish();
    if (ticket.empty()) {
        request.refuse(bad_input, "Invalid matchmaker ticket");
        return verdict::go_on;
    }
    if (!world.pool.remove(request.from.session_id(), ticket)) {
        request.refuse(bad_input, "Matchmaker ticket not found");
        return verdict::go_on;
    }
    request.acknowledge();
    return verdict::go_on;
}

} // namespace handlers
} // namespace nakama::sandbox
