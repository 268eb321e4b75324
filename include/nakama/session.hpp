// A signed-in user.
#pragma once

#include <nakama/config.hpp>
#include <nakama/session_handle.hpp>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace nakama {

struct session_tokens;

/// A handle to the state of a signed-in user. What it tells of the user is read from the token; only the
/// server can tell whether the token is genuine.
class NAKAMA_API session : public session_handle {
public:
    /// Nobody: all of it is empty, and calls that need a session refuse it with errc::invalid_argument.
    session();
    /// From what an earlier run has kept. Throws nakama::error with errc::invalid_argument if one of them is
    /// not a token; `refresh_token` may be empty, then the session cannot be refreshed.
    session(std::string_view token, std::string_view refresh_token);
    explicit session(const session_tokens& tokens);

    bool created() const noexcept; ///< whether signing in made the account

    const std::string& user_id() const noexcept;
    const std::string& username() const noexcept;
    const std::map<std::string, std::string>& vars() const noexcept;

    /// Takes over tokens of an earlier run, in all copies of the handle. Throws like the constructor and then
    /// changes nothing.
    void update(const session_tokens& tokens);

private:
    friend struct call::session_access;
    struct state;
    explicit session(std::shared_ptr<call::session_state> shared) noexcept;
    void take(const session_tokens& tokens, std::optional<time_point> came);
};

} // namespace nakama
