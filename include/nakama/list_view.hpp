// The vocabulary of requests: views that borrow what the caller has, and are read before the call returns.
#pragma once

#include <nakama/config.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>

#if defined(__clang__)
#define NAKAMA_BORROWS [[clang::lifetimebound]]
#else
#define NAKAMA_BORROWS
#endif

namespace nakama {

/// Whether an aggregate owns nothing, as all of requests must: compilers get temporaries that own memory
/// inside a co_await expression wrong, and a copy of the request would cost an allocation.
template <class T>
inline constexpr bool borrows = std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>;

/// A borrowed sequence: a braced list, an array, a vector or any other contiguous range of `T`.
/// Owns nothing; what it was made from must live until the call it is passed to has returned its awaitable.
template <class T>
class list_view {
public:
    constexpr list_view() noexcept = default;

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winit-list-lifetime"
#endif
    constexpr list_view(std::initializer_list<T> list NAKAMA_BORROWS) noexcept
        : data_(list.begin()), size_(list.size()) {}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

    template <class Range>
        requires(!std::is_same_v<std::remove_cvref_t<Range>, list_view> &&
                 std::is_convertible_v<decltype(std::declval<const Range&>().data()), const T*>)
    constexpr list_view(const Range& range NAKAMA_BORROWS) noexcept
        : data_(range.data()), size_(range.size()) {}

    template <std::size_t N>
    constexpr list_view(const T (&array NAKAMA_BORROWS)[N]) noexcept : data_(array), size_(N) {}

    constexpr const T* begin() const noexcept { return data_; }
    constexpr const T* end() const noexcept { return data_ + size_; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }

private:
    const T* data_ = nullptr;
    std::size_t size_ = 0;
};

/// A borrowed sequence of texts: a braced list, or a contiguous range of std::string or std::string_view.
class text_list {
public:
    class iterator {
    public:
        constexpr std::string_view operator*() const noexcept { return (*list_)[at_]; }
        constexpr iterator& operator++() noexcept {
            ++at_;
            return *this;
        }
        constexpr bool operator==(const iterator&) const noexcept = default;

    private:
        friend class text_list;
        constexpr iterator(const text_list& list, std::size_t at) noexcept : list_(&list), at_(at) {}

        const text_list* list_;
        std::size_t at_;
    };

    constexpr text_list() noexcept = default;

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Winit-list-lifetime"
#endif
    constexpr text_list(std::initializer_list<std::string_view> list NAKAMA_BORROWS) noexcept
        : views_(list.begin()), size_(list.size()) {}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

    template <class Range>
        requires(!std::is_same_v<std::remove_cvref_t<Range>, text_list> &&
                 std::is_convertible_v<decltype(std::declval<const Range&>().data()),
                                       const std::string_view*>)
    constexpr text_list(const Range& range NAKAMA_BORROWS) noexcept
        : views_(range.data()), size_(range.size()) {}

    template <class Range>
        requires std::is_convertible_v<decltype(std::declval<const Range&>().data()), const std::string*>
    constexpr text_list(const Range& range NAKAMA_BORROWS) noexcept
        : strings_(range.data()), size_(range.size()) {}

    constexpr std::string_view operator[](std::size_t at) const noexcept {
        return strings_ ? std::string_view{strings_[at]} : views_[at];
    }
    constexpr iterator begin() const noexcept { return {*this, 0}; }
    constexpr iterator end() const noexcept { return {*this, size_}; }
    constexpr std::size_t size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }

private:
    const std::string_view* views_ = nullptr;
    const std::string* strings_ = nullptr;
    std::size_t size_ = 0;
};

/// One entry of a borrowed map, written `{"key", value}`.
template <class Value>
struct entry {
    std::string_view key{};
    Value value{};
};

using string_entry = entry<std::string_view>;
using number_entry = entry<double>;

} // namespace nakama
