// What a recording asks for, handed to a request's aggregate member by member.
#pragma once

#include "wire/base64.hpp"
#include "wire/rfc3339.hpp"

#include <nakama/list_view.hpp>
#include <nakama/timestamp.hpp>

#include <boost/json/value.hpp>

#include <charconv>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace nakama::test {

/// Why our API cannot make a recorded request: it is malformed, or spelled in a way that we never choose.
class inexpressible : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

class parameters;

/// Reads an element of a list, or a message within a request; specialised for each such type.
template <class T>
void read_element(parameters& in, T& value);

/// Refuses whatever our encoder would write otherwise than it is recorded. Views go into the JSON value,
/// which must outlive the request.
class parameters {
public:
    explicit parameters(const boost::json::object& values) : values_{values} {}

    template <class T>
    void read(const std::string& path, T& to) {
        if (const auto* value = find(path)) take(path, *value, to);
    }

    /// A message that requests always hold.
    template <class T>
    void read_message(const std::string& path, T& to) {
        const auto* value = find(path);
        if (!value) throw inexpressible{path + " is left out"};
        message(path, *value, to);
    }

    void read_bytes(const std::string& path, std::string_view& to) {
        const auto* value = find(path);
        if (!value) return;
        const auto text = text_of(path, *value);
        const auto bytes = wire::decode_base64(text);
        std::string again;
        if (bytes) wire::append_base64(again, *bytes);
        if (!bytes || again != text) throw inexpressible{path + " is not padded standard base64"};
        if (bytes->empty()) throw inexpressible{path + " is empty and yet there"};
        to = keep(*bytes);
    }

    void read_token(const std::string& path, std::string& to) {
        std::string_view text;
        read(path, text);
        if (text.empty()) throw inexpressible{path + " is left out, which a session does not do"};
        to = text;
    }

    /// The names of what has been asked for.
    const std::set<std::string>& asked() const { return used_; }

    /// Throws inexpressible if there is something that no member has asked for.
    void require_all_used() const { require_all_used(values_, ""); }

private:
    using json_value = boost::json::value;

    const json_value* find(const std::string& path) {
        used_.insert(path);
        const boost::json::object* at = &values_;
        std::string_view rest = path;
        for (;;) {
            const auto dot = rest.find('.');
            const auto* found = at->if_contains(rest.substr(0, dot));
            if (!found) return nullptr;
            if (found->is_null()) throw inexpressible{path + " is null"};
            if (dot == std::string_view::npos) return found;
            if (!found->is_object()) throw inexpressible{path + " is not within an object"};
            at = &found->get_object();
            rest.remove_prefix(dot + 1);
        }
    }

    template <class T>
    T& keep(T kept) {
        auto owner = std::make_shared<T>(std::move(kept));
        kept_.push_back(owner);
        return *owner;
    }

    static std::string_view text_of(const std::string& path, const json_value& from) {
        if (!from.is_string()) throw inexpressible{path + " is not text"};
        return {from.get_string().data(), from.get_string().size()};
    }

    template <class Integer>
    static Integer integer_of(const std::string& path, const json_value& from) {
        if (!from.is_int64() || from.get_int64() < std::numeric_limits<Integer>::min() ||
            from.get_int64() > std::numeric_limits<Integer>::max())
            throw inexpressible{path + " is not an integer of its size"};
        return static_cast<Integer>(from.get_int64());
    }

