#include "emit.hpp"

#include <algorithm>
#include <utility>

namespace gen {
namespace {

/// One C++ function of an operation: those that take either a session or a key are two.
struct function {
    const gen::operation* operation = nullptr;
    std::string name{};
    std::string credentials{}; ///< session, server_key, none

    bool updates_session() const { return operation->session == "updated"; }
    /// A session is passed for its credentials, or to be renewed.
    bool takes_session() const { return credentials == "session" || updates_session(); }
};

std::vector<function> functions_of(const operation& operation) {
    std::vector<function> result;
    for (const auto& way : operation.auth)
        result.push_back(
            {&operation, result.empty() ? operation.cpp : operation.cpp + "_without_session", way});
    return result;
}

std::string answer_of(const function& function) {
    if (function.updates_session() || (!function.operation->response && function.operation->session.empty()))
        return "void";
    return function.operation->session == "new" ? "session" : function.operation->response->cpp;
}

std::vector<std::string> parameters_of(const model& model, const function& function, bool defaults) {
    std::vector<std::string> result;
    if (function.takes_session())
        result.emplace_back(function.updates_session() ? "session session" : "const session& session");
    if (const auto* request = model.request_of(function.operation->cpp))
        result.push_back(
            "const " + request->cpp + "& request" +
            (defaults && !request->has_required() && function.operation->session != "new" ? " = {}" : ""));
    result.push_back(model.vocabulary() + "call_options options" + (defaults ? " = {}" : ""));
    return result;
}

std::string credentials_doc(const model& model, const std::string& credentials) {
    if (credentials == "session") return "Needs a session.";
    if (credentials == "server_key")
        return model.about().api == "satori" ? "Needs the API key." : "Needs the server key.";
    return "Needs no credentials.";
}

/// "`token` [1] and `refresh_token` [2] are the session's.": the request's fields that are no members.
std::string session_doc(const operation& operation) {
    std::vector<std::string> names;
    if (operation.request)
        for (const field& each : operation.request->fields)
            if (!each.source.empty())
                names.push_back('`' + each.name + '`' +
                                (each.number ? " [" + std::to_string(*each.number) + ']' : ""));
    if (names.empty()) return {};
    std::string result = ' ' + names.front();
    for (std::size_t i = 1; i < names.size(); ++i)
        result += (i + 1 == names.size() ? " and " : ", ") + names[i];
    return result + (names.size() == 1 ? " is" : " are") + " the session's.";
}

void declare(const model& model, const function& function, output& out) {
    const auto& operation = *function.operation;
    out.comment("/// ", operation.doc + session_doc(operation));
    std::string routes;
    for (const auto& route : operation.routes)
        routes += (routes.empty() ? "`" : " or `") + route.method + ' ' + route.path + '`';
    out.comment("/// ", routes + ". " + credentials_doc(model, function.credentials) +
                            (operation.idempotent ? " Idempotent." : " Not idempotent."));
    out.call("asio::awaitable<" + answer_of(function) + "> " + function.name + '(',
             parameters_of(model, function, true), ") const;");
    out.line();
}

/// The members that a route's path, body and query hold.
struct placement {
    std::vector<member> path{}, body{}, query{};
};

placement place(const request& request, const route& route) {
    placement result;
    for (const member& each : request.members) {
        const std::string& outermost = each.within.empty() ? each.field->name : each.within.front()->name;
        if (route.path.find('{' + each.field->name + '}') != std::string::npos) result.path.push_back(each);
        else if (route.body == "*" || route.body == outermost) result.body.push_back(each);
        else result.query.push_back(each);
    }
    return result;
}

/// The path up to the next parameter, that parameter, and so on: {"/v2/group", "group_id", "/add"}.
std::vector<std::string> pieces_of(std::string_view path) {
    std::vector<std::string> result;
    for (;;) {
        const auto brace = path.find("/{");
        result.emplace_back(path.substr(0, brace));
        if (brace == std::string_view::npos) return result;
        const auto end = path.find('}', brace);
        result.emplace_back(path.substr(brace + 2, end - brace - 2));
        path.remove_prefix(end + 1);
        if (path.empty()) return result;
    }
}

/// The route to which all others of its method add one parameter at the end, and that parameter.
std::pair<const route*, std::string> main_route(const operation& operation) {
    const route* main = &operation.routes.front();
    std::string more;
    for (const auto& route : operation.routes) {
        if (route.method != main->method || route.path == main->path) continue;
        if (!route.path.starts_with(main->path + "/{") || pieces_of(route.path).size() != 4)
            throw input_error{operation.name + ": do not know when to take " + route.path};
        more = pieces_of(route.path).back();
    }
    return {main, more};
}

void emit_target(const operation& operation, const request* request, output& out) {
    const auto [route, more] = main_route(operation);
    const auto pieces = pieces_of(route->path);
    std::vector<member> query = request ? place(*request, *route).query : std::vector<member>{};
    if (!more.empty()) std::erase_if(query, [&](const member& m) { return m.field->name == more; });

    if (pieces.size() == 1 && query.empty() && more.empty()) {
        out.line("out.target = \"" + route->path + "\";");
        return;
    }
    out.line("target to{\"" + pieces.front() + "\"};");
    for (std::size_t i = 1; i < pieces.size(); ++i) {
        if (i % 2 == 0) out.line("to.path(\"" + pieces[i] + "\");");
        else out.line("to.segment(\"" + pieces[i] + "\", request." + identifier(pieces[i]) + ");");
    }
    if (!more.empty())
        out.line("if (!request." + identifier(more) + ".empty()) to.segment(\"" + more + "\", request." +
                 identifier(more) + ");");
    for (const member& each : query)
        out.line("to.query(\"" + each.path() + "\", request." + each.name + ");");
    out.line("out.target = to.take();");
}

void emit_body(const operation& operation, const request* request, output& out) {
    const route& route = *main_route(operation).first;
    if (route.body.empty()) return;
    std::vector<member> members = request ? place(*request, route).body : std::vector<member>{};
    if (route.body != "*") // the body is that field itself
        for (member& each : members)
            if (!each.within.empty()) each.within.erase(each.within.begin());
    out.line("json_writer body{out.body};").line("body.begin_object();");
    for (const field& each : operation.request->fields)
        if (!each.source.empty())
            out.line("body.member(\"" + each.name + "\", std::string_view{session." +
                     each.source.substr(each.source.find('.') + 1) + "()});");
    emit_members(members, "request", "body", out);
    out.line("body.end_object();");
}

void define(const model& model, const function& function, output& out) {
    const auto& operation = *function.operation;
    const auto* request = model.request_of(operation.cpp);
    const std::string tokens = operation.response ? operation.response->cpp : "call::nothing";
    const bool own_session = function.credentials == "session";

    out.call("asio::awaitable<" + answer_of(function) + "> operations::" + function.name + '(',
             parameters_of(model, function, false), ") const {");
    out.indent();
    out.line("static constexpr operation row{\"" + function.name + "\", \"" +
             main_route(operation).first->method + "\", credentials::" + function.credentials + ", " +
             (operation.idempotent ? "true" : "false") + "};");
    const bool empty = !request && main_route(operation).first->body.empty();
    out.open("auto answer = call::start<" + tokens + ">(pipeline_, row, " + (own_session ? "session, " : "") +
             "options, [&](call::request& out) {");
    if (function.updates_session() && !own_session) out.line("call::require_refresh_token(session);");
    if (empty) out.line("out.target = \"" + operation.routes.front().path + "\";");
    else {
        emit_target(operation, request, out);
        emit_body(operation, request, out);
    }
    out.close("});");
    if (function.updates_session())
        out.line("return call::renewed(pipeline_, row, std::move(session), std::move(answer));");
    else if (operation.session == "new")
        out.line("return call::signed_in<session>(pipeline_, row, std::move(answer));");
    else if (!operation.response) out.line("return call::done(std::move(answer));");
    else out.line("return answer;");
    out.close().line();
}

void emit_class(const model& model, files& to) {
    const auto& api = model.about();
    output out;
    out.line(banner("The server's operations over HTTP.")).line("#pragma once").line();
    std::vector<std::string> includes{"<nakama/call_options.hpp>", '<' + api.api + "/session.hpp>"};
    for (const auto& group : api.groups)
        if (!model.operations_of(group.name).empty()) {
            const auto header = header_of(model, group.name);
            const bool declared =
                std::ranges::any_of(model.owning(), [&](auto* t) { return t->group == group.name; }) ||
                std::ranges::any_of(model.requests(), [&](auto& r) { return r.group == group.name; });
            if (declared) includes.push_back('<' + header + '>');
        }
    std::ranges::sort(includes);
    for (const auto& each : includes) out.line("#include " + each);
    out.line().line("#include <boost/asio/awaitable.hpp>").line().line("#include <memory>").line();
    if (api.api != "nakama")
        out.line("namespace nakama::call {")
            .line("class pipeline;")
            .line("} // namespace nakama::call")
            .line();
    out.line("namespace " + api.api + " {").line().line("namespace asio = boost::asio;").line();
    if (api.api == "nakama")
        out.line("namespace call {").line("class pipeline;").line("} // namespace call").line();
    for (const char* line :
         {"Every operation encodes its request before it returns, so what the request refers to may end "
          "then; the "
          "request is sent when the awaitable is awaited. Each throws nakama::error and can be awaited once. "
          "Cancelling one aborts its I/O and its waits, and it throws errc::cancelled; a deadline does the "
          "same with "
          "errc::timed_out. Idempotent ones may be repeated by the retry policy after their bytes have left.",
          "Numbers in brackets at members of requests and answers are those of the server's protobuf "
          "fields."})
        out.comment("/// ", line);
    out.open("class NAKAMA_API operations {").outdent().line("public:").indent();
    for (const auto& group : api.groups) {
        const auto operations = model.operations_of(group.name);
        if (operations.empty()) continue;
        out.comment("// ", group.doc).line();
        for (const auto* each : operations)
            for (const auto& function : functions_of(*each)) declare(model, function, out);
    }
    const std::string pipeline = (api.api == "nakama" ? "" : "nakama::") + std::string{"call::pipeline"};
    out.outdent().line("protected:").indent();
    out.line("explicit operations(std::shared_ptr<" + pipeline + "> pipeline) noexcept;");
    out.line("~operations();");
    out.line("operations(operations&&) noexcept;");
    out.line("operations& operator=(operations&&) noexcept;").line();
    out.line("std::shared_ptr<" + pipeline + "> pipeline_;");
    out.close("};").line().line("} // namespace " + api.api);
    to["include/" + api.api + "/api/operations.hpp"] = out.text();
}

} // namespace

void emit_operations(const model& model, files& to) {
    emit_class(model, to);
    const auto& api = model.about();
    for (const auto& group : api.groups) {
        const auto operations = model.operations_of(group.name);
        if (operations.empty()) continue;
        std::vector<const request*> requests;
        output body;
        for (const auto* each : operations)
            if (const auto* request = model.request_of(each->cpp)) requests.push_back(request);
        emit_request_support(model, requests, body);
        for (const auto* each : operations)
            for (const auto& function : functions_of(*each)) define(model, function, body);

        const auto uses = [&](std::string_view name) { return body.text().find(name) != std::string::npos; };
        output out;
        out.line(banner("How the operations of include/" + header_of(model, group.name) + " are called."));
        out.line("#include \"call/start.hpp\"");
        if (uses("json_writer")) out.line("#include \"wire/json_writer.hpp\"");
        if (uses("target to")) out.line("#include \"wire/percent.hpp\"");
        out.line().line("#include <" + api.api + "/api/operations.hpp>").line();
        out.line("namespace " + api.api + " {").line();
        const std::string scope = api.api == "nakama" ? "" : "nakama::";
        if (!scope.empty()) out.line("namespace call = nakama::call;").line();
        out.line("using " + scope + "call::credentials;").line("using " + scope + "call::operation;");
        if (uses("json_writer")) out.line("using " + scope + "wire::json_writer;");
        if (uses("target to")) out.line("using " + scope + "wire::target;");
        out.line();
        to["lib/" + api.api + "/api/operations/" + group.name + ".cpp"] =
            out.text() + body.text() + "} // namespace " + api.api + '\n';
    }
}

} // namespace gen
