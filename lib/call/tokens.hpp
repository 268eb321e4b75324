// Where a call finds the token of its session.
#pragma once

#include <memory>
#include <string>

namespace nakama::call {

/// The state that all copies of a session share. Read anew for each attempt: a refresh may have come between.
class token_source {
public:
    virtual ~token_source() = default;
    virtual const std::string& token() const noexcept = 0;
};

/// What sessions let calls see of them.
struct session_access {
    template <class Session>
    static std::shared_ptr<const token_source> tokens(const Session& session) {
        return session.tokens();
    }
};

} // namespace nakama::call
