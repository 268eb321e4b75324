#include "event.hpp"

#include <nakama/scripted_transport.hpp>

#include <boost/asio/this_coro.hpp>

#include <deque>
#include <optional>
#include <variant>

namespace nakama {

namespace {

std::vector<std::pair<std::string, std::string>> copy(std::span<const http_header> headers) {
    std::vector<std::pair<std::string, std::string>> copied;
    for (const auto& [name, value] : headers) copied.emplace_back(name, value);
    return copied;
}

/// Wakes those who wait for something to change. An event needs an executor, which only a waiting one has.
class changes {
public:
    asio::awaitable<void> wait() {
        const auto executor = co_await asio::this_coro::executor;
        const auto next = next_ ? next_ : next_ = std::make_shared<net::event>(executor);
        co_await next->wait();
    }
    void notify() {
        if (const auto woken = std::exchange(next_, nullptr)) woken->set();
    }

private:
    std::shared_ptr<net::event> next_;
};

} // namespace

struct scripted_line::state {
    std::optional<error> refusal;
    bool never_connects = false;
    std::string target;
    std::vector<std::pair<std::string, std::string>> headers;
    std::deque<std::string> incoming;
    std::vector<std::string> sent;
    std::optional<websocket::closed> end;
    bool ended_by_client = false;
    changes changed;
};

scripted_line::scripted_line() : state_{std::make_shared<state>()} {}
scripted_line::~scripted_line() = default;

void scripted_line::refuse(error reason) {
    state_->refusal = std::move(reason);
}
void scripted_line::never_connect() {
    state_->never_connects = true;
}
void scripted_line::deliver(std::string message) {
    state_->incoming.push_back(std::move(message));
    state_->changed.notify();
}
void scripted_line::close_by_server(std::uint16_t code, std::string reason) {
    state_->end = websocket::closed{.by_peer = true, .code = code, .reason = std::move(reason)};
    state_->changed.notify();
}
void scripted_line::cut(std::string reason) {
    state_->end = websocket::closed{.reason = std::move(reason)};
    state_->changed.notify();
}
const std::string& scripted_line::target() const noexcept {
    return state_->target;
}
const std::vector<std::pair<std::string, std::string>>& scripted_line::headers() const noexcept {
    return state_->headers;
}
const std::vector<std::string>& scripted_line::sent() const noexcept {
    return state_->sent;
}
bool scripted_line::ended_by_client() const noexcept {
    return state_->ended_by_client;
}

asio::awaitable<std::string> scripted_line::sent_message(std::size_t index) {
    const auto shared = state_;
    while (shared->sent.size() <= index) co_await shared->changed.wait();
    co_return shared->sent[index];
}

struct scripted_transport::state {
    struct hanging {};
    std::deque<std::variant<http_response, error, hanging>> script;
    std::vector<request> requests;
    std::size_t hangs = 0;
    std::deque<std::shared_ptr<scripted_line::state>> lines;

    static asio::awaitable<http_response> send(std::shared_ptr<state> self, http_request request);
};

namespace {

/// The client's end of a scripted line.
template <class State>
class scripted_websocket final : public websocket {
public:
    explicit scripted_websocket(std::shared_ptr<State> state) : state_{std::move(state)} {}
    ~scripted_websocket() override { abort(); }

    asio::awaitable<void> connect(request asked) override {
        const auto state = state_;
        state->target = asked.target;
        state->headers = copy(asked.headers);
        while (state->never_connects && !state->ended_by_client) co_await state->changed.wait();
        if (state->ended_by_client) throw error{errc::connection_lost, "aborted"};
        if (state->refusal) throw *state->refusal;
    }

