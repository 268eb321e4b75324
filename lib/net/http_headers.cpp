#include <nakama/http_headers.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>

namespace nakama {
namespace {

struct lengths {
    std::uint32_t name, value;
};

lengths lengths_at(const char* field) noexcept {
    lengths read;
    std::memcpy(&read, field, sizeof read);
    return read;
}

bool is_same(std::string_view a, std::string_view b) noexcept {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

http_headers::http_headers(std::initializer_list<http_header> headers) {
    for (const auto& [name, value] : headers) append(name, value);
}

void http_headers::append(std::string_view name, std::string_view value) {
    constexpr std::size_t most = std::numeric_limits<std::uint32_t>::max();
    if (name.size() > most || value.size() > most) throw std::length_error{"an HTTP header"};
    const lengths sizes{static_cast<std::uint32_t>(name.size()), static_cast<std::uint32_t>(value.size())};
    char prefix[sizeof sizes];
    std::memcpy(prefix, &sizes, sizeof sizes);
    fields_.append(prefix, sizeof prefix).append(name).append(value);
}

void http_headers::erase(std::string_view name) {
    for (auto field = begin(); field != end();) {
        auto next = field;
        ++next;
        if (is_same((*field).name, name)) {
            const auto at = static_cast<std::size_t>(field.at_ - fields_.data());
            fields_.erase(at, static_cast<std::size_t>(next.at_ - field.at_));
            field = iterator{fields_.data() + at};
        } else {
            field = next;
        }
    }
}

std::optional<std::string_view> http_headers::find(std::string_view name) const noexcept {
    const auto found =
        std::ranges::find_if(*this, [name](const http_header& each) { return is_same(each.name, name); });
    if (found == end()) return std::nullopt;
    return (*found).value;
}

http_header http_headers::iterator::operator*() const noexcept {
    const auto [name, value] = lengths_at(at_);
    const char* const text = at_ + sizeof(lengths);
    return {.name = {text, name}, .value = {text + name, value}};
}

http_headers::iterator& http_headers::iterator::operator++() noexcept {
    const auto [name, value] = lengths_at(at_);
    at_ += sizeof(lengths) + name + value;
    return *this;
}

} // namespace nakama
