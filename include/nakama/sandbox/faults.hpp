// Faults on order: what a sandbox does wrong, where and when.
#pragma once

#include <nakama/config.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// One thing that goes wrong, or several at once. Times are waited for by the server's clock. Which members
/// make sense depends on what is befallen: a connection (C), a request over HTTP (R), a message from a client
/// to its socket (M), an event that goes to a socket (E).
struct fault {
    enum class refusal : std::uint8_t {
        none,
        reset,   ///< accepted and reset at once
        silence, ///< never served: nothing is read and nothing said until the server stops
    };
    enum class loss : std::uint8_t {
        none,
        request, ///< what was asked is not done, and there is no answer
        answer,  ///< what was asked is done, but there is no answer
    };
    struct drip_rate {
        std::size_t bytes = 0; ///< at a time; 0 for all at once
        std::chrono::milliseconds pause{};
        bool operator==(const drip_rate&) const = default;
    };
    /// Places in an answer or frame, for `cut_at` and `reset_at`.
    static constexpr std::size_t before = 0;
    static constexpr std::size_t middle = std::numeric_limits<std::size_t>::max() - 1;
    static constexpr std::size_t after = std::numeric_limits<std::size_t>::max();

    /// R: is answered instead of what would be. The request is not carried out, unless `acts` is set.
    int status = 0;
    /// R: the gRPC code in the answer's body, whose status is the one that belongs to it unless `status` says
    /// another. M: the code of the error that answers the message instead of what would, see `acts`.
    std::optional<int> code{};
    std::string message{};                             ///< R, M: the error's; chosen if empty
    std::optional<std::string> body{};                 ///< R: of the answer, instead of code and message
    std::optional<std::chrono::seconds> retry_after{}; ///< R: as header of the answer
    bool acts = false; ///< R, M: the request is carried out before it is answered so

    /// C: before the connection is served. R, M: between the deed and its answer. E: before it is sent;
    /// events keep their order, and so do answers.
    std::chrono::milliseconds delay{};

    refusal refuse = refusal::none; ///< C
    loss lose = loss::none;         ///< R, M; E: with either, the event is not sent

    /// R, M, E: the connection is closed without a word once so many bytes of the answer, or of the frame,
    /// have gone; behind the whole if it is shorter. With `lose`, instead of silence. C: counts all bytes
    /// that the connection sends.
    std::optional<std::size_t> cut_at{};
    std::optional<std::size_t> reset_at{}; ///< the same with a reset
    drip_rate drip{};                      ///< C, R, M, E: what is sent comes little by little
    bool duplicate = false;                ///< R, M, E: the answer or event is sent twice
    /// M, E: an event goes behind the next answer, an answer behind the next event, as happens on real
    /// servers too. If none comes within `delay`, or a second, it goes by itself.
    bool reorder = false;

    /// M, E, and R of the operation "connect", the socket's handshake: for the rest of the socket's life.
    bool stop_reading = false; ///< what the client sends stays unread
    bool ignore_pings = false; ///< those of the client, as frames and as messages, are not answered
    bool stop_pinging = false; ///< the server neither pings nor expects pongs
    /// M, E, and R of "connect": the socket is closed with this code, behind the answer or event.
    std::optional<std::uint16_t> close_code{};
    std::string close_reason{}; ///< up to 123 bytes

    bool operator==(const fault&) const = default;
};

enum class fault_place : std::uint8_t { connection, request, message, event };

/// What a fault may befall, or has befallen.
struct fault_event {
    fault_place place{};
    std::string
        name{}; ///< the operation, "connect" for the socket's handshake, or the kind of message or event
    std::string method{};       ///< of a request
    std::string path{};         ///< of a request, as sent
    std::string username{};     ///< of the caller or of the socket's user; empty if nobody has signed in
    std::size_t connection = 0; ///< counted from 1 since the server has started
};

