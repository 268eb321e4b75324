#include "emit.hpp"

namespace gen {
namespace {

/// `scope` is "satori::" where the tables stand in another namespace than the types.
void emit_names(const enumeration& enumeration, const std::string& scope, output& out) {
    out.line("template <>").open("std::span<const enum_name> names_of<" + scope + enumeration.cpp + ">() {");
    out.open("static constexpr std::array names{");
    for (const auto& value : enumeration.values)
        out.line("enum_name{\"" + value.name + "\", " + std::to_string(value.number) + "},");
    out.close("};").line("return names;").close().line();
}

void emit_table(const type& type, const std::string& scope, output& out) {
    const std::string name = snake_case(type.name.substr(type.name.rfind('.') + 1));
    out.line("template <>").open("const schema& schema_of<" + scope + type.cpp + ">() {");
    if (type.fields.empty()) {
        out.line("static constexpr schema layout{\"" + name + "\", {}};");
    } else {
        out.open("static constexpr std::array fields{");
        for (const field& each : type.fields)
            out.line((each.type_name == "bytes" ? "bytes_member<&" : "member<&") + scope + type.cpp +
                     "::" + identifier(each.name) + ">(\"" + each.name + "\"),");
        out.close("};").line("static constexpr schema layout{\"" + name + "\", fields};");
    }
    out.line("return layout;").close().line();
}

} // namespace

void emit_tables(const model& model, files& to) {
    const auto& api = model.about();
    const std::string scope = api.api == "nakama" ? "" : api.api + "::";
    for (const auto& group : api.groups) {
        output body;
        for (const auto& each : api.enumerations)
            if (each.group == group.name && each.handwritten.empty()) emit_names(each, scope, body);
        for (const auto* each : model.owning())
            if (each->group == group.name) emit_table(*each, scope, body);
        if (body.text().empty()) continue;

        output out;
        out.line(banner("How the codec reads and writes what include/" + header_of(model, group.name) +
                        " declares."));
        out.line("#include \"wire/schema.hpp\"").line();
        out.line("#include <" + header_of(model, group.name) + ">").line().line("#include <array>").line();
        out.line("namespace nakama::wire {").line();
        to["lib/" + api.api + "/api/tables/" + group.name + ".cpp"] =
            out.text() + body.text() + "} // namespace nakama::wire\n";
    }
}

} // namespace gen
