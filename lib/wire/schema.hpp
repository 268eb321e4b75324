// What the codec needs to know of a message: the names of its fields, their kinds and where they lie.
#pragma once

#include <nakama/timestamp.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace nakama::wire {

enum class kind : std::uint8_t {
    string,
    bytes,
    boolean,
    int32,
    int64,
    uint32,
    number,
    time,
    enumeration,
    message,
};

enum class shape : std::uint8_t {
    plain,   ///< absent means zero: not written when zero
    wrapped, ///< may be absent: written whenever set
    list,
    map,         ///< from text to the field's kind
    alternative, ///< one of several that exclude each other
};

struct schema;

/// A value of an enumeration. Servers send its number, and take and may send its name.
struct enum_name {
    std::string_view name{};
    std::int32_t number{};
};

/// Hands one present value of a field to the writer; `key` is that of a map's entry.
using visitor = void (*)(void* context, std::string_view key, const void* value);

/// The name of a field, told from others by its first and its last eight bytes at once.
class field_name {
public:
    constexpr field_name() = default;
    constexpr field_name(std::string_view text)
        : text_{text}, head_{word(text.substr(0, wide))},
          tail_{word(text.substr(text.size() - std::min(text.size(), wide)))} {
        std::array<unsigned char, wide> filled{};
        for (std::size_t i = 0; i < std::min(text.size(), wide); ++i) filled[i] = 0xff;
        mask_ = std::bit_cast<std::uint64_t>(filled);
    }

    constexpr operator std::string_view() const noexcept { return text_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return text_.size(); }

    /// The first eight bytes of what may be a name.
    static std::uint64_t head_at(const char* at) noexcept { return load(at); }
    static constexpr std::size_t head_size = sizeof(std::uint64_t);

    /// Whether it is what begins at `at` with `head`, where `left` bytes are, followed by a quote and a colon.
    [[nodiscard]] bool is_at(const char* at, std::uint64_t head, std::size_t left) const noexcept {
        if ((head & mask_) != head_) return false;
        const std::size_t size = text_.size();
        if (left < size + 2 || at[size] != '"' || at[size + 1] != ':') return false;
        if (size <= wide) return true;
        if (load(at + size - wide) != tail_) return false;
        return size <= 2 * wide || std::memcmp(at + wide, text_.data() + wide, size - 2 * wide) == 0;
    }

private:
    static constexpr std::size_t wide = head_size;

    static constexpr std::uint64_t word(std::string_view text) {
        std::array<unsigned char, wide> bytes{};
        for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = static_cast<unsigned char>(text[i]);
        return std::bit_cast<std::uint64_t>(bytes);
    }
    static std::uint64_t load(const char* from) noexcept {
        std::uint64_t bytes;
        std::memcpy(&bytes, from, sizeof bytes);
        return bytes;
    }

    std::string_view text_;
    std::uint64_t head_ = 0, tail_ = 0, mask_ = 0; // as they lie in memory
};

struct field {
    field_name name{}; ///< in snake_case, as the server writes it
    kind value{};
    shape form{};
    const schema& (*message)() = nullptr;            ///< of kind::message
    std::span<const enum_name> (*names)() = nullptr; ///< of kind::enumeration

    /// Makes room for one value and tells where: the member itself, or a new element of it.
    void* (*open)(void* object, std::string_view key) = nullptr;
    /// Visits every value that is present.
    void (*each)(const void* object, visitor visit, void* context) = nullptr;
    /// Makes the member what it is in a new message, keeping the memory of texts.
    void (*clear)(void* object) = nullptr;
    /// Makes room in a list for as many elements as `left` bytes of text may hold, `each` bytes an element.
    void (*reserve)(void* object, std::size_t left, std::size_t each) = nullptr;
};

struct schema {
    std::string_view name{};
    std::span<const field> fields{};
};

/// The schema of a message; specialised beside the tables of the generated types.
template <class T>
const schema& schema_of();

/// The values of an enumeration; specialised beside the tables as well.
template <class T>
std::span<const enum_name> names_of();

/// Makes a message what a new one is, for reading another into the same memory.
inline void clear(void* object, const schema& layout) {
    for (const field& each : layout.fields)
        if (each.clear) each.clear(object);
}

/// One of several messages, or none. Setting one that it has held last uses the memory of that again.
template <class... Message>
class one_of {
public:
    one_of() = default;
    template <class T>
        requires(std::same_as<T, Message> || ...)
    one_of(T message) : held_{std::move(message)}, present_{true} {}

    template <class T>
    T& set() {
        present_ = true;
        auto* last = std::get_if<T>(&held_);
        if (!last) return held_.template emplace<T>();
        wire::clear(last, schema_of<T>());
        return *last;
    }
    void clear() noexcept { present_ = false; }

    template <class T>
    T* get_if() noexcept {
        return present_ ? std::get_if<T>(&held_) : nullptr;
    }
    template <class T>
    const T* get_if() const noexcept {
        return present_ ? std::get_if<T>(&held_) : nullptr;
    }

    explicit operator bool() const noexcept { return present_; }

    /// Calls `function` with the message, if there is one.
    template <class Function>
    void visit(Function&& function) const {
        if (!present_) return;
        std::visit(
            [&](const auto& message) {
                if constexpr (!std::same_as<std::remove_cvref_t<decltype(message)>, std::monostate>)
                    function(message);
            },
            held_);
    }

private:
    std::variant<std::monostate, Message...> held_;
    bool present_ = false;
};