/// An order: where, when and what. The first of these that is set says where: `event`, `message`, `operation`
/// or `path` (with `method`); an order with none of them befalls connections as they are accepted. In texts
/// `*` stands for anything: `.path = "/v2/rpc/*"`, `.message = "party_*"`, `.operation = "*"`.
///
///     auto faults = server.faults();
///     faults.order({.operation = "get_account", .times = 2, .fault = {.status = 503}});
///     faults.order({.skip = 1, .times = 1, .fault = {.refuse = fault::refusal::reset}}); // the second next
///     faults.order({.message = "match_data_send", .skip = 10, .fault = {.cut_at = fault::before}});
///     faults.order({.event = "notifications", .username = "ada", .fault = {.delay = 250ms}});
///     faults.order({.path = "*", .script = {fault{.delay = 1s}, std::nullopt, fault{.status = 429}}});
struct fault_order {
    std::string operation{}; ///< "get_account", as clients call it; "connect" for the socket's handshake
    std::string method{};    ///< "POST"
    std::string path{};      ///< of a request, without the query
    std::string message{};   ///< the kind of a message of a client: "match_data_send"
    std::string event{};     ///< the kind of what the server sends unasked: "match_data"

    // Narrow it down.
    std::string username{};     ///< of whoever calls or has the socket
    std::size_t connection = 0; ///< the number of the only connection that is meant, counted from 1

    std::size_t skip = 0;               ///< how many go well before
    std::optional<std::size_t> times{}; ///< how many are befallen then; all if absent

    // What happens: one of these.
    sandbox::fault fault{};
    std::vector<std::optional<sandbox::fault>> script{}; ///< one after the other, then nothing any more
    /// Is asked each time, in the middle of whatever the server does: it may decide and nothing else. What it
    /// throws counts as no fault.
    std::function<std::optional<sandbox::fault>(const fault_event& event)> decide{};
};

/// Names an order; never 0.
using fault_id = std::uint64_t;

/// A fault that has happened.
struct fault_hit {
    fault_id order = 0;
    fault_event event{};
    sandbox::fault fault{};
    std::chrono::system_clock::time_point time{};
};

/// A view of a server's faults, see server::faults(). Orders are asked in the order they were given; the
/// first that has a fault to offer is the only one that happens and counts. Of a server that has stopped
/// nothing is found.
class NAKAMA_API faults {
public:
    /// Throws std::invalid_argument, naming the member, for what cannot be, and std::logic_error if the
    /// server has stopped.
    fault_id order(const fault_order& order);

    /// Orders what a JSON document says: an object with a list "faults" of objects, whose members are those
    /// of fault_order without `decide`, and those of fault. Times are seconds, or texts as "250ms", "2s",
    /// "1m"; `refuse` is "reset" or "silence", `lose` "request" or "answer", `cut_at` and `reset_at` a
    /// number, "before", "middle" or "after", `drip` an object:
    ///
    ///     {"faults": [
    ///       {"operation": "get_account", "times": 2, "fault": {"status": 503, "retry_after": 1}},
    ///       {"event": "match_data", "skip": 5, "fault": {"drip": {"bytes": 1, "pause": "10ms"}}},
    ///       {"message": "rpc", "script": [{"lose": "answer"}, null, {"cut_at": "middle"}]}
    ///     ]}
    ///
    /// Throws std::invalid_argument with `name`, line, column, the place in the document and what is wrong
    /// there; then nothing of it is ordered.
    std::vector<fault_id> order_from(std::string_view json, std::string_view name = "faults");

    /// Takes an order back; nothing if it is not there.
    void withdraw(fault_id order);
    void clear();

    /// How often an order's fault has happened, and how often it could have: `skip` included.
    [[nodiscard]] std::size_t hits(fault_id order) const;
    [[nodiscard]] std::size_t seen(fault_id order) const;

    /// What has happened by all orders, the last 1000 of it, oldest first.
    [[nodiscard]] std::vector<fault_hit> history() const;

    /// How many connections were accepted, those refused among them.
    [[nodiscard]] std::size_t connections() const;

private:
    friend class server;
    explicit faults(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
