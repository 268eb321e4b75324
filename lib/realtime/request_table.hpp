// The requests that wait for their answers.
#pragma once

#include "envelope.hpp"
#include "net/event.hpp"

#include <nakama/clock.hpp>
#include <nakama/error.hpp>

#include <boost/intrusive/set.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nakama::realtime {

/// Knows which request an answer belongs to. Answers that come after their request was given up are dropped.
class request_table {
public:
    /// One request under way; lives in the frame of the coroutine that waits for it.
    class pending : public boost::intrusive::set_base_hook<> {
    public:
        /// `into` gets the answer. `cid` is the table's, and no other request's that is under way.
        pending(request_table& owner, std::string_view cid, envelope& into, clock::time_point deadline,
                const asio::any_io_executor& executor)
            : done{executor}, number_{number_of(cid).value_or(0)}, into_{into}, deadline_{deadline},
              owner_{owner} {
            owner_.pending_.insert(owner_.pending_.end(), *this);
        }
        ~pending() { owner_.pending_.erase(owner_.pending_.iterator_to(*this)); }
        pending(const pending&) = delete;
        pending& operator=(const pending&) = delete;

        void answer(envelope&& message) {
            if (done.is_set()) return;
            into_ = std::move(message);
            done.set();
        }
        void fail(error reason) {
            if (done.is_set()) return;
            failed = std::move(reason);
            done.set();
        }

        net::event done;
        bool is_queued = false; ///< for sending; until then it can still go out on another connection
        std::optional<error> failed;

    private:
        friend class request_table;
        std::uint64_t number_;
        envelope& into_;
        clock::time_point deadline_;
        request_table& owner_;
    };

    std::string next_cid() { return std::to_string(++last_number_); }

    pending* find(std::string_view cid) {
        const auto number = number_of(cid);
        if (!number) return nullptr;
        const auto found = pending_.find(*number);
        return found == pending_.end() ? nullptr : &*found;
    }

    /// The connection that they were queued for has ended.
    void fail_queued(const error& reason) {
        for (pending& request : pending_)
            if (request.is_queued) request.fail(reason);
    }

    /// Until when the server may be busy with one of them.
    clock::time_point busy_until() const {
        auto latest = clock::time_point::min();
        for (const pending& request : pending_)
            if (request.is_queued && !request.done.is_set()) latest = std::max(latest, request.deadline_);
        return latest;
    }

private:
    struct number_in {
        using type = std::uint64_t;
        const type& operator()(const pending& request) const noexcept { return request.number_; }
    };

    /// Of a cid of ours.
    static std::optional<std::uint64_t> number_of(std::string_view cid) {
        std::uint64_t number = 0;
        const char* const end = cid.data() + cid.size();
        const auto [stop, failed] = std::from_chars(cid.data(), end, number);
        if (failed != std::errc{} || stop != end) return {};
        return number;
    }

    std::uint64_t last_number_ = 0;
    boost::intrusive::set<pending, boost::intrusive::key_of_value<number_in>> pending_;
};

} // namespace nakama::realtime
