#include "keep_session.hpp"

#include <nakama/error.hpp>

#include <utility>

namespace nakama {

listener keep_session(const session_handle& session, std::shared_ptr<session_store> store, std::string name,
                      std::function<void(const error&)> on_failure) {
    call::require_store(store, "keep_session");
    const auto save = [store = std::move(store), name = std::move(name)](const session_handle& kept) {
        store->save(name, {.token = kept.token(), .refresh_token = kept.refresh_token()});
    };
    save(session);
    return session.on_change([save, on_failure = std::move(on_failure)](const session_handle& changed) {
        try {
            save(changed);
        } catch (const error& failure) {
            if (on_failure) on_failure(failure);
        }
    });
}

namespace call {

void require_store(const std::shared_ptr<session_store>& store, const char* operation) {
    if (!store)
        throw error{errc::invalid_argument,
                    error_details{.message = "there is no store", .operation = operation}};
}

asio::awaitable<bool> is_restored(std::shared_ptr<pipeline> pipeline, std::shared_ptr<session_state> session,
                                  call_options options) {
    try {
        co_await freshen(std::move(pipeline), std::move(session), "restore_session", options);
    } catch (const error& failure) {
        if (failure.code() != errc::session_expired) throw;
        co_return false;
    }
    co_return true;
}

} // namespace call
} // namespace nakama
