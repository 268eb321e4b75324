// The events that clients have sent to a sandbox.
#pragma once

#include <nakama/config.hpp>
#include <nakama/timestamp.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nakama::sandbox {

struct world;

/// One event as it arrived.
struct received_event {
    std::string user_id{};
    std::string username{}; ///< as in the sender's token
    std::string name{};
    std::map<std::string, std::string> properties{};
    nakama::timestamp timestamp{}; ///< when it happened, by the sender's clock; the epoch if not said

    bool operator==(const received_event&) const = default;
};

/// A view of the events a server has received, see server::events(). A real server hands them to its runtime;
/// here they stay until they are cleared. Of a server that has stopped it finds nothing.
class NAKAMA_API events {
public:
    /// In the order they came.
    [[nodiscard]] std::vector<received_event> list() const;
    [[nodiscard]] std::size_t size() const;
    void clear();

private:
    friend class server;
    explicit events(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
