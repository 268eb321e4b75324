// Sessions that are kept in a store.
#pragma once

#include "pipeline.hpp"

#include <nakama/session_store.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>

namespace nakama::call {

/// Throws nakama::error with errc::invalid_argument if there is no store.
void require_store(const std::shared_ptr<session_store>& store, const char* operation);

/// Completes when the session may be used: false if it is spent, so that its user has to sign in again.
asio::awaitable<bool> is_restored(std::shared_ptr<pipeline> pipeline, std::shared_ptr<session_state> session,
                                  call_options options);

/// What restore_session() of all clients does.
template <class Session>
asio::awaitable<std::optional<Session>> restore(std::shared_ptr<pipeline> pipeline,
                                                std::shared_ptr<session_store> store, std::string name,
                                                call_options options) {
    require_store(store, "restore_session");
    const auto kept = store->load(name);
    if (!kept) co_return std::nullopt;
    Session session{kept->token, kept->refresh_token};
    struct keeping {
        explicit keeping(listener saves) : saving{std::move(saves)} {}
        ~keeping() { saving.remove(); }
        listener saving;
    };
    // A refresh may end after the caller has given up: the name may be another session's by then.
    keeping until_restored{keep_session(session, store, name)};
    const bool restored = co_await is_restored(std::move(pipeline), session_access::state(session), options);
    if (!restored) co_return std::nullopt;
    until_restored.saving = {};
    co_return session;
}

} // namespace nakama::call