namespace detail {

template <class T>
struct form_of {
    using value_type = T;
    static constexpr shape form = shape::plain;
    static T& open(T& member, std::string_view) { return member; }
    static void each(const T& member, visitor visit, void* context) { visit(context, {}, &member); }
    static void clear(T& member);
};

template <class T>
struct form_of<std::optional<T>> {
    using value_type = T;
    static constexpr shape form = shape::wrapped;
    static T& open(std::optional<T>& member, std::string_view) { return member.emplace(); }
    static void each(const std::optional<T>& member, visitor visit, void* context) {
        if (member) visit(context, {}, &*member);
    }
    static void clear(std::optional<T>& member) { member.reset(); }
};

template <class T>
struct form_of<std::vector<T>> {
    using value_type = T;
    static constexpr shape form = shape::list;
    static T& open(std::vector<T>& member, std::string_view) { return member.emplace_back(); }
    static void each(const std::vector<T>& member, visitor visit, void* context) {
        for (const T& element : member) visit(context, {}, &element);
    }
    static void clear(std::vector<T>& member) { member.clear(); }
    static void reserve(std::vector<T>& member, std::size_t left, std::size_t each) {
        // Never much more memory than the text has, whatever the first element made of it.
        const std::size_t likely = left / each + left / each / 8;
        const std::size_t wanted = member.size() + std::min(likely, 4 * left / sizeof(T));
        constexpr std::size_t worthwhile = 8;
        if (wanted > worthwhile && wanted > member.capacity()) member.reserve(wanted);
    }
};

template <class T>
struct form_of<std::map<std::string, T>> {
    using value_type = T;
    static constexpr shape form = shape::map;
    static T& open(std::map<std::string, T>& member, std::string_view key) {
        return member[std::string{key}];
    }
    static void each(const std::map<std::string, T>& member, visitor visit, void* context) {
        for (const auto& [key, value] : member) visit(context, key, &value);
    }
    static void clear(std::map<std::string, T>& member) { member.clear(); }
};

template <class T>
constexpr kind kind_of() {
    if constexpr (std::same_as<T, std::string>) return kind::string;
    else if constexpr (std::same_as<T, bool>) return kind::boolean;
    else if constexpr (std::same_as<T, std::int32_t>) return kind::int32;
    else if constexpr (std::same_as<T, std::int64_t>) return kind::int64;
    else if constexpr (std::same_as<T, std::uint32_t>) return kind::uint32;
    else if constexpr (std::is_enum_v<T>) return kind::enumeration;
    else if constexpr (std::same_as<T, double>) return kind::number;
    else if constexpr (std::same_as<T, timestamp>) return kind::time;
    else return kind::message;
}

template <class T>
void form_of<T>::clear(T& member) {
    if constexpr (kind_of<T>() == kind::message) wire::clear(&member, schema_of<T>());
    else if constexpr (std::same_as<T, std::string>) member.clear();
    else member = T{};
}

template <class T>
struct member_pointer;
template <class Object, class Member>
struct member_pointer<Member Object::*> {
    using object = Object;
    using member = Member;
};

} // namespace detail

/// Describes one member of a message, `member<&account::email>("email")`.
template <auto Member>
constexpr field member(std::string_view name) {
    using pointer = detail::member_pointer<decltype(Member)>;
    using form = detail::form_of<typename pointer::member>;
    using value_type = typename form::value_type;
    field result{
        .name = name,
        .value = detail::kind_of<value_type>(),
        .form = form::form,
        .open = [](void* object, std::string_view key) -> void* {
            return &form::open(static_cast<typename pointer::object*>(object)->*Member, key);
        },
        .each =
            [](const void* object, visitor visit, void* context) {
                form::each(static_cast<const typename pointer::object*>(object)->*Member, visit, context);
            },
        .clear = [](void* object) { form::clear(static_cast<typename pointer::object*>(object)->*Member); },
    };
    if constexpr (form::form == shape::list)
        result.reserve = [](void* object, std::size_t left, std::size_t each) {
            form::reserve(static_cast<typename pointer::object*>(object)->*Member, left, each);
        };
    if constexpr (detail::kind_of<value_type>() == kind::message) result.message = schema_of<value_type>;
    if constexpr (std::is_enum_v<value_type>) {
        static_assert(std::same_as<std::underlying_type_t<value_type>, std::int32_t>);
        result.names = names_of<value_type>;
    }
    return result;
}

/// Describes a member that holds bytes, which travel as base64.
template <auto Member>
constexpr field bytes_member(std::string_view name) {
    field result = member<Member>(name);
    result.value = kind::bytes;
    return result;
}

/// Describes one alternative of a `one_of` member.
template <auto Member, class Alternative>
constexpr field alternative(std::string_view name) {
    using object_type = typename detail::member_pointer<decltype(Member)>::object;
    return field{
        .name = name,
        .value = kind::message,
        .form = shape::alternative,
        .message = schema_of<Alternative>,
        .open = [](void* object, std::string_view) -> void* {
            return &(static_cast<object_type*>(object)->*Member).template set<Alternative>();
        },
        .each =
            [](const void* object, visitor visit, void* context) {
                const auto& member = static_cast<const object_type*>(object)->*Member;
                if (const auto* held = member.template get_if<Alternative>()) visit(context, {}, held);
            },
        .clear = [](void* object) { (static_cast<object_type*>(object)->*Member).clear(); },
    };
}

} // namespace nakama::wire
