// Brings the matchmaker together with its users and with time.
#include "sandbox/socket/matchmaking.hpp"

#include "sandbox/socket/realtime.hpp"

namespace nakama::sandbox {
namespace {

using realtime_errors::bad_input;
using realtime_errors::runtime_exception;

constexpr std::chrono::seconds match_token_life{30};
constexpr std::size_t completions_kept = 10;

/// What the server's own code makes of a result: the id of a match, or nothing.
std::string match_for(const world& world, const std::vector<matchmaker_user>& users) {
    if (!world.matchmaker_matched) return {};
    try {
        // A copy: the function may register another.
        const auto decide = world.matchmaker_matched;
        return decide(users);
    } catch (const std::exception& failure) {
        world.log(std::string{"the function for those matched failed: "} + failure.what());
    } catch (...) {
        world.log("the function for those matched failed");
    }
    return {};
}

void tell(world& world, const matchmaker::found_match& match) {
    matchmaker_matched matched;
    for (const auto& ticket : match)
        matched.users.insert(matched.users.end(), ticket.users.begin(), ticket.users.end());
    matched.match_id = match_for(world, matched.users);
    if (matched.match_id.empty())
        matched.token = mint_match_token(world.ids.uuid() + '.', world.now() + match_token_life);
    for (const auto& ticket : match) {
        matched.ticket = ticket.id;
        for (const matchmaker_user& user : ticket.users) {
            matched.self = user;
            const auto socket = world.sockets.find(user.presence.session_id);
            if (socket != world.sockets.end()) socket->second->send(event("matchmaker_matched", matched));
        }
    }
}

/// Counts who waits before a search and who was found in it.
template <class Seek>
std::vector<matchmaker::found_match> search(world& world, const Seek& seek) {
    matchmaker_stats& stats = world.matchmaking_stats;
    world.last_search = world.clock->now();
    stats.ticket_count = static_cast<std::int32_t>(world.pool.size());
    const auto* const oldest = world.pool.oldest();
    stats.oldest_ticket_create_time = oldest ? oldest->create_time : timestamp{};
    auto found = seek(world.pool);
    for (const auto& match : found)
        for (const auto& ticket : match)
            stats.completions.insert(stats.completions.end(), ticket.users.size(),
                                     {.create_time = ticket.create_time, .complete_time = world.now()});
    if (stats.completions.size() > completions_kept)
        stats.completions.erase(stats.completions.begin(), stats.completions.end() - completions_kept);
    return found;
}

/// A server's intervals begin when it does.
nakama::clock::time_point next_interval(const world& world) {
    const auto interval =
        std::chrono::duration_cast<nakama::clock::duration>(world.config.matchmaker_interval);
    const auto passed = world.clock->now() - world.started;
    return world.started + (passed / interval + 1) * interval;
}

void set_alarm(world& world) {
    if (!world.pool.wants_interval()) {
        world.matchmaker_alarm.reset();
        return;
    }
    if (!world.matchmaker_alarm) world.matchmaker_alarm = world.clock->make_alarm(world.executor);
    world.matchmaker_alarm->set(next_interval(world), [weak = world.weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        const auto found = search(*self, [](matchmaker& pool) { return pool.seek_interval(); });
        set_alarm(*self);
        for (const auto& match : found) tell(*self, match);
    });
}

} // namespace

match_wish read_match_wish(message_reader& body) {
    return {.min_count = body.int32("min_count").value_or(0),
            .max_count = body.int32("max_count").value_or(0),
            .query = body.text("query").value_or(""),
            .count_multiple = body.int32("count_multiple"),
            .string_properties =
                body.text_map("string_properties").value_or(std::map<std::string, std::string>{}),
            .numeric_properties =
                body.number_map("numeric_properties").value_or(std::map<std::string, double>{})};
}

std::string_view complaint_about(const match_wish& wish) {
    const auto multiple = wish.count_multiple;
    if (wish.min_count < 2) return "Invalid minimum count, must be >= 2";
    if (wish.max_count < wish.min_count) return "Invalid maximum count, must be >= minimum count";
    if (multiple && *multiple < 1) return "Invalid count multiple, must be >= 1";
    if (multiple && wish.min_count % *multiple != 0)
        return "Invalid count multiple for minimum count, must divide";
    if (multiple && wish.max_count % *multiple != 0)
        return "Invalid count multiple for maximum count, must divide";
    return {};
}

matchmaker::ticket make_ticket(world& world, const match_wish& wish, const std::vector<user_presence>& users,
                               const std::string& party_id) {
    matchmaker::ticket ticket{.id = world.ids.uuid(),
                              .party_id = party_id,
                              .wanted = query{wish.query},
                              .min_count = wish.min_count,
                              .max_count = wish.max_count,
                              .count_multiple = wish.count_multiple.value_or(1),
                              .create_time = world.now()};
    for (const user_presence& user : users)
        ticket.users.push_back({.presence = user,
                                .party_id = party_id,
                                .string_properties = wish.string_properties,
                                .numeric_properties = wish.numeric_properties});
    return ticket;
}

const matchmaker_stats& matchmaking_stats(world& world) {
    if (world.clock->now() - world.last_search >= world.config.matchmaker_interval)
        (void)search(world, [](matchmaker&) { return std::vector<matchmaker::found_match>{}; });
    return world.matchmaking_stats;
}

void seek_matches(world& world) {
    // A real server looks only once an interval; nobody who tests wants to wait for that.
    const auto found = search(world, [](matchmaker& pool) { return pool.seek_full(); });
    if (!world.matchmaker_alarm || !world.pool.wants_interval()) set_alarm(world);
    for (const auto& match : found) tell(world, match);
}

namespace handlers {

verdict matchmaker_add(world& world, message& request) {
    const match_wish wish = read_match_wish(request.body);
    request.body.finish();
    if (const auto complaint = complaint_about(wish); !complaint.empty()) {
        request.refuse(bad_input, std::string{complaint});
        return verdict::go_on;
    }
    try {
        auto ticket = make_ticket(world, wish, {request.from.presence()});
        const std::string id = ticket.id;
        if (!world.pool.add(std::move(ticket))) {
            request.refuse(runtime_exception, "Error adding to matchmaker");
            return verdict::go_on;
        }
        request.answer("matchmaker_ticket", matchmaker_ticket{.ticket = id});
    } catch (const bad_query& bad) {
        // A real server gives no reason; what it would have understood deserves one.
        const std::string why = bad.understood() ? std::string{": "} + bad.what() : "";
        request.refuse(runtime_exception, "Error adding to matchmaker" + why);
        return verdict::go_on;
    }
    seek_matches(world);
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
