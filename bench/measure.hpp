// What an operation costs: processor time, allocations, latency.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace bench {

struct cost {
    double microseconds{}; ///< of processor time of this process, per operation
    double allocations{};  ///< per operation
    double median{};       ///< latency in microseconds; 0 where operations overlap
    double p99{};          ///< the same
};

/// Measures from begin() to end(), so that connecting and warming up do not count.
class meter {
public:
    using clock = std::chrono::steady_clock;

    void begin();
    /// Tells the latency of one operation.
    void took(clock::duration latency) { latencies_.push_back(latency); }
    void end(std::size_t operations);

    [[nodiscard]] const cost& result() const noexcept { return result_; }

private:
    std::vector<clock::duration> latencies_;
    double processor_ = 0;
    std::size_t allocations_ = 0;
    cost result_;
};

} // namespace bench
