// The headers of an HTTP answer, as one text.
#pragma once

#include <nakama/config.hpp>

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace nakama {

struct http_header {
    std::string_view name{};
    std::string_view value{};
};

/// Headers in the order in which they came. Most answers have several that nobody ever asks for, so they are
/// kept in one piece of memory and looked for when somebody does. Names are compared without regard to the
/// case of ASCII letters. Views of names and values are good until the headers are changed.
class NAKAMA_API http_headers {
public:
    class iterator;

    http_headers() = default;
    http_headers(std::initializer_list<http_header> headers);

    /// Makes room for headers with so many bytes in all.
    void reserve(std::size_t bytes) { fields_.reserve(bytes); }
    /// Takes any text, also such as HTTP could not bring, but no view into these headers.
    void append(std::string_view name, std::string_view value);
    /// Removes all headers of that name.
    void erase(std::string_view name);

    /// The value of the first header of that name.
    std::optional<std::string_view> find(std::string_view name) const noexcept;
    bool empty() const noexcept { return fields_.empty(); }
    iterator begin() const noexcept;
    iterator end() const noexcept;

    /// The same headers in the same order and spelling.
    friend bool operator==(const http_headers&, const http_headers&) = default;

private:
    // One after the other: the lengths of name and value, the name, the value. With lengths instead of
    // separators no value can pass for another header.
    std::string fields_;
};

/// Gives each header as an http_header.
class NAKAMA_API http_headers::iterator {
public:
    using iterator_concept = std::forward_iterator_tag;
    using iterator_category = std::input_iterator_tag;
    using value_type = http_header;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = http_header;

    iterator() = default;

    http_header operator*() const noexcept;
    iterator& operator++() noexcept;
    iterator operator++(int) noexcept {
        const iterator before = *this;
        ++*this;
        return before;
    }
    friend bool operator==(const iterator&, const iterator&) = default;

private:
    friend class http_headers;
    explicit iterator(const char* at) noexcept : at_{at} {}

    const char* at_ = nullptr;
};

inline http_headers::iterator http_headers::begin() const noexcept {
    return iterator{fields_.data()};
}
inline http_headers::iterator http_headers::end() const noexcept {
    return iterator{fields_.data() + fields_.size()};
}

} // namespace nakama
