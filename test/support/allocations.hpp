// What a thread has asked of operator new.
#pragma once

#include <cstddef>

namespace nakama::test {

struct allocations {
    std::size_t count = 0;
    std::size_t bytes = 0; ///< in all, not counting what was given back

    /// Those of this thread so far. They stay zero where a sanitizer has an operator new of its own.
    static allocations so_far() noexcept;

    allocations operator-(const allocations& before) const noexcept {
        return {.count = count - before.count, .bytes = bytes - before.bytes};
    }
};

} // namespace nakama::test
