#include "place.hpp"

#include "refusal.hpp"

#include <algorithm>

namespace nakama::realtime {

place::~place() {
    for (auto& each : listeners_) each.remove();
}

void place::begin() {
    members_.expect();
    connection_->events->attach(weak_from_this());
    hear<place_change>([](place& here, const place_change& told) { here.taken_up(told); });
    hear<socket_state>([](place& here, const socket_state& now) {
        // Where it is entered again a snapshot comes, and changes perhaps before it.
        if (now.phase == socket_phase::away) here.members_.expect();
    });
}

void place::settle(std::string id, const std::vector<user_presence>& presences, const user_presence& self,
                   bool is_listed) {
    id_ = std::move(id);
    self_ = self;
    is_listed_ = is_listed;
    for (const auto& each : std::exchange(early_, {}))
        if (each.id == id_) members_.change(each.joins, each.leaves);
    members_.settle(presences, is_listed_ ? self_ : user_presence{});
    wake();
}

void place::change(const std::string& id, const std::vector<user_presence>& joins,
                   const std::vector<user_presence>& leaves) {
    if (over_) return;
    if (!is_settled()) {
        early_.push_back({id, joins, leaves});
        return;
    }
    if (id != id_) return;
    members_.change(joins, leaves);
    // While it is entered again one is known by another presence.
    if (!members_.is_settled()) return;
    if (std::ranges::find(leaves, self_.session_id, &user_presence::session_id) != leaves.end() &&
        std::ranges::find(joins, self_.session_id, &user_presence::session_id) == joins.end())
        end(closed(kind_, "one was removed from it", false));
    else wake();
}

void place::taken_up(const place_change& told) {
    if (told.kind != kind_ || told.id != id_ || over_) return;
    if (told.lost) end(*told.lost);
    else if (!members_.is_settled()) settle(told.id, told.presences, told.self, is_listed_);
}

void place::end(const error& why) {
    if (over_) return;
    const auto self = shared_from_this();
    over_ = why;
    if (on_end) on_end();
    wake();
}

void place::wake() {
    for (net::event* each : waiting_) each->set();
}

asio::awaitable<void> place::wait_for(std::shared_ptr<place> self, std::size_t count) {
    for (;;) {
        if (self->over_) throw *self->over_;
        if (self->is_settled() && self->members_.size() >= count) co_return;
        struct registration {
            registration(place& in, net::event& event) : here{in}, mine{event} {
                here.waiting_.push_back(&mine);
            }
            ~registration() { std::erase(here.waiting_, &mine); }
            place& here;
            net::event& mine;
        };
        net::event changed{self->connection_->executor()};
        const registration waiting{*self, changed};
        bool cancelled = false;
        try {
            co_await changed.wait();
        } catch (const boost::system::system_error&) {
            cancelled = true;
        }
        if (cancelled) throw error{errc::cancelled, error_details{.operation = self->kind_}};
    }
}

} // namespace nakama::realtime
