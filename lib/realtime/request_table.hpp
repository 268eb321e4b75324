// The requests that wait for their answers.
#pragma once

#include "envelope.hpp"
#include "net/event.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>

#include <algorithm>
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
        pending(request_table& owner, std::string cid, clock::time_point deadline,
                const asio::any_io_executor& executor)
            : done{executor}, deadline_{deadline}, owner_{owner}, cid_{std::move(cid)} {
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
        bool is_queued = false; ///< for sending; until then it can still go out on another connection
        std::optional<envelope> answered;
        std::optional<error> failed;

    private:
        friend class request_table;
        clock::time_point deadline_;
        request_table& owner_;
        std::string cid_;
    };

    std::string next_cid() { return std::to_string(++last_cid_); }

    pending* find(const std::string& cid) {
        const auto found = pending_.find(cid);
        return found == pending_.end() ? nullptr : found->second;
    }

    /// The connection that they were queued for has ended.
    void fail_queued(const error& reason) {
        for (const auto& [cid, request] : pending_)
            if (request->is_queued) request->fail(reason);
    }

    /// Until when the server may be busy with one of them.
    clock::time_point busy_until() const {
        auto latest = clock::time_point::min();
        for (const auto& [cid, request] : pending_)
            if (request->is_queued && !request->done.is_set()) latest = std::max(latest, request->deadline_);
        return latest;
    }

    std::size_t size() const noexcept { return pending_.size(); }

private:
    std::uint64_t last_cid_ = 0;
    std::unordered_map<std::string, pending*> pending_;
};

} // namespace nakama::realtime
