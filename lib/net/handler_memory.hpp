// Memory for the operations of one reader or writer, used again and again.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <new>
#include <utility>

namespace nakama::net {

/// Room for the two blocks that Asio takes for an operation of ours at a time; more, or larger ones, come
/// from the heap.
class handler_memory {
public:
    void* take(std::size_t bytes) {
        for (auto& each : slots_)
            if (!each.is_taken && bytes <= each.bytes.size()) {
                each.is_taken = true;
                return each.bytes.data();
            }
        return ::operator new(bytes);
    }
    void give_back(void* block) noexcept {
        for (auto& each : slots_)
            if (block == each.bytes.data()) {
                each.is_taken = false;
                return;
            }
        ::operator delete(block);
    }

private:
    struct slot {
        alignas(std::max_align_t) std::array<std::byte, 384> bytes;
        bool is_taken = false;
    };
    std::array<slot, 2> slots_;
};

/// Keeps its memory's owner alive: operations are destroyed together with all that they hold.
template <class T>
class handler_allocator {
public:
    using value_type = T;

    explicit handler_allocator(std::shared_ptr<handler_memory> memory) noexcept
        : memory_{std::move(memory)} {}
    template <class U>
    handler_allocator(const handler_allocator<U>& other) noexcept : memory_{other.memory_} {}

    T* allocate(std::size_t count) { return static_cast<T*>(memory_->take(count * sizeof(T))); }
    void deallocate(T* block, std::size_t) noexcept { memory_->give_back(block); }

    template <class U>
    bool operator==(const handler_allocator<U>& other) const noexcept {
        return memory_ == other.memory_;
    }

private:
    template <class U>
    friend class handler_allocator;
    std::shared_ptr<handler_memory> memory_;
};

} // namespace nakama::net
