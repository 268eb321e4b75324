#include "socket_script.hpp"

#include "tokens.hpp"

#include <utility>

namespace nakama::test {
namespace {

using sandbox::incoming;

std::string named(const incoming& frame) {
    switch (frame.what) {
    case incoming::type::text:
        return frame.payload;
    case incoming::type::ping:
        return "ping";
    case incoming::type::pong:
        return "pong";
    case incoming::type::closing:
        return "close " + std::to_string(frame.code);
    default:
        return "unexpected";
    }
}

std::string after(std::string_view text, std::string_view mark, std::string_view end) {
    const auto found = text.find(mark);
    if (found == std::string_view::npos) return {};
    const auto rest = text.substr(found + mark.size());
    return std::string{rest.substr(0, rest.find(end))};
}

client_config to(std::uint16_t port, std::shared_ptr<virtual_clock> time) {
    client_config config{.port = port};
    config.host = "127.0.0.1";
    config.clock = std::move(time);
    config.seed = 1;
    config.limits.message_bytes = 100'000;
    return config;
}

} // namespace

asio::awaitable<void> frame_peer::say(std::string_view message) {
    return below.send(text_frame(message));
}

asio::awaitable<void> frame_peer::send_close(std::uint16_t code, std::string_view reason) {
    std::string frame;
    sandbox::append_close_frame(frame, code, reason);
    return below.send(std::move(frame));
}

asio::awaitable<std::optional<incoming>> frame_peer::next() {
    while (!has_ended_) {
        if (auto frame = reader_.next()) {
            heard_.push_back(named(*frame));
            co_return frame;
        }
        const auto bytes = co_await below.some();
        reader_.feed(bytes);
        if (!bytes.empty()) continue;
        has_ended_ = true;
        heard_.emplace_back(below.was_reset() ? "reset" : "fin");
    }
    co_return std::nullopt;
}

asio::awaitable<std::string> frame_peer::hear() {
    for (;;) {
        auto frame = co_await next();
        if (!frame) co_return std::string{};
        if (frame->what == incoming::type::text) co_return std::move(frame->payload);
    }
}

asio::awaitable<void> frame_peer::until_end() {
    while (!has_ended_) co_await next();
}

socket_script::socket_script(conversation what, socket_config config)
    : talk{std::move(what)}, server{io, [this](tcp_peer& below, int) { return serve(below); }},
      session{first_token, token_for(std::chrono::hours{10}, "r")},
      owner{io.get_executor(), to(server.port(), time)}, socket{owner.create_socket(config)} {
    socket->on_state([this](const socket_state& state) {
        states += to_string(state.phase);
        if (state.phase == socket_phase::away) states += ' ' + std::string{to_string(state.why->cause)};
        states += ';';
    });
    socket->on_close([this](const close_info& why) { closes.push_back(why); });
    socket->on_resumed([this](const resume_report& report) { reports.push_back(report); });
    socket->on_error([this](const realtime_error& said) { errors.push_back(said); });
}

std::string socket_script::token_for(std::chrono::seconds life, const std::string& id) const {
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(time->wall_now().time_since_epoch()).count();
    return make_token(now, now + life.count(), id);
}

asio::awaitable<void> socket_script::serve(tcp_peer& below) {
    for (;;) {
        const auto request = co_await below.request();
        if (request.empty()) co_return;
        if (!request.starts_with("GET /ws")) {
            asked.emplace_back("refresh");
            if (is_spent) {
                co_await below.send(answer(401,
                                           R"({"code":16,"message":"Refresh token invalid or expired."})",
                                           "Content-Type: application/json\r\n"));
                continue;
            }
            const auto tokens =
                tokens_answer(token_for(std::chrono::hours{1}, "2"), token_for(std::chrono::hours{10}, "r2"));
            co_await below.send(answer(200, tokens, "Content-Type: application/json\r\n"));
            continue;
        }
        int status = 101;
        if (!refusals.empty()) status = std::exchange(refusals.front(), 0);
        if (status != 101) refusals.pop_front();
        const bool is_first = request.find(first_token) != std::string::npos;
        asked.push_back("ws " + std::to_string(status) + (is_first ? "" : " renewed"));
        if (status != 101) {
            co_await below.send(answer(status, "Missing or invalid token\n"));
            below.finish();
            co_await below.closed_by_client();
            co_return;
        }
        co_await below.send(websocket_accept(after(request, "Sec-WebSocket-Key: ", "\r\n")));
        frame_peer peer{below, *time, ++lines, heard};
        co_await talk(peer);
        co_return;
    }
}

void socket_script::connect() {
    spawned<bool> connecting;
    finish(io, *time, connecting, ended(socket->connect(session)));
    if (connecting.failed) throw *connecting.failed;
    states.clear();
}

void socket_script::until_closed() {
    until([this] { return !closes.empty(); });
}

void socket_script::until_open() {
    until([this] { return socket->is_connected() && socket->state().phase == socket_phase::open; });
}

void socket_script::settle() {
    io.restart();
    while (io.run_one_for(std::chrono::milliseconds{2}) > 0) {
    }
    io.restart();
}

std::string text_frame(std::string_view message) {
    std::string frame;
    sandbox::append_frame(frame, sandbox::opcode::text, message);
    return frame;
}

std::string cid_of(std::string_view message) {
    return after(message, R"("cid":")", "\"");
}

asio::awaitable<bool> ended(asio::awaitable<void> operation) {
    co_await std::move(operation);
    co_return true;
}

reconnect_policy every_second() {
    auto policy = reconnects::with(retries::fixed(1000, std::chrono::seconds{1}));
    policy.catch_up = false;
    return policy;
}

} // namespace nakama::test
