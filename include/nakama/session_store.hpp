// Where sessions are kept between runs of a program.
#pragma once

#include <nakama/config.hpp>
#include <nakama/listener.hpp>
#include <nakama/session_handle.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nakama {

class error;

/// What is kept of a session, of Nakama's or Satori's alike: all that it takes to restore it. Secrets.
struct stored_session {
    std::string token{};
    std::string refresh_token{}; ///< empty if there is none

    bool operator==(const stored_session&) const = default;
};

/// Keeps sessions under names of the program's choice. Implement it for a keychain or a database;
/// file_session_store keeps them in files.
///
///     auto session = co_await client.restore_session(store, "player");
///     if (!session) {
///         session = co_await client.authenticate_device({.id = id});
///         nakama::keep_session(*session, store, "player");
///     }
///
/// A name is any text but the empty one, which is refused with errc::invalid_argument. What a store cannot do
/// it says with a nakama::error of errc::storage_failed, whose texts never hold a token.
class NAKAMA_API session_store {
public:
    virtual ~session_store() = default;

    /// The session kept under `name`; nothing if there is none. Throws if there is one that cannot be read.
    virtual std::optional<stored_session> load(std::string_view name) = 0;

    /// Keeps `session` under `name`, in place of what was kept there. If it throws, that is still there.
    virtual void save(std::string_view name, const stored_session& session) = 0;

    /// Forgets what is kept under `name`, if anything is.
    virtual void remove(std::string_view name) = 0;
};

/// Keeps a session under `name`: now, and again whenever its tokens change. Throws like session_store::save;
/// what goes wrong later is told to `on_failure`, and the store then still has the tokens of before.
/// Removing the listener ends it, for when the name is to be another session's.
NAKAMA_API listener keep_session(const session_handle& session, std::shared_ptr<session_store> store,
                                 std::string name, std::function<void(const error&)> on_failure = {});

} // namespace nakama
