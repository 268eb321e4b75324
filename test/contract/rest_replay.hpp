// Recorded exchanges over HTTP, made and read by our client.
#pragma once

#include "api_description.hpp"
#include "call/answer.hpp"
#include "nakama_caller.hpp"
#include "replay_counts.hpp"

#include <charconv>
#include <iostream>
#include <sstream>

namespace nakama::test {

namespace json = boost::json;

/// Removes what exceptions.json says is written otherwise than it was read, with the reason; true if there
/// was any.
inline bool remove_exceptions(json::value& value, const json::array& exceptions) {
    bool any = false;
    if (auto* list = value.if_array())
        for (auto& each : *list) any = remove_exceptions(each, exceptions) || any;
    if (auto* object = value.if_object()) {
        for (const auto& exception : exceptions) {
            const auto& rule = exception.as_object();
            const auto* found = object->if_contains(rule.at("member").as_string());
            if (!found || *found != rule.at("value")) continue;
            object->erase(rule.at("member").as_string());
            any = true;
        }
        for (auto& each : *object) any = remove_exceptions(each.value(), exceptions) || any;
    }
    return any;
}

/// A value of the query as the JSON that it stands for.
inline json::value typed(const json::object& field, const std::string& name, const std::string& text) {
    const auto type = text_in(field, "type");
    if (type == "string" || type == "int64") return json::string{text};
    if (type == "bool") {
        if (text != "true" && text != "false") throw inexpressible{name + " is a boolean in other words"};
        return text == "true";
    }
    std::int64_t number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || std::to_string(number) != text)
        throw inexpressible{name + " is not an integer in plain digits"};
    return number;
}

inline json::object query_of(const api_description& api, const std::string& type, const json::array& query) {
    json::object result;
    for (const auto& pair : query) {
        const std::string name{pair.as_array().at(0).as_string()}, text{pair.as_array().at(1).as_string()};
        const auto* field = api.field(type, name);
        if (!field) throw inexpressible{name + " is no parameter of it"};
        const auto value = typed(*field, name, text);
        if (text_in(*field, "shape") == "list") {
            if (!result.contains(name)) result[name] = json::array{};
            result[name].as_array().push_back(value);
        } else if (!result.emplace(name, value).second) {
            throw inexpressible{name + " is given twice"};
        }
    }
    return result;
}

/// The recorded body; null if there is none.
inline json::value body_of(const json::object& request) {
    if (request.contains("raw_base64")) throw inexpressible{"the body is not text"};
    if (request.contains("body_summary")) throw inexpressible{"the body was too long to be kept"};
    const auto raw = text_in(request, "raw");
    if (raw.empty()) return {};
    boost::system::error_code not_json;
    auto value = json::parse(raw, not_json);
    if (not_json) throw inexpressible{"the body is not JSON"};
    const auto* kept = request.if_contains("body");
    if (!kept || *kept != value) throw inexpressible{"the body is not JSON of one reading"};
    return value;
}

inline std::string token_of(const json::object& request) {
    const auto authorization = text_in(object_in(request, "headers"), "Authorization");
    return authorization.starts_with("Bearer ") ? authorization.substr(7) : std::string{};
}

template <class Caller>
class rest_replay {
public:
    rest_replay(const api_description& api, const std::map<std::string, reread>& answers,
                const json::array& exceptions, replay_counts& count, bool list)
        : api_{api}, answers_{answers}, exceptions_{exceptions}, count_{count}, list_{list} {}

    void replay(const std::string& where, const json::object& exchange) {
        const auto& request = object_in(exchange, "request");
        const auto& response = object_in(exchange, "response");
        auto name = text_in(exchange, "operation");
        name.erase(0, name.find('_') + 1);
        std::optional<error> told;
        try {
            told = send(where, request, response);
            ++count_.sent;
        } catch (const inexpressible& why) {
            ++count_.inexpressible;
            if (list_) std::cout << where << ": " << why.what() << '\n';
        }
        understand(where, name, response, told);
    }

private:
    void fail(const std::string& where, const std::string& what) {
        ++count_.failed;
        std::cout << where << ": " << what << '\n';
    }

