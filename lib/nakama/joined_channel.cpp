#include "realtime/event_stream.hpp"
#include "realtime/place.hpp"
#include "realtime/refusal.hpp"

#include <nakama/joined_channel.hpp>
#include <nakama/socket.hpp>

#include <utility>

namespace nakama {

struct joined_channel::state {
    std::shared_ptr<realtime::place> place;
    std::shared_ptr<realtime::stream_state<channel_message>> said;

    state(const std::shared_ptr<realtime::connection>& connection, stream_options options)
        : place{std::make_shared<realtime::place>(connection, "channel")},
          said{connection->events->open_state<channel_message>(options, connection->has_ended())} {
        place->listen(&channel_presence_event::channel_id);
        place->on_end = [said = said] { said->end(); };
        said->hold_all();
    }
    ~state() { said->end(); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    static asio::awaitable<joined_channel> enter(std::shared_ptr<state> self,
                                                 asio::awaitable<channel> joining, bool is_hidden) {
        const channel joined = co_await std::move(joining);
        self->said->want([id = joined.id](const channel_message& each) { return each.channel_id == id; });
        self->place->settle(joined.id, joined.presences, joined.self, !is_hidden);
        co_return joined_channel{std::move(self)};
    }

    static asio::awaitable<void> leave(std::shared_ptr<state> self, asio::awaitable<void> leaving) {
        co_await std::move(leaving);
        self->place->end(realtime::closed("channel", "the channel was left", false));
    }
};

joined_channel::joined_channel(std::shared_ptr<state> state) noexcept : state_{std::move(state)} {}
joined_channel::joined_channel() noexcept = default;
joined_channel::~joined_channel() = default;
joined_channel::joined_channel(joined_channel&&) noexcept = default;
joined_channel& joined_channel::operator=(joined_channel&&) noexcept = default;

const std::string& joined_channel::channel_id() const noexcept {
    return state_->place->id();
}
const user_presence& joined_channel::self() const noexcept {
    return state_->place->self();
}
const std::vector<user_presence>& joined_channel::presences() const noexcept {
    return state_->place->members().members();
}
asio::awaitable<void> joined_channel::wait_for_members(std::size_t count) const {
    return realtime::place::wait_for(state_->place, count);
}

asio::awaitable<std::optional<channel_message>> joined_channel::next() {
    return realtime::next_of<channel_message>(state_->said);
}
std::optional<channel_message> joined_channel::try_next() {
    return state_->said->pop();
}
std::size_t joined_channel::dropped() const noexcept {
    return state_->said->dropped;
}

asio::awaitable<channel_message_ack> joined_channel::send(std::string_view content,
                                                          call_options options) const {
    return realtime::speaker{state_->place->line()}.channel_message_send(
        {.channel_id = channel_id(), .content = content}, options);
}
asio::awaitable<channel_message_ack>
joined_channel::update(std::string_view message_id, std::string_view content, call_options options) const {
    return realtime::speaker{state_->place->line()}.channel_message_update(
        {.channel_id = channel_id(), .message_id = message_id, .content = content}, options);
}
asio::awaitable<channel_message_ack> joined_channel::remove(std::string_view message_id,
                                                            call_options options) const {
    return realtime::speaker{state_->place->line()}.channel_message_remove(
        {.channel_id = channel_id(), .message_id = message_id}, options);
}

asio::awaitable<void> joined_channel::leave(call_options options) {
    return state::leave(state_, realtime::speaker{state_->place->line()}.channel_leave(
                                    {.channel_id = channel_id()}, options));
}

asio::awaitable<joined_channel> socket::join_channel(const channel_join_request& request,
                                                     stream_options events, call_options options) const {
    (void)connected();
    return joined_channel::state::enter(std::make_shared<joined_channel::state>(connection_, events),
                                        channel_join(request, options), request.hidden.value_or(false));
}

} // namespace nakama
