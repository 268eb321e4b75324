// The Satori side of a sandbox: what one sets up in Satori's console, and what clients have told it.
//
// Satori's own server is not public. Where what is known of it leaves something open, the sandbox does what
// the documentation of the API says or suggests; such choices are told here, where they are made.
#pragma once

#include <nakama/config.hpp>
#include <nakama/timestamp.hpp>
#include <satori/api/messages.hpp>
#include <satori/api/properties.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

struct world;

/// What live operations are made of. Names say what Satori calls it; times are in whole seconds.
namespace liveops {

/// A player as Satori knows him.
struct identity {
    std::string id{};
    satori::properties properties{};
    timestamp create_time{};
};

/// Tells whether an identity belongs to an audience. An empty one takes everybody. It is asked anew with
/// every request, so that a changed property counts at once, recomputed or not. It must not change the
/// sandbox, and what it throws fails the request with an internal error.
using audience = std::function<bool(const identity& who)>;

/// The values of flags, by the flags' names.
using flag_values = std::map<std::string, std::string>;

struct flag_variant {
    std::string name{};
    std::string value{};
    audience who{};
};

struct flag {
    std::string name{};
    std::string value{}; ///< the default
    std::vector<std::string> labels{};
    std::vector<flag_variant> variants{}; ///< the first that takes an identity gives its value
};

struct experiment_variant {
    std::string name{};
    std::string value{};
    flag_values flags{}; ///< what it gives flags
    audience who{};
};

/// One phase of an experiment; put it again for the next one.
///
/// An identity has the first variant whose audience takes it. Variants without an audience share all others
/// evenly and for good: a hash of the experiment's name and the identity's id decides.
struct experiment {
    std::string name{};
    std::vector<std::string> labels{};
    std::string phase_name{};
    timestamp start_time{}; ///< not set: it has always been running
    timestamp end_time{};   ///< not set: it never ends
    audience who{};
    std::vector<experiment_variant> variants{};
};

/// What a live event is for an audience, in place of its own value and flags.
struct live_event_variant {
    std::string name{};
    std::string value{};
    flag_values flags{};
    audience who{};
};

/// A run begins at `start_time`; with `every` others follow at that interval. None begins at `end_time` or
/// later, and all are over by then.
struct live_event {
    std::string id{}; ///< what it is joined with; chosen if empty
    std::string name{};
    std::string description{};
    std::string value{};
    std::vector<std::string> labels{};
    timestamp start_time{};          ///< not set: now
    timestamp end_time{};            ///< not set: never
    std::chrono::seconds duration{}; ///< of a run; 0: until the next one, or until `end_time`
    std::chrono::seconds every{};    ///< from the begin of a run to the next one; 0: there is but one
    std::string reset_cron{};        ///< what clients are told of `every`; not looked at
    bool explicit_join = false;      ///< takes only identities that have joined, once for all runs
    flag_values flags{};             ///< what it gives flags while it runs
    std::vector<live_event_variant> variants{}; ///< the first that takes an identity counts
    audience who{};
};

struct message {
    std::string id{}; ///< chosen if empty
    std::string schedule_id{};
    std::string title{};
    std::string text{};
    std::string image_url{};
    std::map<std::string, std::string> metadata{};
    timestamp send_time{}; ///< when it can first be seen; not set: now
};

/// An event that was published.
struct event {
    std::string name{};
    std::string id{}; ///< chosen if it came without one
    std::map<std::string, std::string> metadata{};
    std::string value{};
    timestamp time{}; ///< as its producer says, or else when it came
    std::string identity_id{};
    std::string session_id{};
    std::int64_t session_issued_at{};  ///< Unix time in seconds
    std::int64_t session_expires_at{}; ///< Unix time in seconds
    bool from_server = false;          ///< published with the API key
};

} // namespace liveops

/// A view of what a server has of Satori, see server::satori(). Of a server that has stopped it finds
/// nothing; putting something in throws std::logic_error. What is put in takes the place of what has the same
/// name, and throws std::invalid_argument where it cannot be meant: without a name, or where it gives a value
/// to a flag that was not put in before.
///
/// The value of a flag comes from an experiment before a live event, and from that before a variant of the
/// flag; of several of a kind the one that was put in last counts. A replaced one keeps its turn.
class NAKAMA_API satori_view {
public:
    void put_flag(const liveops::flag& flag);
    void put_experiment(const liveops::experiment& experiment);
    /// Gives the id. A live event that is put in again keeps its id, if no other is given, and who has
    /// joined. No run may be longer than the time to the next one.
    std::string put_live_event(const liveops::live_event& event);
    void remove_flag(std::string_view name);
    void remove_experiment(std::string_view name);
    void remove_live_event(std::string_view name);

    /// Makes the identity if it is new, and changes the properties that are named. Computed ones have no
    /// other source: the sandbox works out none. Throws std::invalid_argument for an id that a client could
    /// not authenticate with.
    void put_identity(std::string_view id, const satori::properties& properties = {});
    [[nodiscard]] std::optional<liveops::identity> find_identity(std::string_view id) const;
    /// All of them, by id.
    [[nodiscard]] std::vector<liveops::identity> identities() const;
    /// Whether an identity has joined the live event of this id.
    [[nodiscard]] bool has_joined(std::string_view identity_id, std::string_view live_event_id) const;

    /// Gives the message's id. Throws std::invalid_argument if there is no such identity, or if it has a
    /// message of that id.
    std::string send_message(std::string_view identity_id, const liveops::message& message);
    /// The messages of an identity, oldest first, also those that are not due yet; none if there is no such
    /// identity.
    [[nodiscard]] std::vector<satori::message> messages(std::string_view identity_id) const;

    /// What was published, in the order it came, each id once; of one identity or of all. Deleting an
    /// identity deletes its events.
    [[nodiscard]] std::vector<liveops::event> events(std::string_view identity_id = {}) const;

    /// From the first one defined on, events of other names are refused; before that, all are taken.
    void define_event(std::string name);
    /// The same for default properties that clients set.
    void define_default_property(std::string name);

    /// What the readiness check says; a new server is ready.
    void set_ready(bool ready);

private:
    friend class server;
    explicit satori_view(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
