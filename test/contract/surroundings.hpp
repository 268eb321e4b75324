// What stands around a group of recorded exchanges that the recording itself does not hold: the runtime
// module of the recorded server, what was put into its database, what happened on sockets meanwhile, and
// exchanges that are kept elsewhere but that others stand on.
#pragma once

#include "contract/recorded_config.hpp"
#include "contract/sandbox_replay.hpp"

#include <memory>
#include <string>
#include <vector>

namespace replay {

class surroundings {
public:
    surroundings() = default;
    virtual ~surroundings() = default;
    surroundings(const surroundings&) = delete;
    surroundings& operator=(const surroundings&) = delete;

    /// Before the first exchange; `exchanges` are those of the group on the same server.
    virtual void begin(stage&, cast&, const std::vector<json::object>& exchanges) { (void)exchanges; }
    /// Before each; the clock shows its time, and its users are there.
    virtual void before(stage&, cast&, const json::object& exchange) { (void)exchange; }
};

/// Those of a group, by the name of its file. `flags` are the command line of the recorded server, beyond
/// what most groups were recorded with.
[[nodiscard]] std::unique_ptr<surroundings> surroundings_of(const std::string& group,
                                                            const std::vector<std::string>& flags);

/// Asks for what the recording lacks: with the credentials of `like`, unless it authenticates.
http_reply make_up(stage& stage, const cast& cast, const json::object& like, const std::string& method,
                   const std::string& target, const std::string& body = {});

/// What an exchange's request has for a name; empty if it has none.
[[nodiscard]] std::string parameter(const json::object& exchange, std::string_view name);

} // namespace replay
