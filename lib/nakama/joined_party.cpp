#include "realtime/event_stream.hpp"
#include "realtime/place.hpp"
#include "realtime/refusal.hpp"

#include <nakama/joined_party.hpp>
#include <nakama/socket.hpp>

#include <utility>

namespace nakama {

struct joined_party::state : std::enable_shared_from_this<state> {
    std::shared_ptr<realtime::place> place;
    std::shared_ptr<realtime::stream_state<party_data>> data;
    std::string wanted_id; // of the party that one asks to join
    std::string label;
    bool open = false;
    user_presence leader;

    state(const std::shared_ptr<realtime::connection>& connection, stream_options options)
        : place{std::make_shared<realtime::place>(connection, "party")},
          data{connection->events->open_state<party_data>(options, connection->has_ended())} {}
    ~state() { data->end(); }
    state(const state&) = delete;
    state& operator=(const state&) = delete;

    static std::shared_ptr<state> make(const std::shared_ptr<realtime::connection>& connection,
                                       stream_options options) {
        auto self = std::make_shared<state>(connection, options);
        self->place->listen(&party_presence_event::party_id);
        self->place->on_end = [data = self->data] { data->end(); };
        self->data->hold_all();
        self->hear(&state::told);
        self->hear(&state::led);
        self->hear(&state::changed);
        self->hear(&state::closed);
        return self;
    }

    template <class Event>
    void hear(void (state::*call)(const Event&)) {
        place->hear<Event>([weak = weak_from_this(), call](realtime::place&, const Event& event) {
            if (const auto self = weak.lock()) (*self.*call)(event);
        });
    }

    bool is_this(const std::string& id) const {
        return place->is_settled() ? id == place->id() : !wanted_id.empty() && id == wanted_id;
    }

    void told(const party& event) {
        if (!is_this(event.party_id)) return;
        if (place->is_expecting()) enter(event);
        leader = event.leader;
        open = event.open;
    }
    void led(const party_leader& event) {
        if (is_this(event.party_id)) leader = event.presence;
    }
    void changed(const party_update& event) {
        if (!is_this(event.party_id)) return;
        label = event.label;
        open = event.open;
    }
    void closed(const party_close& event) {
        if (is_this(event.party_id))
            place->end(realtime::closed("party", "the party has ended, or one was removed from it", false));
    }

    void enter(const party& joined) {
        if (!joined.label.empty()) label = joined.label; // told to the creator alone
        open = joined.open;
        leader = joined.leader;
        data->want([id = joined.party_id](const party_data& each) { return each.party_id == id; });
        place->settle(joined.party_id, joined.presences, joined.self);
    }

    static asio::awaitable<joined_party> create(std::shared_ptr<state> self,
                                                asio::awaitable<party> creating) {
        const party created = co_await std::move(creating);
        self->enter(created);
        co_return joined_party{std::move(self)};
    }

    static asio::awaitable<joined_party> join(std::shared_ptr<state> self, asio::awaitable<void> joining,
                                              std::chrono::milliseconds timeout) {
        co_await std::move(joining);
        co_await self->place->line()->run("party_join", realtime::place::wait_until_settled(self->place),
                                          timeout);
        co_return joined_party{std::move(self)};
    }

    static asio::awaitable<void> leave(std::shared_ptr<state> self, asio::awaitable<void> leaving) {
        co_await std::move(leaving);
        self->place->end(realtime::closed("party", "the party was left", false));
    }

    realtime::speaker speak() const { return realtime::speaker{place->line()}; }
};

joined_party::joined_party(std::shared_ptr<state> state) noexcept : state_{std::move(state)} {}
joined_party::joined_party() noexcept = default;
joined_party::~joined_party() = default;
joined_party::joined_party(joined_party&&) noexcept = default;
joined_party& joined_party::operator=(joined_party&&) noexcept = default;

const std::string& joined_party::party_id() const noexcept {
    return state_->place->id();
}
bool joined_party::open() const noexcept {
    return state_->open;
}
const std::string& joined_party::label() const noexcept {
    return state_->label;
}
const user_presence& joined_party::self() const noexcept {
    return state_->place->self();
}
const user_presence& joined_party::leader() const noexcept {
    return state_->leader;
}
bool joined_party::is_leader() const noexcept {
    return state_->leader.session_id == self().session_id;
}
const std::vector<user_presence>& joined_party::presences() const noexcept {
    return state_->place->members().members();
}
asio::awaitable<void> joined_party::wait_for_members(std::size_t count) const {
    return realtime::place::wait_for(state_->place, count);
}

asio::awaitable<std::optional<party_data>> joined_party::next() {
    return realtime::next_of<party_data>(state_->data);
}
std::optional<party_data> joined_party::try_next() {
    return state_->data->pop();
}
std::size_t joined_party::dropped() const noexcept {
    return state_->data->dropped;
}

asio::awaitable<void> joined_party::send(std::int64_t op_code, std::string_view data,
                                         call_options options) const {
    return state_->speak().party_data_send({.party_id = party_id(), .op_code = op_code, .data = data},
                                           options);
}
asio::awaitable<void> joined_party::promote(const user_presence_ref& member, call_options options) const {
    return state_->speak().party_promote({.party_id = party_id(), .presence = member}, options);
}
asio::awaitable<void> joined_party::accept(const user_presence_ref& user, call_options options) const {
    return state_->speak().party_accept({.party_id = party_id(), .presence = user}, options);
}
asio::awaitable<void> joined_party::remove(const user_presence_ref& user, call_options options) const {
    return state_->speak().party_remove({.party_id = party_id(), .presence = user}, options);
}
asio::awaitable<void> joined_party::update(const party_description& description, call_options options) const {
    return state_->speak().party_update({.party_id = party_id(),
                                         .label = description.label,
                                         .open = description.open,
                                         .hidden = description.hidden},
                                        options);
}

asio::awaitable<void> joined_party::leave(call_options options) {
    return state::leave(state_, state_->speak().party_leave({.party_id = party_id()}, options));
}
asio::awaitable<void> joined_party::close(call_options options) {
    return state::leave(state_, state_->speak().party_close({.party_id = party_id()}, options));
}

asio::awaitable<joined_party> socket::create_party(const party_create_request& request, stream_options events,
                                                   call_options options) const {
    (void)connected();
    return joined_party::state::create(joined_party::state::make(connection_, events),
                                       party_create(request, options));
}

asio::awaitable<joined_party> socket::join_party(const party_join_request& request, stream_options events,
                                                 call_options options) const {
    (void)connected();
    auto state = joined_party::state::make(connection_, events);
    state->wanted_id = request.party_id;
    return joined_party::state::join(std::move(state), party_join(request, options),
                                     options.timeout.value_or(connected().configuration().timeout));
}

} // namespace nakama
