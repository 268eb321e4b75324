// What an operation costs: processor time, allocations, latency.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

namespace bench {

struct cost {
    double microseconds{}; ///< of processor time of this process, per operation
    double allocations{};  ///< per operation
    double median{};       ///< latency in microseconds; 0 where it was not told
    double p95{};          ///< the same
    double p99{};          ///< the same
};

/// The same work done in two ways.
struct comparison {
    cost library;
    cost plain;
    double ratio{}; ///< of processor time
};

/// The median of each figure. The ratio's is that of the ratios, since what disturbs meets both sides of a
/// pair.
comparison median(const std::vector<comparison>& all);

/// Microseconds of processor time that this process has used.
double processor_microseconds();

/// Measures from begin() to end(), so that connecting and warming up do not count.
class meter {
public:
    using clock = std::chrono::steady_clock;

    void begin();
    void pause();
    void resume();
    /// Tells the latency of one operation.
    void took(clock::duration latency) { latencies_.push_back(latency); }
    void end(std::size_t operations);

    [[nodiscard]] const cost& result() const noexcept { return result_; }

private:
    std::vector<clock::duration> latencies_;
    bool runs_ = false;
    double processor_ = 0;        // when it was resumed
    std::size_t allocations_ = 0; // the same
    cost used_;                   // by all operations, until it was paused
    cost result_;
};

} // namespace bench
