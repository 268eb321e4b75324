#include "sandbox/socket/realtime.hpp"

#include "sandbox/operations/functions.hpp"
#include "sandbox/socket/notices.hpp"
#include "sandbox/socket/parties.hpp"

#include <nakama/api/rpc.hpp>

#include <algorithm>
#include <array>
#include <optional>

namespace nakama::sandbox {
namespace {

verdict ping(world&, message& request) {
    request.body.finish();
    request.from.send(envelope_start(request.cid) + (request.cid.empty() ? "" : ",") + "\"pong\":{}}");
    return verdict::go_on;
}

verdict pong(world&, message& request) {
    request.body.finish();
    return verdict::go_on;
}

/// `from` waits for it, and so outlives it.
asio::awaitable<void> call_and_answer(peer& from, std::string cid, std::string id,
                                      awaitable_rpc_function function, std::string payload) {
    function_result result = co_await call_function(std::move(function), from.context(), std::move(payload));
    if (result.failed)
        from.send(error_envelope(cid, realtime_errors::function_exception, std::move(result.message)));
    else from.send(envelope(cid, "rpc", rpc{.id = std::move(id), .payload = std::move(result.payload)}));
}

verdict call(world& world, message& request) {
    const std::string id = request.body.text("id").value_or("");
    const std::string payload = request.body.text("payload").value_or("");
    (void)request.body.text("http_key"); // known, and of no use here
    request.body.finish();

    if (id.empty()) {
        request.refuse(realtime_errors::bad_input, "RPC ID must be set");
        return verdict::go_on;
    }
    const auto found = world.functions.find(function_key(id));
    if (found == world.functions.end()) {
        request.refuse(realtime_errors::function_not_found, "RPC function not found");
        return verdict::go_on;
    }
    request.from.wait_for(call_and_answer(request.from, request.cid, id, found->second, payload));
    return verdict::go_on;
}

/// What became of a message that a hook looked at: handled no further, changed, or neither.
struct looked_at {
    std::optional<verdict> end{};
    std::optional<std::string> changed{};
};

looked_at ask_before(world& world, std::string_view kind, const message& request) {
    const auto found = world.before_hooks.find(kind);
    if (found == world.before_hooks.end()) return {};
    const hooked_request given{.body = std::string{request.body.json()}};
    const before_hook hook = found->second; // it may replace itself
    try {
        auto result = hook(request.from.context(), given);
        if (!result) return {.end = verdict::unprocessable};
        if (result->body == given.body) return {};
        return {.changed = std::move(result->body)};
    } catch (const std::exception& failure) {
        request.refuse(realtime_errors::function_exception, failure.what());
    } catch (...) {
        request.refuse(realtime_errors::function_exception, "the hook threw something");
    }
    return {.end = verdict::go_on};
}

struct kind {
    std::string_view name;
    handler handle = nullptr; ///< null for what only the server says
};

bool is_present(const world& world, const peer& socket) {
    const auto found = world.sockets.find(socket.session_id());
    return found != world.sockets.end() && found->second == &socket;
}

/// Only the newest of a user's sockets stays.
void dismiss_others(world& world, const peer& newest) {
    for (peer* const one : world.sockets_of(newest.user_id()))
        if (one != &newest) dismiss(world, *one, notice::single_socket, "single_socket");
}

constexpr std::array kinds{
    kind{"channel"},
    kind{"channel_join", handlers::channel_join},
    kind{"channel_leave", handlers::channel_leave},
    kind{"channel_message"},
    kind{"channel_message_ack"},
    kind{"channel_message_send", handlers::channel_message_send},
    kind{"channel_message_update", handlers::channel_message_update},
    kind{"channel_message_remove", handlers::channel_message_remove},
    kind{"channel_presence_event"},
    kind{"error"},
    kind{"match"},
    kind{"match_create", handlers::match_create},
    kind{"match_data"},
    kind{"match_data_send", handlers::match_data_send},
    kind{"match_join", handlers::match_join},
    kind{"match_leave", handlers::match_leave},
    kind{"match_presence_event"},
    kind{"matchmaker_add", handlers::matchmaker_add},
    kind{"matchmaker_matched"},
    kind{"matchmaker_remove", handlers::matchmaker_remove},
    kind{"matchmaker_ticket"},
    kind{"notifications"},
    kind{"rpc", call},
    kind{"status"},
    kind{"status_follow", handlers::status_follow},
    kind{"status_presence_event"},
    kind{"status_unfollow", handlers::status_unfollow},
    kind{"status_update", handlers::status_update},
    kind{"stream_data"},
    kind{"stream_presence_event"},
    kind{"ping", ping},
    kind{"pong", pong},
    kind{"party"},
    kind{"party_create", handlers::party_create},
    kind{"party_join", handlers::party_join},
    kind{"party_leave", handlers::party_leave},
    kind{"party_promote", handlers::party_promote},
    kind{"party_leader"},
    kind{"party_accept", handlers::party_accept},
    kind{"party_remove", handlers::party_remove},
    kind{"party_close", handlers::party_close},
    kind{"party_join_request_list", handlers::party_join_request_list},
    kind{"party_join_request"},
    kind{"party_matchmaker_add", handlers::party_matchmaker_add},
    kind{"party_matchmaker_remove", handlers::party_matchmaker_remove},
    kind{"party_matchmaker_ticket"},
    kind{"party_data"},
    kind{"party_data_send", handlers::party_data_send},
    kind{"party_presence_event"},
    kind{"party_update", handlers::party_update},
};

} // namespace

peer* find_socket(const world& world, std::string_view session_id) {
    const auto found = world.sockets.find(std::string{session_id});
    return found == world.sockets.end() ? nullptr : found->second;
}

bool is_envelope(std::string_view text) {
    try {
        const json_document document = parse_json(text);
        if (!is_blank(document.rest)) return false;
        message_reader outer{document.text, document.root, unknown_fields::refused};
        (void)outer.text("cid");
        const auto count = std::ranges::count_if(
            kinds, [&](const kind& one) { return outer.message(one.name).has_value(); });
        outer.finish();
        return count <= 1;
    } catch (const malformed&) {
        return false;
    }
}

user_presence read_presence(message_reader& reader) {
    user_presence presence{.user_id = reader.text("user_id").value_or(""),
                           .session_id = reader.text("session_id").value_or(""),
                           .username = reader.text("username").value_or("")};
    // Known, and nothing to tell users apart by.
    (void)reader.flag("persistence");
    (void)reader.wrapped_text("status");
    reader.finish();
    return presence;
}

void open_socket(world& world, peer& socket, bool appear_online) {
    world.add_socket(socket);
    // Everybody follows himself.
    follow(world, socket.user_id(), socket.session_id());
    if (appear_online) {
        member self{.socket = &socket, .presence = socket.presence()};
        self.presence.status = "";
        world.present.enter({place_kind::status, socket.user_id()}, self);
        announce_status(world, socket.user_id(), &self, nullptr);
    }
    if (world.config.single_socket) dismiss_others(world, socket);
}

void close_socket(world& world, peer& socket) {
    struct departure {
        place from;
        member who;
    };
    std::vector<departure> departures;
    for (const place& where : world.present.places_of(socket.session_id()))
        if (auto gone = world.present.leave(where, socket.session_id()))
            departures.push_back({where, std::move(*gone)});
    leave_parties(world, socket.session_id());
    forget_socket(world, socket);
    for (const auto& [from, who] : departures)
        if (!who.hidden) announce(world, from, nullptr, &who);
}

void announce(world& world, const place& where, const member* joined, const member* left) {
    switch (where.kind) {
    case place_kind::channel:
        announce_in_channel(world, where.id, joined, left);
        break;
    case place_kind::match:
        announce_in_match(world, where.id, joined, left);
        break;
    case place_kind::status:
        announce_status(world, where.id, joined, left);
        break;
    case place_kind::stream:
        announce_in_stream(world, where.id, joined, left);
        break;
    }
}

void forget_socket(world& world, const peer& socket) {
    world.remove_socket(socket);
    if (const auto gone = world.followed.extract(socket.session_id()))
        for (const std::string& user : gone.mapped()) unfollow(world, user, socket.session_id());
    world.pool.remove_session(socket.session_id());
    forget_in_parties(world, socket.session_id());
    for (const place& where : world.present.places_of(socket.session_id()))
        world.present.leave(where, socket.session_id());
}

bool takes_hooks(std::string_view name) {
    return std::ranges::any_of(
        kinds, [&](const kind& one) { return one.name == name && one.handle && one.name != "rpc"; });
}

verdict handle_message(world& world, peer& socket, std::string_view text) {
    try {
        const json_document document = parse_json(text);
        if (!is_blank(document.rest)) return verdict::malformed;
        message_reader outer{document.text, document.root, unknown_fields::refused};
        std::string cid = outer.text("cid").value_or("");
        std::optional<message_reader> body;
        const kind* found = nullptr;
        for (const kind& one : kinds) {
            auto given = outer.message(one.name);
            if (!given) continue;
            if (found) return verdict::malformed; // two kinds
            body = std::move(given);
            found = &one;
        }
        outer.finish();
        world.log(socket.username() + " says " + (found ? std::string{found->name} : "nothing"));
        if (!found || !found->handle) return verdict::unprocessable;
        message request{socket, std::move(cid), std::move(*body)};
        const looked_at look = ask_before(world, found->name, request);
        if (!is_present(world, socket)) return verdict::go_on; // the hook may have ended it
        if (look.end) return *look.end;
        if (!look.changed) return found->handle(world, request);
        const json_document changed = parse_json(*look.changed);
        if (!is_blank(changed.rest)) return verdict::malformed;
        message instead{socket, request.cid,
                        message_reader{changed.text, changed.root, unknown_fields::refused}};
        return found->handle(world, instead);
    } catch (const malformed&) {
        return verdict::malformed;
    }
}

} // namespace nakama::sandbox
