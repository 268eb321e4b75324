// Writes JSON text: requests field by field, whole messages by their schema.
#pragma once

#include "schema.hpp"

#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace nakama::wire {

/// Appends JSON to a text. Separators are its own business; pairing begin and end is the caller's.
/// Text that is not UTF-8 throws nakama::error with errc::invalid_argument and the field's name.
class json_writer {
public:
    explicit json_writer(std::string& out) : out_{out} {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_list() { open('['); }
    void end_list() { close(']'); }

    /// Starts a member; its value follows. `name` is one of ours, of ASCII letters.
    void key(std::string_view name);
    /// The same with a name that somebody else has chosen.
    void entry_key(std::string_view name);

    void value(std::string_view text);
    void value(bool flag);
    void value(std::int32_t number);
    void value(std::uint32_t number);
    void value(std::int64_t number); ///< as text, the way 64-bit integers travel
    void value(double number);       ///< throws for what JSON cannot say: infinities and NaN
    void value(timestamp time);
    void bytes(std::string_view data); ///< as base64

    /// A member that is left out while it is zero.
    template <class T>
    void member(std::string_view name, T plain) {
        if (plain == T{}) return;
        key(name);
        if constexpr (std::is_enum_v<T>) value(static_cast<std::int32_t>(plain));
        else value(plain);
    }
    void member(std::string_view name, const std::string& text) { member(name, std::string_view{text}); }
    /// A member that is left out while it is not set.
    template <class T>
    void member(std::string_view name, const std::optional<T>& wrapped) {
        if (!wrapped) return;
        key(name);
        if constexpr (std::is_enum_v<T>) value(static_cast<std::int32_t>(*wrapped));
        else value(*wrapped);
    }
    /// A map that is left out while it is empty.
    template <class T>
    void member(std::string_view name, list_view<entry<T>> map) {
        if (map.empty()) return;
        key(name);
        begin_object();
        for (const auto& [name_in_map, value_in_map] : map) {
            entry_key(name_in_map);
            value(value_in_map);
        }
        end_object();
    }

    /// Bytes that are left out while there are none.
    void bytes_member(std::string_view name, std::string_view data) {
        if (data.empty()) return;
        key(name);
        bytes(data);
    }
    /// A list that is left out while it is empty.
    void member(std::string_view name, text_list list) {
        if (list.empty()) return;
        key(name);
        begin_list();
        for (const auto text : list) value(text);
        end_list();
    }
    /// A list of messages, each written by `write(*this, message)`; left out while it is empty.
    template <class T, class Write>
    void list(std::string_view name, list_view<T> messages, Write write) {
        if (messages.empty()) return;
        key(name);
        begin_list();
        for (const T& message : messages) write(*this, message);
        end_list();
    }
    /// A message that is written by `write(*this, message)`, also where it is empty.
    template <class T, class Write>
    void object(std::string_view name, const T& message, Write write) {
        key(name);
        write(*this, message);
    }

private:
    void open(char bracket);
    template <class Integer>
    void append_integer(Integer number);
    void close(char bracket);
    void separate();
    void quote(std::string_view text);
    void escape(char c);

    std::string& out_;
    std::string_view name_; // of the member being written, for errors
};

/// Appends a message the way the server does: snake_case, zero values left out, wrapped values kept.
void write_json(std::string& out, const void* object, const schema& schema);

template <class T>
std::string to_json(const T& message) {
    std::string out;
    write_json(out, &message, schema_of<T>());
    return out;
}

} // namespace nakama::wire
