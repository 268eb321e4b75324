#include "session_keeper.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include <utility>

namespace nakama::call {

token_advice advise(const session_state& session, session_state::time_point now, double lead) {
    if (session.refresh_token().empty() || !session.life().is_due(now, lead)) return token_advice::use;
    const bool is_over = session.life().is_over(now);
    if (session.is_spent) return is_over ? token_advice::sign_in_again : token_advice::use;
    return !is_over && now < session.not_before ? token_advice::use : token_advice::renew;
}

bool is_token_refused(const error& failure, bool idempotent) {
    if (failure.http_status() != 401) return false;
    return idempotent || failure.server_message() == "Auth token invalid";
}

bool is_refresh_refused(const error& failure) {
    // 404 if the account is gone; a proxy's looks otherwise.
    if (failure.http_status() == 404) return failure.server_message().starts_with("User account");
    return failure.http_status() == 401 && !failure.server_message().starts_with("Server key");
}

error session_expired(const error& refusal, std::string why) {
    error_details details = refusal.details();
    details.message = std::move(why);
    return error{errc::session_expired, std::move(details)};
}

namespace {

/// Marks a session as being refreshed for as long as it lives, also when the context is destroyed: the
/// session may go on with another.
class under_way {
public:
    under_way(session_state& of, const std::shared_ptr<token_refresh>& flight)
        : session_{of.shared_from_this()}, flight_{flight} {
        session_->refresh = flight_;
    }
    under_way(under_way&&) noexcept = default;
    under_way(const under_way&) = delete;
    ~under_way() {
        if (session_ && session_->refresh == flight_) session_->refresh.reset();
    }

private:
    std::shared_ptr<session_state> session_;
    std::shared_ptr<token_refresh> flight_;
};

} // namespace

session_keeper::session_keeper(asio::any_io_executor executor, std::shared_ptr<clock> clock,
                               std::shared_ptr<observer> observer, double lead, refresh_function refresh)
    : executor_{std::move(executor)}, clock_{std::move(clock)}, observer_{std::move(observer)}, lead_{lead},
      refresh_{std::move(refresh)} {}

bool session_keeper::is_needed(const session_state& session) const {
    return lead_ > 0 && !stopped_ && advise(session, clock_->wall_now(), lead_) != token_advice::use;
}

asio::awaitable<void> session_keeper::fresh(std::shared_ptr<session_state> session) {
    switch (advise(*session, clock_->wall_now(), lead_)) {
    case token_advice::use:
        co_return;
    case token_advice::sign_in_again:
        throw error{errc::session_expired, "its refresh token is spent"};
    case token_advice::renew:
        break;
    }
    std::optional<error> failure;
    try {
        co_await join(session);
    } catch (const error& thrown) {
        failure = thrown;
    }
    if (failure && session->life().is_over(clock_->wall_now())) throw *failure;
}

asio::awaitable<void> session_keeper::renew(std::shared_ptr<session_state> session, std::string refused) {
    if (session->token() != refused) co_return;
    if (session->is_spent) throw error{errc::session_expired, "its refresh token is spent"};
    co_await join(session);
}

asio::awaitable<void> session_keeper::join(std::shared_ptr<session_state> session) {
    for (;;) {
        auto flight = session->refresh;
        const bool is_ours = !flight;
        if (is_ours) {
            flight = std::make_shared<token_refresh>(executor_);
            // On its own: whoever began it may give up while others wait.
            asio::co_spawn(
                executor_,
                [self = shared_from_this(), session, flight, until_done = under_way{*session, flight}] {
                    return self->refresh(session, flight);
                },
                asio::detached);
        }
        co_await flight->done.wait();
        if (!flight->failure) co_return;
        // Another client that shares the session began it, and has gone.
        if (!is_ours && flight->failure->code() == errc::closed) continue;
        throw *flight->failure;
    }
}

asio::awaitable<void> session_keeper::refresh(std::shared_ptr<session_state> session,
                                              std::shared_ptr<token_refresh> flight) {
    const std::string asked_with = session->refresh_token();
    try {
        co_await refresh_(session);
    } catch (const error& thrown) {
        flight->failure = thrown;
    } catch (const std::exception& thrown) {
        flight->failure = error{errc::connection_lost, thrown.what()};
    }
    if (session->refresh == flight) session->refresh.reset();
    const auto& failure = flight->failure;
    // What the server said of tokens that have been replaced meanwhile says nothing of the present ones.
    if (failure && failure->code() != errc::closed && session->refresh_token() == asked_with) {
        if (failure->code() == errc::session_expired) session->is_spent = true;
        // While the token is good not every call has to try again and wait.
        const auto now = clock_->wall_now();
        session->not_before = now + session->life().left(now) / 2;
    }
    if (const auto watcher = observer_)
        watcher->on_session_refresh(failure ? failure->code() : boost::system::error_code{});
    flight->done.set();
}

} // namespace nakama::call
