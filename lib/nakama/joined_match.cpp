#include "realtime/event_stream.hpp"
#include "realtime/place.hpp"
#include "realtime/refusal.hpp"

#include <nakama/joined_match.hpp>
#include <nakama/socket.hpp>

#include <utility>

namespace nakama {

struct joined_match::state {
    std::shared_ptr<realtime::place> place;
    std::shared_ptr<realtime::stream_state<match_data>> data;
    match joined; // as the server told when it was entered

    state(const std::shared_ptr<realtime::connection>& connection, stream_options options)
        : place{std::make_shared<realtime::place>(connection, "match")},
          data{connection->events->open_state<match_data>(options, connection->has_ended())} {
        place->listen(&match_presence_event::match_id);
        place->on_end = [data = data] { data->end(); };
        data->hold_all();
    }
    ~state() { data->end(); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    static asio::awaitable<joined_match> enter(std::shared_ptr<state> self, asio::awaitable<match> joining) {
        self->joined = co_await std::move(joining);
        self->data->want(
            [id = self->joined.match_id](const match_data& each) { return each.match_id == id; });
        self->place->settle(self->joined.match_id, self->joined.presences, self->joined.self);
        co_return joined_match{std::move(self)};
    }

    static asio::awaitable<void> leave(std::shared_ptr<state> self, asio::awaitable<void> leaving) {
        co_await std::move(leaving);
        self->place->end(realtime::closed("match", "the match was left", false));
    }
};

joined_match::joined_match(std::shared_ptr<state> state) noexcept : state_{std::move(state)} {}
joined_match::joined_match() noexcept = default;
joined_match::~joined_match() = default;
joined_match::joined_match(joined_match&&) noexcept = default;
joined_match& joined_match::operator=(joined_match&&) noexcept = default;

const std::string& joined_match::match_id() const noexcept {
    return state_->place->id();
}
bool joined_match::authoritative() const noexcept {
    return state_->joined.authoritative;
}
const std::optional<std::string>& joined_match::label() const noexcept {
    return state_->joined.label;
}
const user_presence& joined_match::self() const noexcept {
    return state_->place->self();
}
const std::vector<user_presence>& joined_match::presences() const noexcept {
    return state_->place->members().members();
}
asio::awaitable<void> joined_match::wait_for_members(std::size_t count) const {
    return realtime::place::wait_for(state_->place, count);
}

asio::awaitable<std::optional<match_data>> joined_match::next() {
    return realtime::next_of<match_data>(state_->data);
}
std::optional<match_data> joined_match::try_next() {
    return state_->data->pop();
}
bool joined_match::try_next(match_data& into) {
    return state_->data->pop(into);
}
std::size_t joined_match::dropped() const noexcept {
    return state_->data->dropped;
}

asio::awaitable<void> joined_match::send(const match_message& message, call_options options) const {
    return realtime::speaker{state_->place->line()}.match_data_send({.match_id = match_id(),
                                                                     .op_code = message.op_code,
                                                                     .data = message.data,
                                                                     .presences = message.presences,
                                                                     .reliable = message.reliable},
                                                                    options);
}

asio::awaitable<void> joined_match::leave(call_options options) {
    return state::leave(
        state_, realtime::speaker{state_->place->line()}.match_leave({.match_id = match_id()}, options));
}

asio::awaitable<joined_match> socket::join_match(const match_join_request& request, stream_options events,
                                                 call_options options) const {
    (void)connected();
    return joined_match::state::enter(std::make_shared<joined_match::state>(connection_, events),
                                      match_join(request, options));
}

asio::awaitable<joined_match> socket::create_match(const match_create_request& request, stream_options events,
                                                   call_options options) const {
    (void)connected();
    return joined_match::state::enter(std::make_shared<joined_match::state>(connection_, events),
                                      match_create(request, options));
}

} // namespace nakama
