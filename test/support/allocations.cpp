#include "allocations.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local nakama::test::allocations seen;

} // namespace

nakama::test::allocations nakama::test::allocations::so_far() noexcept {
    return seen;
}

// Weak, since ThreadSanitizer has its own.
[[gnu::weak]] void* operator new(std::size_t size) {
    ++seen.count;
    seen.bytes += size;
    if (void* memory = std::malloc(size != 0 ? size : 1)) return memory;
    throw std::bad_alloc{};
}
[[gnu::weak]] void operator delete(void* memory) noexcept {
    std::free(memory);
}
[[gnu::weak]] void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}
