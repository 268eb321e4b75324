// Writes JSON text: requests field by field, whole messages by their schema.
#pragma once

#include "schema.hpp"

#include <nakama/list_view.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

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

    /// Starts a member; its value follows.
    void key(std::string_view name);

    void value(std::string_view text);
    void value(bool flag);
    void value(std::int32_t number);
    void value(std::int64_t number); ///< as text, the way 64-bit integers travel
    void value(double number);       ///< throws for what JSON cannot say: infinities and NaN
    void value(timestamp time);
    void bytes(std::string_view data); ///< as base64

    /// A member that is left out while it is zero.
    template <class T>
    void member(std::string_view name, T plain) {
        if (plain == T{}) return;
        key(name);
        value(plain);
    }
    /// A member that is left out while it is not set.
    template <class T>
    void member(std::string_view name, const std::optional<T>& wrapped) {
        if (!wrapped) return;
        key(name);
        value(*wrapped);
    }
    /// A map that is left out while it is empty.
    template <class T>
    void member(std::string_view name, list_view<entry<T>> map) {
        if (map.empty()) return;
        key(name);
        begin_object();
        for (const auto& [entry_key, entry_value] : map) {
            key(entry_key);
            value(entry_value);
        }
        end_object();
    }

private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void quote(std::string_view text);

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
