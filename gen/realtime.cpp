#include "emit.hpp"

#include <algorithm>
#include <set>

namespace gen {
namespace {

std::vector<const message*> events_of(const model& model) {
    auto result = model.received();
    std::erase_if(result, [](const message* m) { return !m->event; });
    return result;
}

/// What a socket tells of itself, beside the server's events.
struct own_event {
    const char* type;
    const char* listener;
    const char* doc;
};
constexpr own_event own_events[] = {
    {"socket_state", "on_state", "The socket is being connected, is open, was lost, is back, or has ended."},
    {"resume_report", "on_resumed", "The socket is back after it was lost: what it has again, and what not."},
    {"unknown_message", "on_unknown", "A message of a kind that this version does not know."},
};

/// The type of a message's answer: "void" where it is empty or there is none.
std::string answer_of(const model& model, const message& asked) {
    for (const auto* answer : model.received())
        if (answer->name == asked.answer && !answer->type->fields.empty()) return answer->type->cpp;
    return "void";
}

/// Members of the class hide types of the same name.
std::string qualified(const model& model, const std::string& type) {
    const auto hides = [&](const message& m) { return m.sent() && m.name == type; };
    return std::ranges::any_of(model.about().messages, hides) ? "nakama::" + type : type;
}

std::vector<std::string> parameters_of(const model& model, const message& message, bool defaults) {
    std::vector<std::string> result;
    if (const auto* request = model.request_of(message.name))
        result.push_back("const " + request->cpp + "& request" +
                         (defaults && !request->has_required() ? " = {}" : ""));
    result.emplace_back(defaults ? "call_options options = {}" : "call_options options");
    return result;
}

/// "[3] Joins a chat channel. Answered by `channel` [2].", with where the envelope has the two.
std::string doc_of(const model& model, const message& message) {
    std::string result = '[' + std::to_string(message.number) + "] " + message.doc;
    if (!message.sent()) return result;
    if (message.answer == "none")
        result += " Completes when it is queued for sending; waits while the queue is full.";
    for (const auto* answer : model.received())
        if (answer->name == message.answer)
            result += " Answered by `" + answer->name + "` [" + std::to_string(answer->number) + "].";
    return result;
}

std::string listener_of(const model& model, const message& event) {
    return "on_" + event.name + "(std::function<void(const " + qualified(model, event.type->cpp) +
           "&)> call) const";
}

std::string listener_of(const own_event& event) {
    return std::string{event.listener} + "(std::function<void(const " + event.type + "&)> call) const";
}

std::vector<std::string> types_of(const std::vector<const message*>& messages) {
    std::vector<std::string> result;
    for (const auto* each : messages) result.push_back(each->type->cpp);
    return result;
}

/// All that can be listened to.
std::vector<std::string> heard_types(const model& model) {
    auto result = types_of(events_of(model));
    for (const auto& own : own_events) result.emplace_back(own.type);
    return result;
}

void emit_class(const model& model, files& to) {
    const auto& api = model.about();
    const auto events = events_of(model);
    output out;
    out.line(banner("The requests and events of the realtime socket.")).line("#pragma once").line();
    std::set<std::string> headers;
    for (const auto& message : api.messages) {
        headers.insert(header_of(model, message.group));
        headers.insert(header_of(model, message.type->group));
    }
    for (const char* other : {"nakama/call_options.hpp", "nakama/event_stream.hpp", "nakama/listener.hpp",
                              "nakama/socket_events.hpp"})
        headers.insert(other);
    for (const auto& header : headers) out.line("#include <" + header + '>');
    out.line().line("#include <boost/asio/awaitable.hpp>").line();
    out.line("#include <functional>").line("#include <memory>").line();
    out.line("namespace nakama {").line().line("namespace asio = boost::asio;").line();
    out.line("namespace realtime {").line("class connection;").line();
    out.line("/// What the server tells unasked.");
    out.call("using server_events = event_list<", types_of(events), ">;");
    out.line("/// The same, and what the socket tells of itself.");
    out.call("using events = event_list<", heard_types(model), ">;");
    out.line("} // namespace realtime").line();
    out.line("/// The events that a socket can be listened to for.");
    out.line("template <class T>").line("concept realtime_event = realtime::events::has<T>;").line();
    out.comment("/// ",
                "Every request encodes its message before it returns, so what it refers to may end then; the "
                "message is sent when the awaitable is awaited. Each throws nakama::error: a realtime_code "
                "if the server refuses, errc::closed if the socket is not connected or ends meanwhile, "
                "errc::timed_out, errc::cancelled. Numbers in brackets are those of the envelope's fields, "
                "whose `cid` [1] joins answers to requests.");
    out.line("///");
    out.comment("/// ",
                "Listeners are called on the socket's executor, in the order they were added, before streams "
                "get the event. What one throws leaves io_context::run, as from any handler of Asio; the "
                "socket goes on. An answer goes to its caller alone, never to listeners and streams.");
    out.open("class NAKAMA_API realtime_operations {").outdent().line("public:").indent();
    for (const auto& group : api.groups) {
        const auto sent = model.sent_of(group.name);
        if (sent.empty()) continue;
        out.comment("// ", group.doc).line();
        for (const auto* each : sent) {
            out.comment("/// ", doc_of(model, *each));
            out.call("asio::awaitable<" + qualified(model, answer_of(model, *each)) + "> " + each->name + '(',
                     parameters_of(model, *each, true), ") const;");
            out.line();
        }
    }
    out.line("// What the server tells.").line();
    for (const auto* each : events) {
        out.comment("/// ", doc_of(model, *each));
        out.line("listener " + listener_of(model, *each) + ';');
    }
    out.line().line("// What the socket tells of itself.").line();
    for (const auto& own : own_events) {
        out.comment("/// ", own.doc);
        out.line("listener " + listener_of(own) + ';');
    }
    out.line().comment(
        "/// ",
        "A stream of events of one type, `stream<match_data>()`, which keeps what comes from now on.");
    out.line("template <realtime_event Event>");
    out.open("event_stream<Event> stream(stream_options options = {}) const {");
    out.line("return open_stream<Event>(options);").close().line();
    out.outdent().line("protected:").indent();
    out.line("explicit realtime_operations(std::shared_ptr<realtime::connection> connection) noexcept;");
    out.line("~realtime_operations();");
    out.line("realtime_operations(realtime_operations&&) noexcept;");
    out.line("realtime_operations& operator=(realtime_operations&&) noexcept;").line();
    out.line("/// Throws nakama::error with errc::invalid_argument if the socket has been moved from.");
    out.line("realtime::connection& connected() const;").line();
    out.line("std::shared_ptr<realtime::connection> connection_;").line();
    out.outdent().line("private:").indent();
    out.line("// Without the constraint, since compilers disagree on how that shows in a symbol's name.");
    out.line("template <class Event>").line("event_stream<Event> open_stream(stream_options options) const;");
    out.close("};").line().line("} // namespace nakama");
    to["include/nakama/api/realtime_operations.hpp"] = out.text();
}

void define(const model& model, const message& message, output& out) {
    const auto* request = model.request_of(message.name);
    const std::string answer = answer_of(model, message);
    out.call("asio::awaitable<" + answer + "> realtime_operations::" + message.name + '(',
             parameters_of(model, message, false), ") const {");
    out.indent();
    const std::string before = "auto message = encode(connection_, \"" + message.name + "\", " +
                               (message.answer == "none" ? "false" : "true") + ", options, ";
    if (request) {
        out.open(before + "[&](json_writer& out) {");
        std::vector<std::string> exclusive;
        for (const member& each : request->members)
            if (!each.field->oneof.empty())
                exclusive.push_back("{\"" + each.field->name + "\", request." + each.name + "}");
        if (!exclusive.empty()) out.call("require_one_at_most({", exclusive, "});");
        emit_members(request->members, "request", "out", out);
        out.close("});");
    } else {
        out.line(before + "[](json_writer&) {});");
    }
    if (message.answer == "none") out.line("return tell(connection_, std::move(message));");
    else out.line("return ask<" + qualified(model, answer) + ">(connection_, std::move(message));");
    out.close().line();
}

void emit_requests(const model& model, files& to) {
    for (const auto& group : model.about().groups) {
        const auto sent = model.sent_of(group.name);
        if (sent.empty()) continue;
        output out;
        out.line(banner("How messages of include/" + header_of(model, group.name) + " are sent."));
        out.line("#include \"realtime/ask.hpp\"").line();
        out.line("#include <nakama/api/realtime_operations.hpp>").line();
        out.line("namespace nakama {").line();
        for (const char* name : {"realtime::ask", "realtime::encode", "realtime::require_one_at_most",
                                 "realtime::tell", "wire::json_writer"})
            out.line("using " + std::string{name} + ';');
        out.line();
        std::vector<const request*> requests;
        for (const auto* each : sent)
            if (const auto* request = model.request_of(each->name)) requests.push_back(request);
        emit_request_support(model, requests, out);
        for (const auto* each : sent) define(model, *each, out);
        out.line("} // namespace nakama");
        to["lib/nakama/api/realtime/" + group.name + ".cpp"] = out.text();
    }
}

void emit_events(const model& model, files& to) {
    output out;
    out.line(banner("How events reach listeners and streams."));
    out.line("#include \"realtime/connection.hpp\"").line("#include \"realtime/event_stream.hpp\"").line();
    out.line("#include <nakama/api/realtime_operations.hpp>").line();
    out.line("namespace nakama {").line();
    for (const auto* each : events_of(model)) {
        out.line("listener realtime_operations::" + listener_of(model, *each) + " {");
        out.indent().line("return connected().events->listen(std::move(call));").close();
    }
    for (const auto& own : own_events) {
        out.line("listener realtime_operations::" + listener_of(own) + " {");
        out.indent().line("return connected().events->listen(std::move(call));").close();
    }
    out.line().line("template <class Event>");
    out.open("event_stream<Event> realtime_operations::open_stream(stream_options options) const {");
    out.line("return connected().events->open<Event>(options, connected().has_ended());").close().line();
    for (const auto& type : heard_types(model))
        out.line("template class NAKAMA_API event_stream<" + type + ">;");
    out.line();
    for (const auto& type : heard_types(model))
        out.call("template NAKAMA_API event_stream<" + type + "> ",
                 {"realtime_operations::open_stream(stream_options) const"}, ";");
    out.line().line("} // namespace nakama");
    to["lib/nakama/api/realtime/events.cpp"] = out.text();
}

void emit_envelope(const model& model, files& to) {
    const auto received = model.received();
    output header;
    header.line(banner("What every message of the socket travels in."));
    header.line("// clang-format off").line("#pragma once").line();
    header.line("#include \"wire/schema.hpp\"").line();
    std::set<std::string> headers;
    for (const auto* each : received) headers.insert(header_of(model, each->type->group));
    for (const auto& name : headers) header.line("#include <" + name + '>');
    header.line().line("#include <string>").line();
    header.line("namespace nakama::realtime {").line();
    header.line("/// One message from the server. A message of a kind that this version does not know leaves "
                "`message` empty.");
    header.open("struct envelope {");
    header.line("std::string cid{}; ///< of the request that it answers; empty for events");
    header.call("wire::one_of<", types_of(received), ">").indent().line("message{};").outdent();
    header.close("};").line().line("} // namespace nakama::realtime");
    to["lib/realtime/envelope.hpp"] = header.text();

    output out;
    out.line(banner("The kinds of messages from the server.")).line("// clang-format off");
    out.line("#include \"envelope.hpp\"").line().line("#include <array>").line();
    out.line("namespace nakama::wire {").line().line("using realtime::envelope;").line();
    out.line("template <>").open("const schema& schema_of<envelope>() {");
    out.open("static constexpr std::array fields{").line("member<&envelope::cid>(\"cid\"),");
    for (const auto* each : received)
        out.line("alternative<&envelope::message, " + each->type->cpp + ">(\"" + each->name + "\"),");
    out.close("};")
        .line("static constexpr schema layout{\"envelope\", fields};")
        .line("return layout;")
        .close();
    out.line().line("} // namespace nakama::wire");
    to["lib/realtime/envelope.cpp"] = out.text();
}

} // namespace

void emit_realtime(const model& model, files& to) {
    if (model.about().messages.empty()) return;
    emit_class(model, to);
    emit_requests(model, to);
    emit_events(model, to);
    emit_envelope(model, to);
}

} // namespace gen