    std::optional<error> send(const std::string& where, const json::object& request,
                              const json::object& response) {
        const auto method = text_in(request, "method"), path = text_in(request, "path");
        const auto found = path.starts_with('/') ? api_.find(method, path) : std::nullopt;
        if (!found) throw inexpressible{method + ' ' + path + " is no route"};
        if (!found->other_route.empty()) throw inexpressible{"we take " + found->other_route};

        plain_request wanted{.method = method, .path = segments_of(path)};
        json::array query;
        if (const auto* given = request.if_contains("query"); given && given->is_array())
            query = given->get_array();
        wanted.body = body_of(request);
        wanted.credentials = text_in(request, "auth");

        Caller caller;
        caller.token = token_of(request);
        caller.script->answer(status_of(response), text_in(response, "raw"));
        std::optional<error> told;
        if (found->operation == "RpcFunc") told = rpc(caller, *found, request, query, wanted);
        else told = call(caller, *found, query, wanted);
        for (const auto& pair : query)
            wanted.query.emplace(std::string{pair.as_array().at(0).as_string()},
                                 std::string{pair.as_array().at(1).as_string()});
        if (caller.script->requests().size() != 1) {
            if (told && told->code() == errc::invalid_argument) throw inexpressible{told->message()};
            fail(where, "sent nothing" + (told ? ": " + told->message() : std::string{}));
            return told;
        }
        const auto sent = plain(caller.script->requests().front());
        if (!(sent == wanted)) {
            std::ostringstream difference;
            difference << "recorded " << wanted << "\n    sent     " << sent;
            fail(where, difference.str());
        }
        return told;
    }

    static int status_of(const json::object& response) {
        const auto* status = response.if_contains("status");
        if (!status || !status->is_int64()) throw inexpressible{"there is no answer with a status"};
        return static_cast<int>(status->get_int64());
    }

    static std::string needs_of(const std::string& credentials) {
        if (credentials == "session") return "bearer";
        return credentials == "server_key" ? "basic" : "none";
    }

    std::optional<error> call(Caller& caller, const api_description::match& found, const json::array& query,
                              const plain_request& wanted) {
        json::object values = query_of(api_, found.request, query);
        if (found.operation == "ListStorageObjects" && values.contains("user_id"))
            throw inexpressible{"we take the route that has the user's id in its path"};
        for (const auto& each : found.path)
            if (!values.emplace(each.key(), each.value()).second)
                throw inexpressible{"a parameter is in the path and in the query"};
        if (found.body.empty()) {
            if (!wanted.body.is_null()) throw inexpressible{"a body where none is read"};
        } else if (!wanted.body.is_object()) {
            throw inexpressible{"no object for a body"};
        } else if (found.body == "*") {
            for (const auto& each : wanted.body.get_object())
                if (!values.emplace(each.key(), each.value()).second)
                    throw inexpressible{"a parameter is given twice"};
        } else {
            values[found.body] = wanted.body;
        }
        for (const auto& each : recorded_calls<Caller>()) {
            if (each.operation != found.operation ||
                needs_of(std::string{each.credentials}) != wanted.credentials)
                continue;
            parameters in{values};
            try {
                // What is no parameter is found after the call has asked for all that are.
                auto told = each.make(caller, in);
                in.require_all_used();
                return told;
            } catch (const error& refused) {
                throw inexpressible{refused.message()};
            }
        }
        throw inexpressible{"credentials that it does not take (" + wanted.credentials + ')'};
    }

