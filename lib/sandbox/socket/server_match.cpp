#include "sandbox/socket/server_match.hpp"

#include "sandbox/socket/realtime.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nakama::sandbox {
namespace {

// The real server's limits.
constexpr std::size_t input_queue = 128;
constexpr std::size_t max_label_bytes = 2048;
constexpr int max_tick_rate = 60;

void require_label(const std::string& label) {
    if (label.size() > max_label_bytes)
        throw std::invalid_argument{"match label too long, must be 0-2048 bytes"};
}

} // namespace

server_match::server_match(world& world, std::string id, std::string handler_name,
                           std::unique_ptr<match_handler> handler)
    : world_{world}, id_{std::move(id)}, handler_name_{std::move(handler_name)}, handler_{std::move(handler)},
      alarm_{world.clock->make_alarm(world.executor)} {}

void server_match::start(const std::string& params) {
    const match_start begin = handler_->init(*this, params);
    if (begin.tick_rate < 1 || begin.tick_rate > max_tick_rate)
        throw std::invalid_argument{"match_init returned invalid tick rate, must be between 1 and 60"};
    require_label(begin.label);
    tick_rate_ = begin.tick_rate;
    label_ = begin.label;
    next_loop_ = world_.clock->now();
    set_alarm();
}

listed_match server_match::listed() const {
    return {.match_id = id_,
            .authoritative = true,
            .label = label_,
            .size = static_cast<std::int32_t>(members_.size()),
            .tick_rate = tick_rate_,
            .handler_name = handler_name_};
}

bool server_match::has_member(std::string_view session_id) const {
    return std::ranges::find(members_, session_id, &user_presence::session_id) != members_.end();
}

/// One function of the handler at a time: what it sets off waits until it has returned.
void server_match::perform(std::function<void()> step) {
    if (over_) return;
    steps_.push_back(std::move(step));
    if (performing_) return;
    const auto self = shared_from_this();
    performing_ = true;
    while (!steps_.empty() && !over_) {
        const auto next = std::move(steps_.front());
        steps_.pop_front();
        try {
            next();
            if (ending_) stop();
        } catch (const std::exception& failure) {
            fail(failure.what());
        } catch (...) {
            fail("something that is no exception");
        }
    }
    performing_ = false;
}

void server_match::fail(std::string_view why) {
    world_.log("match " + id_ + " fails: " + std::string{why});
    const auto members = members_;
    stop();
    for (const user_presence& one : members)
        if (const auto socket = world_.sockets.find(one.session_id); socket != world_.sockets.end())
            socket->second->disconnect("server-side session disconnect");
}

void server_match::set_alarm() {
    next_loop_ += std::chrono::nanoseconds{std::chrono::seconds{1}} / tick_rate_;
    alarm_->set(next_loop_, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->run_loop();
    });
}

void server_match::run_loop() {
    if (over_) return;
    perform([this] {
        const auto messages = std::exchange(inbox_, {});
        handler_->loop(*this, messages);
        ++tick_;
    });
    if (!over_) set_alarm();
}

match_join_decision server_match::attempt(const match_join_attempt& attempt) {
    match_join_decision decision{.allowed = false, .reason = {}};
    if (performing_) return decision;
    perform([&] { decision = handler_->join_attempt(*this, attempt); });
    if (over_) return {.allowed = false, .reason = {}};
    if (decision.allowed) members_.push_back(attempt.presence);
    return decision;
}

void server_match::joined(const user_presence& who) {
    perform([this, who] { handler_->join(*this, {who}); });
}

void server_match::left(const user_presence& who) {
    if (std::erase_if(members_, [&](const auto& one) { return one.session_id == who.session_id; }) == 0)
        return;
    perform([this, who] { handler_->leave(*this, {who}); });
}

void server_match::hear(match_message message) {
    if (!over_ && inbox_.size() < input_queue) inbox_.push_back(std::move(message));
}

std::string server_match::signal(const std::string& data) {
    std::string answer;
    bool answered = false;
    if (!performing_)
        perform([&] {
            answer = handler_->signal(*this, data);
            answered = !ending_;
        });
    if (!answered) throw std::runtime_error{"match busy"};
    return answer;
}

void server_match::terminate(std::chrono::seconds grace) {
    perform([this, grace] {
        handler_->terminate(*this, grace);
        if (grace <= std::chrono::seconds::zero()) ending_ = true;
    });
}

void server_match::stop() {
    if (std::exchange(over_, true)) return;
    alarm_->cancel();
    for (const user_presence& one : members_) world_.present.leave({place_kind::match, id_}, one.session_id);
    // The list may hold the last owner; whoever calls has another.
    std::erase_if(world_.server_matches, [this](const auto& one) { return one.get() == this; });
}

void server_match::require_running() const {
    if (over_) throw std::logic_error{"match stopped"};
}

void server_match::broadcast_message(const match_broadcast& message) {
    require_running();
    const match_data data{.match_id = id_,
                          .presence = message.sender.value_or(user_presence{}),
                          .op_code = message.op_code,
                          .data = message.data,
                          .reliable = message.reliable};
    const std::string text = event("match_data", data);
    for (const user_presence& one : members_) {
        const bool meant =
            !message.presences || std::ranges::find(*message.presences, one.session_id,
                                                    &user_presence::session_id) != message.presences->end();
        const auto socket = world_.sockets.find(one.session_id);
        if (meant && socket != world_.sockets.end()) socket->second->send(text);
    }
}

void server_match::match_kick(const std::vector<user_presence>& members) {
    require_running();
    for (const user_presence& one : std::vector{members})
        if (const auto gone = world_.present.leave({place_kind::match, id_}, one.session_id))
            announce_in_match(world_, id_, nullptr, &*gone);
}

void server_match::match_label_update(std::string label) {
    require_running();
    require_label(label);
    label_ = std::move(label);
}

void server_match::end() {
    require_running();
    ending_ = true;
}

std::string create_server_match(world& world, std::string_view name, const std::string& params) {
    const std::string key{name};
    const auto factory = world.match_factories.find(key);
    if (factory == world.match_factories.end())
        throw std::invalid_argument{"error creating match: not found"};
    const match_factory make = factory->second; // it may register another
    auto handler = make();
    if (!handler) throw std::invalid_argument{"error creating match: the factory made none"};
    const std::string id = world.ids.uuid() + '.' + world.config.node;
    const auto made = std::make_shared<server_match>(world, id, key, std::move(handler));
    made->start(params);
    world.server_matches.push_back(made);
    return id;
}

std::shared_ptr<server_match> find_server_match(const world& world, std::string_view id) {
    const auto found =
        std::ranges::find_if(world.server_matches, [&](const auto& one) { return one->match_id() == id; });
    return found == world.server_matches.end() ? nullptr : *found;
}

void end_all_matches(world& world) noexcept {
    const auto matches = std::exchange(world.server_matches, {});
    for (const auto& one : matches) one->stop();
}

} // namespace nakama::sandbox
