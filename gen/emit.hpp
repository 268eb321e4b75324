// From a model to the text of files.
#pragma once

#include "model.hpp"
#include "output.hpp"

#include <map>
#include <string>

namespace gen {

/// Files by their path from the repository's root.
using files = std::map<std::string, std::string>;

void emit_headers(const model& model, files& to);    ///< enumerations, types and requests, a header a group
void emit_tables(const model& model, files& to);     ///< by which the codec reads and writes what owns
void emit_operations(const model& model, files& to); ///< one function an operation over HTTP
void emit_realtime(const model& model, files& to);   ///< the socket's requests, events and envelope
void emit_catalogue(const model& model, files& to);  ///< for the sandbox: what there is, by name
void emit_replays(const model& model, files& to);    ///< for tests: makes any call from recorded parameters

// What the parts above share.

inline constexpr std::string_view generated_mark =
    "// Generated from gen/api by nakama-gen; not to be edited.";

/// The first lines of a generated file.
std::string banner(std::string_view about);
/// "channels.hpp of nakama" as an include's path.
std::string header_of(const model& model, std::string_view group);
/// What a field's documentation says, with number, range and default.
std::string field_doc(const field& field, const std::string& numbers);
/// A group's documentation.
const std::string& doc_of(const model& model, std::string_view group);

/// Checks that requests own nothing, and the functions that write their elements:
/// `void write_event(json_writer& out, const event_ref& value)`.
void emit_request_support(const model& model, const std::vector<const request*>& of, output& out);
/// Statements that write members of `from` with the writer `to`; those of inline messages as objects.
void emit_members(const std::vector<member>& members, std::string_view from, std::string_view to, output& out,
                  std::size_t depth = 0);

} // namespace gen