    /// What the descriptions cannot say: payloads that are no messages, and two more kinds of credentials.
    std::optional<error> rpc(nakama_caller& caller, const api_description::match& found,
                             const json::object& request, json::array& query, plain_request& wanted) {
        const std::string id{found.path.at("id").as_string()};
        std::string key;
        bool unwrap = false;
        std::vector<string_entry> more;
        for (const auto& pair : query) {
            const std::string_view name = pair.as_array().at(0).as_string(),
                                   value = pair.as_array().at(1).as_string();
            if (name == "http_key") key = value;
            else if (name == "unwrap" && value.empty()) unwrap = true;
            else more.push_back({name, value});
        }
        if (!key.empty()) {
            // Ours travels in a header, which the server takes for the same.
            wanted.credentials = "basic";
            std::erase_if(more, [](const string_entry& e) { return e.key == "http_key"; });
            json::array others;
            for (const auto& pair : query)
                if (pair.as_array().at(0) != "http_key") others.push_back(pair);
            query = others;
        } else if (wanted.credentials != "bearer") {
            throw inexpressible{"credentials that it does not take (" + wanted.credentials + ')'};
        }
        const auto run = [&](auto by) {
            if (wanted.method == "GET") {
                if (unwrap) throw inexpressible{"GET with unwrap"};
                return caller.outcome(caller.client.rpc_get(by, {.id = id, .query = more}));
            }
            if (!more.empty()) throw inexpressible{"POST with further parameters"};
            if (unwrap) {
                const auto raw = text_in(request, "raw");
                if (raw.empty()) throw inexpressible{"no text for a body"};
                return caller.outcome(caller.client.rpc_unwrap(by, {.id = id, .payload = raw}));
            }
            if (!wanted.body.is_string()) throw inexpressible{"a payload that is no text"};
            const std::string payload{wanted.body.get_string()};
            return caller.outcome(caller.client.rpc(by, {.id = id, .payload = payload}));
        };
        try {
            return key.empty() ? run(caller.session()) : run(http_key{key});
        } catch (const error& refused) {
            throw inexpressible{refused.message()};
        }
    }
    template <class Other>
    std::optional<error> rpc(Other&, const api_description::match&, const json::object&, json::array&,
                             plain_request&) {
        throw inexpressible{"there are no functions"};
    }

    void understand(const std::string& where, const std::string& name, const json::object& response,
                    const std::optional<error>& told) {
        const auto* status = response.if_contains("status");
        const auto raw = text_in(response, "raw");
        if (!status || !status->is_int64() || raw.empty() || response.contains("encoded_base64")) return;
        const auto answer = answers_.find(name.ends_with('2') ? name.substr(0, name.size() - 1) : name);
        const auto* body = response.if_contains("body");
        if (status->get_int64() >= 400) {
            if (!body || !body->is_object() || !body->get_object().contains("message")) return;
            const auto& said = body->get_object();
            const call::operation operation{name, "GET", call::credentials::session, true};
            const error own =
                call::refusal(operation, {.status = static_cast<int>(status->get_int64()), .body = raw});
            for (const auto* each : {&own, told ? &*told : nullptr}) {
                if (!each || each->code() == errc::invalid_argument) continue;
                // A session that cannot be renewed is told as what it is.
                const bool same_code = each->code() == errc::session_expired
                                           ? name.ends_with("Refresh") && status->get_int64() != 400
                                           : each->code().value() == said.at("code").as_int64();
                if (each->http_status() != status->get_int64() || !same_code ||
                    each->server_message() != text_in(said, "message"))
                    fail(where,
                         "told as " + std::string{each->what()} + " instead of " + json::serialize(said));
            }
            ++count_.errors;
        } else if (answer != answers_.end() && body && body->is_object() && status->get_int64() == 200) {
            // Unwrapped answers of functions are whatever they are.
            if (name.starts_with("RpcFunc") && !body->get_object().contains("payload")) return;
            try {
                const auto again = json::parse(answer->second(raw));
                auto expected = *body;
                if (again != expected && remove_exceptions(expected, exceptions_)) ++count_.excepted;
                if (again != expected)
                    fail(where,
                         "recorded " + json::serialize(*body) + "\n    read     " + json::serialize(again));
                if (told) fail(where, "a success was told as " + std::string{told->what()});
                ++count_.answers;
            } catch (const std::exception& failure) {
                fail(where, failure.what());
            }
        }
    }

    const api_description& api_;
    const std::map<std::string, reread>& answers_;
    const json::array& exceptions_;
    replay_counts& count_;
    bool list_;
};

} // namespace nakama::test
