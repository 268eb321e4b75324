#include "emit.hpp"

#include <algorithm>
#include <set>

namespace gen {
namespace {

void emit_readers(const model& model, output& out) {
    const std::string scope = model.about().api + "::";
    for (const auto& each : model.requests()) {
        if (model.element_of(*each.type) != &each) continue;
        out.line("template <>");
        out.open("void read_element(parameters& in, " + scope + each.cpp + "& value) {");
        for (const member& m : each.members) out.line("in.read(\"" + m.path() + "\", value." + m.name + ");");
        out.close().line();
    }
}

void emit_reads(const std::string& api, const request* request, output& out) {
    if (!request) return;
    out.line(api + "::" + request->cpp + " request{};");
    for (const member& m : request->members) {
        // What has a default of ours starts from nothing, as the recording does.
        if (!m.field->initial.empty()) out.line("request." + m.name + " = {};");
        const bool always = m.field->message && m.field->form == shape::plain;
        const std::string reading = always                          ? "read_message"
                                    : m.field->type_name == "bytes" ? "read_bytes"
                                                                    : "read";
        out.line("in." + reading + "(\"" + m.path() + "\", request." + m.name + ");");
    }
}

void emit_call(const model& model, const operation& operation, std::size_t way, output& out) {
    const auto* request = model.request_of(operation.cpp);
    const bool session = operation.auth[way] == "session" || operation.session == "updated";
    const std::string name = way == 0 ? operation.cpp : operation.cpp + "_without_session";
    out.open("{\"" + operation.name + "\", \"" + operation.auth[way] +
             "\", [](caller& from, parameters& in) {");
    emit_reads(model.about().api, request, out);
    if (!request) out.line("(void)in;");
    if (operation.request)
        for (const field& each : operation.request->fields)
            if (!each.source.empty()) {
                out.line("in.read_token(\"" + each.name + "\", from." +
                         each.source.substr(each.source.find('.') + 1) + ");");
            }
    std::vector<std::string> arguments;
    if (session) arguments.emplace_back("from.session()");
    if (request) arguments.emplace_back("request");
    std::string list;
    for (const auto& argument : arguments) list += (list.empty() ? "" : ", ") + argument;
    out.line("return from.outcome(from.client." + name + '(' + list + "));");
    out.close("}},");
}

void emit_calls(const model& model, output& out) {
    out.line("template <>").open("const std::vector<recorded_call<caller>>& recorded_calls<caller>() {");
    out.open("static const std::vector<recorded_call<caller>> calls{");
    for (const auto& each : model.about().operations) {
        if (!each.handwritten.empty()) continue;
        for (std::size_t way = 0; way < each.auth.size(); ++way) emit_call(model, each, way, out);
    }
    out.close("};").line("return calls;").close().line();
}

void emit_messages(const model& model, output& out) {
    out.open("const std::vector<recorded_message>& recorded_messages() {");
    out.open("static const std::vector<recorded_message> messages{");
    for (const auto& each : model.about().messages) {
        if (!each.sent()) continue;
        const auto* request = model.request_of(each.name);
        out.open("{\"" + each.name + "\", [](const socket& to, parameters& in) {");
        emit_reads(model.about().api, request, out);
        if (!request) out.line("(void)in;");
        out.line("return sending(to." + each.name + (request ? "(request));" : "());"));
        out.close("}},");
    }
    out.close("};").line("return messages;").close().line();
}

/// All that owns, by the server's name, for a test that nothing of the description is left out.
void emit_schemas(const model& model, output& out) {
    const auto& api = model.about();
    const std::string scope = api.api + "::";
    out.open("const std::map<std::string, const wire::schema*>& " + api.api + "_schemas() {");
    out.open("static const std::map<std::string, const wire::schema*> schemas{");
    for (const auto* each : model.owning())
        out.line("{\"" + each->cpp + "\", &wire::schema_of<" + scope + each->cpp + ">()},");
    out.close("};").line("return schemas;").close().line();
    out.open("const std::map<std::string, std::span<const wire::enum_name>>& " + api.api +
             "_enumerations() {");
    out.open("static const std::map<std::string, std::span<const wire::enum_name>> enumerations{");
    for (const auto& each : api.enumerations)
        if (each.handwritten.empty())
            out.line("{\"" + each.name + "\", wire::names_of<" + scope + each.cpp + ">()},");
    out.close("};").line("return enumerations;").close().line();
}

void emit_rereads(const model& model, output& out) {
    const auto& api = model.about();
    out.open("const std::map<std::string, reread>& " + api.api + "_answers() {");
    out.open("static const std::map<std::string, reread> answers{");
    for (const auto& each : api.operations)
        out.line("{\"" + each.name + "\", read_and_write<" +
                 (each.response ? api.api + "::" + each.response->cpp : std::string{"call::nothing"}) +
                 ">},");
    out.close("};").line("return answers;").close().line();
}

} // namespace

void emit_replays(const model& model, files& to) {
    const auto& api = model.about();
    output out;
    out.line(banner("Calls of every operation with recorded parameters, for the contract tests."));
    out.line("#include \"contract/" + api.api + "_caller.hpp\"").line();
    out.line("namespace nakama::test {").line();
    out.line("using caller = " + api.api + "_caller;").line();
    emit_readers(model, out);
    emit_calls(model, out);
    if (!api.messages.empty()) emit_messages(model, out);
    emit_rereads(model, out);
    emit_schemas(model, out);
    out.line("} // namespace nakama::test");
    to["test/contract/api/" + api.api + ".cpp"] = out.text();
}

} // namespace gen
