#include "emit.hpp"

#include <algorithm>
#include <set>

namespace gen {

std::string banner(std::string_view about) {
    return std::string{generated_mark} + "\n// " + std::string{about};
}

std::string header_of(const model& model, std::string_view group) {
    return model.about().api + "/api/" + std::string{group} + ".hpp";
}

const std::string& doc_of(const model& model, std::string_view group) {
    return std::ranges::find(model.about().groups, group, &group::name)->doc;
}

namespace {

std::string range_of(const field& field) {
    const std::string unit = field.unit.empty() ? "" : ' ' + field.unit;
    if (field.min && field.max)
        return std::to_string(*field.min) + " to " + std::to_string(*field.max) + unit;
    if (field.min) return "at least " + std::to_string(*field.min) + unit;
    if (field.max) return "up to " + std::to_string(*field.max) + unit;
    return {};
}

std::string default_of(const field& field) {
    if (field.server_default.empty()) return {};
    std::string value = field.server_default;
    if (value.starts_with('"')) value = '`' + value.substr(1, value.size() - 2) + '`';
    return "the server's default is " + value;
}

} // namespace

std::string field_doc(const field& field, const std::string& numbers) {
    std::string result = numbers.empty() ? "" : '[' + numbers + "] ";
    result += field.doc;
    for (const auto& more : {range_of(field), default_of(field)})
        if (!more.empty()) result += "; " + more;
    if (field.required) result += "; required";
    return result;
}

namespace {

/// Whether one of its fields is made by us where it is empty.
bool has_made(const type& type) {
    return std::ranges::any_of(type.fields, &field::is_made);
}

/// The function that writes elements of a type.
std::string writer_of(const type& type) {
    return "write_" + type.cpp;
}

void emit_member(const member& member, const std::string& from, std::string_view to, output& out) {
    const field& field = *member.field;
    const std::string name = '"' + field.name + '"', value = from + member.name, writer{to};
    if (field.message && field.form == shape::list && has_made(*field.message))
        out.line(writer + ".list(" + name + ", " + value + ", [&](json_writer& to, const auto& each) { " +
                 writer_of(*field.message) + "(to, each, out); });");
    else if (field.message && field.form == shape::list)
        out.line(writer + ".list(" + name + ", " + value + ", " + writer_of(*field.message) + ");");
    else if (field.message && field.form == shape::plain)
        out.line(writer + ".object(" + name + ", " + value + ", " + writer_of(*field.message) + ");");
    else if (field.message)
        throw input_error{"a " + std::string{"request cannot hold "} + field.type_name +
                          " other than once or in a list"};
    else if (field.is_made)
        out.line(writer + ".member(" + name + ", " + value + ".empty() ? ids.unique_id() : std::string{" +
                 value + "});");
    else if (field.type_name == "bytes") out.line(writer + ".bytes_member(" + name + ", " + value + ");");
    else out.line(writer + ".member(" + name + ", " + value + ");");
}

} // namespace

void emit_members(const std::vector<member>& members, std::string_view from, std::string_view to, output& out,
                  std::size_t depth) {
    for (std::size_t i = 0; i < members.size();) {
        if (members[i].within.size() == depth) {
            emit_member(members[i], std::string{from} + '.', to, out);
            ++i;
            continue;
        }
        const field* outer = members[i].within[depth];
        std::vector<member> inner;
        for (; i < members.size() && members[i].within.size() > depth && members[i].within[depth] == outer;
             ++i)
            inner.push_back(members[i]);
        out.line(std::string{to} + ".key(\"" + outer->name + "\");");
        out.line(std::string{to} + ".begin_object();");
        emit_members(inner, from, to, out, depth + 1);
        out.line(std::string{to} + ".end_object();");
    }
}

void emit_request_support(const model& model, const std::vector<const request*>& of, output& out) {
    std::vector<const request*> wanted;
    const auto want = [&](const request& request, auto&& again) -> void {
        for (const member& each : request.members) {
            if (!each.field->message) continue;
            const auto* element = model.element_of(*each.field->message);
            again(*element, again);
            if (std::ranges::find(wanted, element) == wanted.end()) wanted.push_back(element);
        }
    };
    for (const auto* request : of) want(*request, want);

    // Not beside the types: compilers take long over it, for everybody who includes them.
    for (const auto& requests : {wanted, of})
        for (const auto* each : requests)
            out.line("static_assert(" + model.vocabulary() + "borrows<" + each->cpp + ">);");
    if (!of.empty()) out.line();
    if (wanted.empty()) return;
    out.line("namespace {").line();
    for (const auto* element : wanted) {
        out.open("void " + writer_of(*element->type) + "(json_writer& out, const " + element->cpp +
                 "& value" + (has_made(*element->type) ? ", const call::request& ids) {" : ") {"));
        out.line("out.begin_object();");
        emit_members(element->members, "value", "out", out);
        out.line("out.end_object();");
        out.close().line();
    }
    out.line("} // namespace").line();
}

} // namespace gen
