#include "measure.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <new>

namespace {

std::size_t allocations = 0;

double processor_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace bench {

void meter::begin() {
    latencies_.clear();
    latencies_.reserve(1 << 20); // so that telling one allocates nothing
    allocations_ = allocations;
    processor_ = processor_microseconds();
}

void meter::end(std::size_t operations) {
    const auto each = static_cast<double>(std::max<std::size_t>(operations, 1));
    result_.microseconds = (processor_microseconds() - processor_) / each;
    result_.allocations = static_cast<double>(allocations - allocations_) / each;
    if (latencies_.empty()) return;
    std::ranges::sort(latencies_);
    const auto at = [&](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(latencies_.size() - 1));
        return std::chrono::duration<double, std::micro>(latencies_[index]).count();
    };
    result_.median = at(0.5);
    result_.p99 = at(0.99);
}

} // namespace bench
