// What a socket brought to its user: answers to requests, and events to listeners of every type.
#pragma once

#include "nakama_caller.hpp"

#include <nakama/observer.hpp>

#include <boost/json.hpp>

#include <deque>
#include <exception>
#include <vector>

namespace nakama::test {

namespace json = boost::json;

/// One of them, and to whom it came: the kind of the request that it answers, or "listeners".
struct delivery {
    std::string to{};
    json::value what{};

    bool operator==(const delivery&) const = default;
};

class deliveries : public observer, public std::enable_shared_from_this<deliveries> {
public:
    std::deque<delivery> came;
    int messages = 0;             ///< read from the connection, for whomever
    int closed = 0;               ///< requests that ended with errc::closed
    std::vector<error> unsent;    ///< why our client refused to send requests
    std::vector<close_info> ends; ///< told to on_close

    void listen_to(const socket& socket) {
        const auto hear = [self = shared_from_this()](const auto& event) {
            realtime::envelope envelope;
            envelope.message = event;
            self->came.push_back({"listeners", json::parse(wire::to_json(envelope))});
        };
        socket.on_channel_message(hear);
        socket.on_channel_presence_event(hear);
        socket.on_error(hear);
        socket.on_match_data(hear);
        socket.on_match_presence_event(hear);
        socket.on_matchmaker_matched(hear);
        socket.on_notifications(hear);
        socket.on_status_presence_event(hear);
        socket.on_stream_data(hear);
        socket.on_stream_presence_event(hear);
        socket.on_party(hear);
        socket.on_party_leader(hear);
        socket.on_party_close(hear);
        socket.on_party_join_request(hear);
        socket.on_party_matchmaker_ticket(hear);
        socket.on_party_data(hear);
        socket.on_party_presence_event(hear);
        socket.on_party_update(hear);
        socket.on_close([self = shared_from_this()](const close_info& why) { self->ends.push_back(why); });
    }

    /// For a request of this kind.
    answered receiver(const std::string& kind) {
        return [self = shared_from_this(), kind](const std::exception_ptr& thrown,
                                                 const realtime::envelope& answer) {
            if (thrown) self->refused(kind, thrown);
            else if (kind != "match_data_send")
                self->came.push_back({kind, json::parse(wire::to_json(answer))});
        };
    }

    void on_message_received(std::size_t) noexcept override { ++messages; }

private:
    void refused(const std::string& kind, const std::exception_ptr& thrown) {
        try {
            std::rethrow_exception(thrown);
        } catch (const error& why) {
            const auto code = why.code();
            if (code == errc::closed) ++closed;
            else if (code == errc::invalid_argument || code == errc::message_too_large) unsent.push_back(why);
            else if (code.category() == realtime_category())
                came.push_back(
                    {kind, {{"error", {{"code", code.value()}, {"message", why.server_message()}}}}});
            else came.push_back({kind, {{"failed", why.what()}}});
        }
    }
};

} // namespace nakama::test
