// How bytes go out when something is wrong with their way.
#pragma once

#include <nakama/sandbox/faults.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace nakama::sandbox {

struct outflow_step {
    enum class kind {
        send,  ///< the next `bytes`
        wait,  ///< `pause`
        cut,   ///< the connection is closed without a word
        reset, ///< the connection is reset
    };
    kind what{};
    std::size_t bytes = 0;
    std::chrono::milliseconds pause{};
    bool operator==(const outflow_step&) const = default;
};

/// The way of one answer or frame, or of all that a connection sends.
class outflow {
public:
    /// For what has `size` bytes: what is to break it breaks it within or right behind these.
    outflow(const fault& fault, std::size_t size) : outflow{fault} {
        if (!limit_) return;
        if (*limit_ == fault::middle) limit_ = size / 2;
        else if (*limit_ > size) limit_ = size;
    }
    /// For what has no known end.
    explicit outflow(const fault& fault)
        : drip_{fault.drip}, limit_{fault.reset_at ? fault.reset_at : fault.cut_at},
          resets_{fault.reset_at.has_value()} {}

    /// What to do with the next `size` bytes. After a break there is nothing more to ask for.
    [[nodiscard]] std::vector<outflow_step> next(std::size_t size);

private:
    fault::drip_rate drip_;
    std::optional<std::size_t> limit_;
    bool resets_;
    std::size_t passed_ = 0;
};

} // namespace nakama::sandbox
