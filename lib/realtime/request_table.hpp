// The requests that wait for their answers.
#pragma once

#include "envelope.hpp"
#include "net/event.hpp"

#include <nakama/error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace nakama::realtime {

/// Knows which request an answer belongs to. Answers that come after their request was given up are dropped.
class request_table {
public:
    /// One request under way; lives in the frame of the coroutine that waits for it.
    class pending {
    public:
        pending(request_table& owner, std::string cid, const asio::any_io_executor& executor)
            : done{executor}, owner_{owner}, cid_{std::move(cid)} {
            owner_.pending_.emplace(cid_, this);
        }
        ~pending() { owner_.pending_.erase(cid_); }
        pending(const pending&) = delete;
        pending& operator=(const pending&) = delete;

        void answer(envelope message) {
            if (done.is_set()) return;
            answered = std::move(message);
            done.set();
        }
        void fail(error reason) {
            if (done.is_set()) return;
            failed = std::move(reason);
            done.set();
        }

        net::event done;
        std::optional<envelope> answered;
        std::optional<error> failed;

    private:
        request_table& owner_;
        std::string cid_;
    };

    std::string next_cid() { return std::to_string(++last_cid_); }

    pending* find(const std::string& cid) {
        const auto found = pending_.find(cid);
        return found == pending_.end() ? nullptr : found->second;
    }

    void fail_all(const error& reason) {
        for (const auto& [cid, request] : pending_) request->fail(reason);
    }

    std::size_t size() const noexcept { return pending_.size(); }

private:
    std::uint64_t last_cid_ = 0;
    std::unordered_map<std::string, pending*> pending_;
};

} // namespace nakama::realtime