    asio::awaitable<void> receive(sink take) override {
        const auto state = state_;
        const auto end = end_;
        for (;;) {
            while (state->incoming.empty()) {
                if (state->end) {
                    *end = *state->end;
                    throw error{errc::connection_lost, end->reason};
                }
                if (state->ended_by_client) throw error{errc::connection_lost, "aborted"};
                co_await state->changed.wait();
            }
            const std::string message = std::move(state->incoming.front());
            state->incoming.pop_front();
            if (take(message) != appetite::more) co_return;
        }
    }

    asio::awaitable<void> write(std::span<const std::string> messages) override {
        if (state_->ended_by_client || state_->end) throw error{errc::connection_lost, "aborted"};
        state_->sent.insert(state_->sent.end(), messages.begin(), messages.end());
        state_->changed.notify();
        co_return;
    }

    asio::awaitable<void> close(std::uint16_t code, std::string_view reason) override {
        state_->ended_by_client = true;
        // The server answers with the same code.
        if (!state_->end) state_->end = closed{.by_peer = true, .code = code, .reason = std::string{reason}};
        state_->changed.notify();
        co_return;
    }

    void abort() noexcept override {
        state_->ended_by_client = true;
        state_->changed.notify();
    }

    const closed& end() const noexcept override { return *end_; }

private:
    std::shared_ptr<State> state_;
    std::shared_ptr<closed> end_ = std::make_shared<closed>();
};

} // namespace

std::string_view scripted_transport::request::header(std::string_view name) const noexcept {
    for (const auto& [header_name, value] : headers)
        if (header_name == name) return value;
    return {};
}

scripted_transport::scripted_transport() : state_{std::make_shared<state>()} {}
scripted_transport::~scripted_transport() = default;

scripted_transport& scripted_transport::answer(int status, std::string body, http_headers headers) {
    state_->script.emplace_back(
        http_response{.status = status, .headers = std::move(headers), .body = std::move(body)});
    return *this;
}

scripted_transport& scripted_transport::fail(error reason) {
    state_->script.emplace_back(std::move(reason));
    return *this;
}

scripted_transport& scripted_transport::hang() {
    state_->script.emplace_back(state::hanging{});
    return *this;
}

std::shared_ptr<scripted_line> scripted_transport::next_line() {
    auto line = std::make_shared<scripted_line>();
    state_->lines.push_back(line->state_);
    return line;
}

const std::vector<scripted_transport::request>& scripted_transport::requests() const noexcept {
    return state_->requests;
}

std::size_t scripted_transport::hanging() const noexcept {
    return state_->hangs;
}

asio::awaitable<http_response> scripted_transport::send(http_request sent) {
    return state::send(state_, sent);
}

asio::awaitable<http_response> scripted_transport::state::send(std::shared_ptr<state> self,
                                                               http_request request) {
    self->requests.push_back({.method = std::string{request.method},
                              .target = std::string{request.target},
                              .headers = copy(request.headers),
                              .body = std::string{request.body}});
    if (self->script.empty()) throw error{errc::connection_lost, "the script has no more answers"};
    auto step = std::move(self->script.front());
    self->script.pop_front();
    if (auto* failure = std::get_if<error>(&step)) throw *failure;
    if (std::holds_alternative<hanging>(step)) {
        struct counted {
            std::size_t& count;
            explicit counted(std::size_t& hangs) : count{hangs} { ++count; }
            ~counted() { --count; }
        };
        const counted waiting{self->hangs};
        const auto executor = co_await asio::this_coro::executor;
        net::event never{executor};
        co_await never.wait();
    }
    co_return std::move(std::get<http_response>(step));
}

std::unique_ptr<websocket> scripted_transport::make_websocket() {
    std::shared_ptr<scripted_line::state> line;
    if (state_->lines.empty()) {
        line = std::make_shared<scripted_line::state>();
        line->refusal = error{errc::connect_failed, "the script has no more sockets"};
    } else {
        line = std::move(state_->lines.front());
        state_->lines.pop_front();
    }
    return std::make_unique<scripted_websocket<scripted_line::state>>(std::move(line));
}

} // namespace nakama
