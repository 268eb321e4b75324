// The server's operations over HTTP.
#pragma once

#include <nakama/api/requests.hpp>
#include <nakama/api/types.hpp>
#include <nakama/call_options.hpp>
#include <nakama/session.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace nakama {

namespace asio = boost::asio;

namespace call {
class pipeline;
} // namespace call

/// Every operation encodes its request before it returns, so what the request refers to may end then; the
/// request is sent when the awaitable is awaited. Each throws nakama::error and can be awaited once.
/// Cancelling one aborts its I/O and its waits, and it throws errc::cancelled; a deadline does the same with
/// errc::timed_out. "Idempotent" ones may be repeated by the retry policy after their bytes have left.
class NAKAMA_API operations {
public:
    /// Signs in with an id of the device's own. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_device(const authenticate_device_request& request,
                                                 call_options options = {}) const;

    /// Signs in with an email address or username, and a password. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_email(const authenticate_email_request& request,
                                                call_options options = {}) const;

    /// Signs in with an id from another system. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_custom(const authenticate_custom_request& request,
                                                 call_options options = {}) const;

    /// Extends the session in place, also its refresh token. Needs the server key. Idempotent.
    /// grpc_code::unauthenticated means that the refresh token is spent and the user must sign in again.
    asio::awaitable<void> session_refresh(session session, const session_refresh_request& request = {},
                                          call_options options = {}) const;

    /// Makes the server forget both tokens of the session. Idempotent.
    asio::awaitable<void> session_logout(const session& session, call_options options = {}) const;

    /// Fetches the caller's account. Idempotent.
    asio::awaitable<account> get_account(const session& session, call_options options = {}) const;

    /// Changes fields of the caller's account. Idempotent.
    asio::awaitable<void> update_account(const session& session, const update_account_request& request,
                                         call_options options = {}) const;

    /// Lists the caller's friends. Idempotent.
    asio::awaitable<friend_list> list_friends(const session& session,
                                              const list_friends_request& request = {},
                                              call_options options = {}) const;

    /// Calls a function of the server's runtime. Not idempotent.
    asio::awaitable<nakama::rpc> rpc(const session& session, const rpc_request& request,
                                     call_options options = {}) const;

protected:
    explicit operations(std::shared_ptr<call::pipeline> pipeline) noexcept;
    ~operations();
    operations(operations&&) noexcept;
    operations& operator=(operations&&) noexcept;

    std::shared_ptr<call::pipeline> pipeline_;
};

} // namespace nakama
