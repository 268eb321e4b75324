#include "operation.hpp"

#include <array>
#include <cstdint>
#include <cstdio>

namespace nakama::call {

std::string request::unique_id() const {
    // Version 4, variant 1 of RFC 9562.
    const std::uint64_t high = ((*random)() & ~0xf000ULL) | 0x4000ULL;
    const std::uint64_t low = ((*random)() & ~(3ULL << 62)) | 2ULL << 62;
    std::array<char, 37> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-%04x-%04x-%012llx", static_cast<unsigned>(high >> 32),
                  static_cast<unsigned>(high >> 16 & 0xffff), static_cast<unsigned>(high & 0xffff),
                  static_cast<unsigned>(low >> 48), static_cast<unsigned long long>(low & 0xffffffffffff));
    return text.data();
}

} // namespace nakama::call
