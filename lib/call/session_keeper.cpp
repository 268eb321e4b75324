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
    // 404 if the account is gone.
    if (failure.http_status() == 404) return true;
    return failure.http_status() == 401 && !failure.server_message().starts_with("Server key");
}

error session_expired(const error& refusal) {
    error_details details = refusal.details();
    details.message = "its refresh token is spent";
    return error{errc::session_expired, std::move(details)};
}

session_keeper::session_keeper(asio::any_io_executor executor, std::shared_ptr<clock> clock,
                               std::shared_ptr<observer> observer, double lead, refresh_function refresh)
    : executor_{std::move(executor)}, clock_{std::move(clock)}, observer_{std::move(observer)}, lead_{lead},
      refresh_{std::move(refresh)} {}

bool session_keeper::is_needed(const session_state& session) const {
    return lead_ > 0 && advise(session, clock_->wall_now(), lead_) != token_advice::use;
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
    if (session->token() == refused) co_await join(session);
}

asio::awaitable<void> session_keeper::join(std::shared_ptr<session_state> session) {
    auto flight = session->refresh;
    if (!flight) {
        flight = std::make_shared<token_refresh>(executor_);
        session->refresh = flight;
        // On its own: whoever began it may give up while others wait.
        asio::co_spawn(executor_, shared_from_this()->refresh(session, flight), asio::detached);
    }
    co_await flight->done.wait();
    if (flight->failure) throw *flight->failure;
}

asio::awaitable<void> session_keeper::refresh(std::shared_ptr<session_state> session,
                                              std::shared_ptr<token_refresh> flight) {
    const auto self = shared_from_this();
    struct under_way {
        explicit under_way(session_state& of) : session{of} {}
        // Also when the context is destroyed: the session may go on with another.
        ~under_way() { session.refresh.reset(); }
        session_state& session;
    };
    {
        const under_way until_done{*session};
        try {
            co_await refresh_(session);
        } catch (const error& thrown) {
            flight->failure = thrown;
        } catch (const std::exception& thrown) {
            flight->failure = error{errc::connection_lost, thrown.what()};
        }
    }
    if (flight->failure) {
        if (flight->failure->code() == errc::session_expired) session->is_spent = true;
        // While the token is good not every call has to try again and wait.
        const auto now = clock_->wall_now();
        session->not_before = now + session->life().left(now) / 2;
    }
    if (const auto watcher = observer_)
        watcher->on_session_refresh(flight->failure ? flight->failure->code() : boost::system::error_code{});
    flight->done.set();
}

} // namespace nakama::call
