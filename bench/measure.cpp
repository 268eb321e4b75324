#include "measure.hpp"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <new>

namespace {

std::size_t allocations = 0;

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
// Where Asio takes memory for operations and coroutines that it has none left for.
extern "C" void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    ++allocations;
    void* memory = nullptr;
    return posix_memalign(&memory, alignment, size) == 0 ? memory : nullptr;
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace bench {

double processor_microseconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

comparison median(const std::vector<comparison>& all) {
    const auto middle = [&](auto figure) {
        std::vector<double> values;
        for (const comparison& one : all) values.push_back(figure(one));
        std::ranges::sort(values);
        return values[values.size() / 2];
    };
    const auto side = [&](cost comparison::* which) {
        const auto of = [&](double cost::* figure) {
            return middle([&](const comparison& one) { return one.*which.*figure; });
        };
        return cost{.microseconds = of(&cost::microseconds),
                    .allocations = of(&cost::allocations),
                    .median = of(&cost::median),
                    .p95 = of(&cost::p95),
                    .p99 = of(&cost::p99)};
    };
    return {.library = side(&comparison::library),
            .plain = side(&comparison::plain),
            .ratio = middle([](const comparison& one) { return one.ratio; })};
}

void meter::begin() {
    latencies_.clear();
    latencies_.reserve(1 << 20); // so that telling one allocates nothing
    used_ = {};
    resume();
}

void meter::pause() {
    if (!runs_) return;
    runs_ = false;
    used_.microseconds += processor_microseconds() - processor_;
    used_.allocations += static_cast<double>(allocations - allocations_);
}

void meter::resume() {
    runs_ = true;
    allocations_ = allocations;
    processor_ = processor_microseconds();
}

void meter::end(std::size_t operations) {
    pause();
    const auto each = static_cast<double>(std::max<std::size_t>(operations, 1));
    result_ = {.microseconds = used_.microseconds / each, .allocations = used_.allocations / each};
    if (latencies_.empty()) return;
    std::ranges::sort(latencies_);
    const auto at = [&](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(latencies_.size() - 1));
        return std::chrono::duration<double, std::micro>(latencies_[index]).count();
    };
    result_.median = at(0.5);
    result_.p95 = at(0.95);
    result_.p99 = at(0.99);
}

} // namespace bench