    template <class T>
    static void scalar(const std::string& path, const json_value& from, T& to) {
        if constexpr (std::is_same_v<T, std::string_view>) {
            to = text_of(path, from);
        } else if constexpr (std::is_same_v<T, bool>) {
            if (!from.is_bool()) throw inexpressible{path + " is not a boolean"};
            to = from.get_bool();
        } else if constexpr (std::is_same_v<T, std::int64_t>) {
            if (from.is_int64()) {
                to = from.get_int64();
                return;
            }
            const auto text = text_of(path, from);
            const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), to);
            if (failed != std::errc{} || std::to_string(to) != text)
                throw inexpressible{path + " is not an integer in plain digits"};
        } else if constexpr (std::is_same_v<T, timestamp>) {
            const auto text = text_of(path, from);
            const auto time = wire::parse_rfc3339(text);
            std::string again;
            if (time) wire::append_rfc3339(again, *time);
            if (!time || again != text) throw inexpressible{path + " is not a time as we write it"};
            to = *time;
        } else if constexpr (std::is_enum_v<T>) {
            to = static_cast<T>(integer_of<std::int32_t>(path, from));
        } else {
            to = integer_of<T>(path, from);
        }
    }

    template <class T>
    void take(const std::string& path, const json_value& from, T& to) {
        if constexpr (requires { scalar(path, from, to); } && !std::is_class_v<T>) {
            scalar(path, from, to);
            if (to == T{}) throw inexpressible{path + " is zero and yet there"};
        } else if constexpr (std::is_same_v<T, std::string_view> || std::is_same_v<T, timestamp>) {
            scalar(path, from, to);
            if (to == T{}) throw inexpressible{path + " is empty and yet there"};
        } else {
            message(path, from, to);
        }
    }

    template <class T>
    void take(const std::string& path, const json_value& from, std::optional<T>& to) {
        scalar(path, from, to.emplace());
    }

    void take(const std::string& path, const json_value& from, text_list& to) {
        std::vector<std::string> texts;
        for (const auto& each : list_of(path, from)) texts.emplace_back(text_of(path, each));
        to = keep(std::move(texts));
    }

    void take(const std::string& path, const json_value& from, list_view<string_entry>& to) {
        std::vector<string_entry> entries;
        for (const auto& each : map_of(path, from))
            entries.push_back({each.key(), text_of(path, each.value())});
        to = keep(std::move(entries));
    }

    void take(const std::string& path, const json_value& from, list_view<number_entry>& to) {
        std::vector<number_entry> entries;
        for (const auto& each : map_of(path, from)) {
            if (!each.value().is_number()) throw inexpressible{path + " holds what is no number"};
            entries.push_back({each.key(), each.value().to_number<double>()});
        }
        to = keep(std::move(entries));
    }

    template <class T>
    void take(const std::string& path, const json_value& from, list_view<T>& to) {
        std::vector<T> messages;
        for (const auto& each : list_of(path, from)) message(path, each, messages.emplace_back());
        to = keep(std::move(messages));
    }

    template <class T>
    void message(const std::string& path, const json_value& from, T& to) {
        if (!from.is_object()) throw inexpressible{path + " is not an object"};
        auto inner = std::make_shared<parameters>(from.get_object());
        kept_.push_back(inner);
        read_element(*inner, to);
        inner->require_all_used();
    }

    static const boost::json::array& list_of(const std::string& path, const json_value& from) {
        if (!from.is_array()) throw inexpressible{path + " is not a list"};
        if (from.get_array().empty()) throw inexpressible{path + " is empty and yet there"};
        return from.get_array();
    }
    static const boost::json::object& map_of(const std::string& path, const json_value& from) {
        if (!from.is_object()) throw inexpressible{path + " is not a map"};
        if (from.get_object().empty()) throw inexpressible{path + " is empty and yet there"};
        return from.get_object();
    }

    void require_all_used(const boost::json::object& values, const std::string& before) const {
        for (const auto& each : values) {
            const auto path = before + std::string{each.key()};
            if (used_.contains(path)) continue;
            const auto inner = used_.lower_bound(path + '.');
            if (inner == used_.end() || !inner->starts_with(path + '.') || !each.value().is_object())
                throw inexpressible{path + " is no parameter of it"};
            require_all_used(each.value().get_object(), path + '.');
        }
    }

    const boost::json::object& values_;
    std::set<std::string> used_;
    std::vector<std::shared_ptr<void>> kept_;
};

} // namespace nakama::test
