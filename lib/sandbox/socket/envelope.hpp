// Writes what goes to sockets.
#pragma once

#include "wire/json_writer.hpp"

#include <nakama/api/channels.hpp>
#include <nakama/api/matches.hpp>
#include <nakama/api/matchmaker.hpp>
#include <nakama/api/notifications.hpp>
#include <nakama/api/parties.hpp>
#include <nakama/api/server.hpp>
#include <nakama/api/status.hpp>

#include <map>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// {"cid":"...", and what follows; the caller closes the brace.
[[nodiscard]] std::string envelope_start(std::string_view cid);

/// {"cid":"...","kind":{...}}; without cid if that is empty.
template <class T>
[[nodiscard]] std::string envelope(std::string_view cid, std::string_view kind, const T& message) {
    std::string text = envelope_start(cid);
    wire::json_writer{text}.key(kind);
    wire::write_json(text, &message, wire::schema_of<T>());
    return text + '}';
}

/// An event: nobody asked for it.
template <class T>
[[nodiscard]] std::string event(std::string_view kind, const T& message) {
    return envelope({}, kind, message);
}

/// The acknowledgement of what has no answer of its own.
[[nodiscard]] inline std::string acknowledgement(std::string_view cid) {
    return envelope_start(cid) + '}';
}

[[nodiscard]] std::string error_envelope(std::string_view cid, int code, std::string message);

} // namespace nakama::sandbox
