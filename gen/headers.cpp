#include "emit.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace gen {
namespace {

/// `declaration` with its documentation behind it, or above it where the line would be too long.
void documented(output& out, const std::string& declaration, const std::string& doc) {
    const std::string line = declaration + " ///< " + doc;
    if (line.size() <= out.room()) out.line(line);
    else out.comment("/// ", doc).line(declaration);
}

/// The server's name, where ours says less.
std::string servers_name(const std::string& cpp, const std::string& name) {
    return cpp == identifier(snake_case(name)) ? "" : " The server's `" + name + "`.";
}

void emit_enumeration(const enumeration& enumeration, output& out) {
    out.comment("/// ", enumeration.doc + servers_name(enumeration.cpp, enumeration.name) +
                            " Numbers that this version does not know are kept.");
    out.open("enum class " + enumeration.cpp + " : std::int32_t {");
    for (const auto& value : enumeration.values)
        documented(out, identifier(snake_case(value.name)) + " = " + std::to_string(value.number) + ',',
                   value.doc);
    out.close("};").line();
}

void emit_owning(const model& model, const type& type, output& out) {
    std::set<std::string> names;
    for (const field& each : type.fields) names.insert(identifier(each.name));
    out.comment("/// ", type.doc + servers_name(type.cpp, type.name));
    out.open("struct " + type.cpp + " {");
    for (const field& each : type.fields)
        documented(out, model.owning_type(each, names) + ' ' + identifier(each.name) + "{};",
                   field_doc(each, each.number ? std::to_string(*each.number) : ""));
    if (!type.fields.empty()) out.line();
    const std::string self = (names.contains(type.cpp) ? "struct " : "") + type.cpp;
    out.line("bool operator==(const " + self + "&) const = default;");
    out.close("};").line();
}

std::string initial_of(const field& field) {
    if (field.initial.empty()) return "{}";
    if (field.enumeration)
        return " = " + field.enumeration->cpp + "::" + identifier(snake_case(field.initial));
    return " = \"" + field.initial + '"';
}

/// Makes it from its members, of which those after the texts may be left out, or from the owning type that it
/// stands for.
void emit_constructors(const model& model, const request& request, output& out) {
    std::vector<std::string> parameters, takes, copies;
    bool optional = false;
    for (const member& each : request.members) {
        const auto type = model.borrowing_type(*each.field);
        optional = optional || type != "std::string_view";
        // Trailing underscores, since parameters would hide the members.
        parameters.push_back(type + ' ' + each.name + '_' + (optional ? " = {}" : ""));
        takes.push_back(each.name + '(' + each.name + "_)");
        copies.push_back(each.name + "(from." + each.name + ')');
    }
    out.line().line("constexpr " + request.cpp + "() = default;");
    out.call("constexpr " + request.cpp + '(', parameters, ") noexcept");
    out.indent().call(": ", takes, " {}").outdent();
    out.line(request.cpp + "(const " + request.type->cpp + "& from NAKAMA_BORROWS) noexcept");
    out.indent().call(": ", copies, " {}").outdent();
}

void emit_request(const model& model, const request& request, output& out) {
    std::set<std::string> names;
    for (const member& each : request.members) names.insert(each.name);
    out.comment("/// ",
                request.is_reference ? "Names a `" + request.type->cpp + "` in a request." : request.doc);
    out.open("struct " + request.cpp + " {");
    for (const member& each : request.members)
        documented(out,
                   model.borrowing_type(*each.field, names) + ' ' + each.name + initial_of(*each.field) + ';',
                   field_doc(*each.field, each.numbers()));
    if (request.is_reference) emit_constructors(model, request, out);
    out.close("};").line();
}

/// The includes that a text needs, by what it names.
void emit_includes(const model& model, std::string_view group, const std::string& body, output& out) {
    const auto uses = [&](std::string_view name) { return body.find(name) != std::string::npos; };
    std::vector<std::string> own;
    for (const auto& needed : model.needs(group)) own.push_back("<" + header_of(model, needed) + ">");
    if (uses("list_view<") || uses("text_list ") || uses("NAKAMA_BORROWS"))
        own.push_back("<nakama/list_view.hpp>");
    if (uses("timestamp ") || uses("timestamp>")) own.push_back("<nakama/timestamp.hpp>");
    std::ranges::sort(own);
    for (const auto& name : own) out.line("#include " + name);
    if (!own.empty()) out.line();

    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> standard{
        {{"int32_t|int64_t", "<cstdint>"},
         {"std::map<", "<map>"},
         {"std::optional<", "<optional>"},
         {"std::string ", "<string>"},
         {"std::string_view", "<string_view>"},
         {"std::vector<", "<vector>"}}};
    for (const auto& [names, header] : standard) {
        const auto bar = names.find('|');
        bool used =
            uses(names.substr(0, bar)) || (bar != std::string_view::npos && uses(names.substr(bar + 1)));
        if (header == "<cstdint>") used = used || uses("uint32_t");
        if (header == "<string>") used = used || uses("std::string>") || uses("std::string,");
        if (used) out.line("#include " + std::string{header});
    }
}

} // namespace

void emit_headers(const model& model, files& to) {
    const auto& api = model.about();
    for (const auto& group : api.groups) {
        output body;
        for (const auto& each : api.enumerations)
            if (each.group == group.name && each.handwritten.empty()) emit_enumeration(each, body);
        for (const auto* each : model.owning())
            if (each->group == group.name) emit_owning(model, *each, body);
        for (const auto& each : model.requests())
            if (each.group == group.name) emit_request(model, each, body);
        if (body.text().empty()) continue;

        output out;
        out.line(banner(group.doc)).line("#pragma once").line();
        emit_includes(model, group.name, body.text(), out);
        out.line().line("namespace " + api.api + " {").line();
        to["include/" + header_of(model, group.name)] =
            out.text() + body.text() + "} // namespace " + api.api + '\n';
    }
}

} // namespace gen
