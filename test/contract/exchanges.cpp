// Replays recordings against the client: does it ask what was asked, and understand what was answered?
#include "call/answer.hpp"
#include "contract/nakama_caller.hpp"
#include "contract/recording.hpp"
#include "contract/satori_caller.hpp"
#include "realtime/envelope.hpp"
#include "wire/percent.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <set>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace nakama;
using namespace nakama::test;

constexpr const char* usage = R"(Usage: contract FOLDER [--list | --at-least REQUESTS MESSAGES]
       contract --help

Takes a folder of recorded exchanges, with subfolders rest/ and realtime/ of JSON files, and for each
  - that our API can express makes the same call and compares what is sent: method, path, query as a set,
    body as a JSON value (64-bit integers as text or number), kind of credentials;
  - reads what was answered, writes it again and compares the JSON values; an error must be told with its
    HTTP status, its gRPC code and its message.
Messages of the socket are sent, read and written in the same way.

  --list      name what the API cannot express, and why
  --at-least  fail if fewer requests were made or fewer messages sent: what our client refuses counts as not
              expressible

The last line counts. Exits 1 if anything differed, 2 if the folder cannot be read.
)";

struct counts {
    int sent = 0, inexpressible = 0, answers = 0, errors = 0, frames_sent = 0, frames_inexpressible = 0,
        frames_received = 0, excepted = 0, failed = 0;
};

const json::object& object_in(const json::object& of, std::string_view name) {
    static const json::object nothing;
    const auto* found = of.if_contains(name);
    return found && found->is_object() ? found->get_object() : nothing;
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> result;
    for (std::size_t begin = 0;;) {
        const auto end = text.find(at, begin);
        result.emplace_back(text.substr(begin, end - begin));
        if (end == std::string_view::npos) return result;
        begin = end + 1;
    }
}

using query_set = std::multiset<std::pair<std::string, std::string>>;

/// Whether two values are the same, where 64-bit integers may be texts or numbers: servers take both.
bool same(const json::value& a, const json::value& b) {
    if (a == b) return true;
    if (a.is_object() && b.is_object() && a.get_object().size() == b.get_object().size())
        return std::ranges::all_of(a.get_object(), [&](const auto& each) {
            const auto* other = b.get_object().if_contains(each.key());
            return other && same(each.value(), *other);
        });
    if (a.is_array() && b.is_array()) return std::ranges::equal(a.get_array(), b.get_array(), same);
    if (a.is_int64() && b.is_string()) return std::to_string(a.get_int64()) == b.get_string();
    return b.is_int64() && a.is_string() && same(b, a);
}

/// A request in the form in which recordings and ours are compared.
struct plain_request {
    std::string method{};
    std::vector<std::string> path{}; ///< segments, decoded
    query_set query{};
    json::value body{};
    std::string credentials{};

    bool operator==(const plain_request& other) const {
        return method == other.method && path == other.path && query == other.query &&
               same(body, other.body) && credentials == other.credentials;
    }
};

std::ostream& operator<<(std::ostream& out, const plain_request& request) {
    out << request.method << ' ';
    for (const auto& each : request.path) out << '/' << each;
    for (const auto& [name, value] : request.query) out << " &" << name << '=' << value;
    return out << ' ' << json::serialize(request.body) << " (" << request.credentials << ')';
}

std::vector<std::string> segments_of(std::string_view path) {
    std::vector<std::string> result;
    for (const auto& each : split(path.substr(1), '/')) {
        auto decoded = wire::decode_percent(each);
        if (!decoded) throw inexpressible{"the path is not percent-encoded"};
        result.push_back(std::move(*decoded));
    }
    return result;
}

plain_request plain(const scripted_transport::request& sent) {
    plain_request result{.method = sent.method};
    const auto mark = sent.target.find('?');
    result.path = segments_of(sent.target.substr(0, mark));
    if (mark != std::string::npos)
        for (const auto& each : split(std::string_view{sent.target}.substr(mark + 1), '&')) {
            const auto equals = std::min(each.find('='), each.size());
            result.query.emplace(
                wire::decode_percent(each.substr(0, equals)).value(),
                equals == each.size() ? "" : wire::decode_percent(each.substr(equals + 1)).value());
        }
    if (!sent.body.empty()) {
        boost::system::error_code not_json;
        result.body = json::parse(sent.body, not_json);
        if (not_json) result.body = json::string{sent.body};
    }
    const auto authorization = sent.header("Authorization");
    result.credentials = authorization.starts_with("Bearer ")  ? "bearer"
                         : authorization.starts_with("Basic ") ? "basic"
                                                               : "none";
    return result;
}

/// The descriptions, for what a recording means: they know the types of what travels as text.
class description {
public:
    explicit description(const fs::path& file) : document_{load(file)} { add(document_); }

    struct match {
        std::string operation{};
        json::object path{};
        std::string body{};
        std::string request{};
        std::string other_route{}; ///< of the same operation, where ours is another
    };

    std::optional<match> find(const std::string& method, const std::string& path) const {
        const auto given = split(std::string_view{path}.substr(1), '/');
        for (const auto& each : document_.as_object().at("operations").as_array()) {
            const auto& operation = each.as_object();
            for (const auto& one : operation.at("routes").as_array()) {
                const auto& route = one.as_object();
                if (text_in(route, "method") != method) continue;
                const auto wanted = split(std::string_view{text_in(route, "path")}.substr(1), '/');
                match result{
                    text_in(operation, "name"), {}, text_in(route, "body"), text_in(operation, "request")};
                if (!fits(wanted, given, result.path)) continue;
                // Functions have calls of their own for each route; of others we know one a method.
                const auto& first = operation.at("routes").as_array().front().as_object();
                if (text_in(operation, "handwritten").empty() && text_in(first, "method") != method)
                    result.other_route = text_in(first, "method") + ' ' + text_in(first, "path");
                return result;
            }
        }
        return {};
    }

    const json::object* field(const std::string& type, std::string_view name) const {
        const auto found = types_.find(type);
        if (found == types_.end()) return nullptr;
        for (const auto& each : found->second->at("fields").as_array())
            if (text_in(each.as_object(), "name") == name) return &each.as_object();
        return nullptr;
    }

    const json::object& document() const { return document_.as_object(); }

private:
    void add(const json::value& document) {
        for (const auto& each : document.as_object().at("types").as_array())
            types_[text_in(each.as_object(), "name")] = &each.as_object();
    }

    static bool fits(const std::vector<std::string>& wanted, const std::vector<std::string>& given,
                     json::object& parameters) {
        if (wanted.size() != given.size()) return false;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (!wanted[i].starts_with('{')) {
                if (wanted[i] != given[i]) return false;
                continue;
            }
            const auto value = wire::decode_percent(given[i]);
            if (!value || value->empty()) return false;
            parameters[wanted[i].substr(1, wanted[i].size() - 2)] = *value;
        }
        return true;
    }

    json::value document_;
    std::map<std::string, const json::object*> types_;
};

/// Removes what exceptions.json says is written otherwise than it was read, with the reason; true if there
/// was any.
bool remove_exceptions(json::value& value, const json::array& exceptions) {
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
json::value typed(const json::object& field, const std::string& name, const std::string& text) {
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

json::object query_of(const description& api, const std::string& type, const json::array& query) {
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
json::value body_of(const json::object& request) {
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

std::string token_of(const json::object& request) {
    const auto authorization = text_in(object_in(request, "headers"), "Authorization");
    return authorization.starts_with("Bearer ") ? authorization.substr(7) : std::string{};
}

template <class Caller>
class rest_replay {
public:
    rest_replay(const description& api, const std::map<std::string, reread>& answers,
                const json::array& exceptions, counts& count, bool list)
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

    std::optional<error> call(Caller& caller, const description::match& found, const json::array& query,
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
    std::optional<error> rpc(nakama_caller& caller, const description::match& found,
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
    std::optional<error> rpc(Other&, const description::match&, const json::object&, json::array&,
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
                if (each->http_status() != status->get_int64() ||
                    each->code().value() != said.at("code").as_int64() ||
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

    const description& api_;
    const std::map<std::string, reread>& answers_;
    const json::array& exceptions_;
    counts& count_;
    bool list_;
};

/// The kind of a message: its member besides the cid.
std::string kind_of(const json::object& message) {
    std::string result;
    for (const auto& each : message) {
        if (each.key() == "cid") continue;
        if (!result.empty()) throw inexpressible{"two kinds in one message"};
        result = each.key();
    }
    return result;
}

class realtime_replay {
public:
    realtime_replay(counts& count, bool list) : count_{count}, list_{list} {
        for (const auto& each : recorded_messages()) senders_[std::string{each.kind}] = &each;
        for (const auto& each : wire::schema_of<realtime::envelope>().fields) received_.emplace(each.name);
    }

    void replay(const std::string& where, const json::object& entry) {
        const auto* message = entry.if_contains("message");
        if (!message || !message->is_object() || entry.contains("frame_base64")) return;
        const auto direction = text_in(entry, "dir");
        if (direction == "send") sent(where, message->get_object());
        if (direction == "recv") received(where, message->get_object());
    }

private:
    void fail(const std::string& where, const std::string& what) {
        ++count_.failed;
        std::cout << where << ": " << what << '\n';
    }

    void sent(const std::string& where, const json::object& message) {
        try {
            send(where, message);
            ++count_.frames_sent;
        } catch (const inexpressible& why) {
            ++count_.frames_inexpressible;
            if (list_) std::cout << where << ": " << why.what() << '\n';
        }
    }

    void send(const std::string& where, const json::object& message) {
        const auto kind = kind_of(message);
        const auto sender = senders_.find(kind);
        if (sender == senders_.end()) throw inexpressible{"no message of a client"};
        if (!message.at(kind).is_object()) throw inexpressible{kind + " is not an object"};
        nakama_caller caller;
        const auto line = caller.script->next_line();
        auto socket = caller.client.create_socket({.max_message_bytes = 1U << 24U});
        const nakama::session session{token, token};
        asio::co_spawn(caller.io, socket.connect(session), asio::detached);
        caller.io.poll();
        parameters in{message.at(kind).get_object()};
        const auto start = sender->second->send(socket, in);
        in.require_all_used();
        start(caller.io);
        caller.io.poll();
        if (line->sent().size() != 1) return fail(where, kind + " was not sent");
        auto own = json::parse(line->sent().front()).as_object();
        const bool answered = kind != "match_data_send";
        if (own.contains("cid") != answered) fail(where, "a cid where none belongs, or none where one does");
        own.erase("cid");
        auto wanted = message;
        wanted.erase("cid");
        if (!same(own, wanted))
            fail(where, "recorded " + json::serialize(wanted) + "\n    sent     " + json::serialize(own));
    }

    void received(const std::string& where, const json::object& message) {
        const auto kind = kind_of(message);
        // The server can be made to send what only clients send.
        if (!kind.empty() && !received_.contains(kind)) return sent(where, message);
        const auto text = json::serialize(message);
        realtime::envelope envelope;
        if (const auto failure = wire::read_json(text, envelope))
            return fail(where, failure->where + ": " + failure->what);
        const auto again = json::parse(wire::to_json(envelope));
        if (again != json::value(message))
            fail(where, "recorded " + text + "\n    read     " + json::serialize(again));
        ++count_.frames_received;
    }

    static inline const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmVk";

    counts& count_;
    bool list_;
    std::map<std::string, const recorded_message*> senders_;
    std::set<std::string> received_;
};

int replay_all(const fs::path& folder, bool list, int least_requests, int least_messages) {
    const auto rest = files_in(folder / "rest"), flows = files_in(folder / "realtime");
    if (rest.empty() && flows.empty())
        throw std::runtime_error{folder.string() + " has no recordings in rest/ or realtime/"};
    const fs::path descriptions{NAKAMA_API_DESCRIPTIONS};
    const description nakama_api{descriptions / "nakama.json"}, satori_api{descriptions / "satori.json"};
    const auto rules = load(NAKAMA_CONTRACT_EXCEPTIONS);
    const auto& exceptions = rules.as_array();
    counts count;
    rest_replay<nakama_caller> nakama_rest{nakama_api, nakama_answers(), exceptions, count, list};
    rest_replay<satori_caller> satori_rest{satori_api, satori_answers(), exceptions, count, list};
    for (const auto& file : rest) {
        const auto exchanges = load(file);
        for (const auto& each : exchanges.as_array()) {
            const auto& exchange = each.as_object();
            const auto where = "rest/" + file.stem().string() + ": \"" + text_in(exchange, "name") + '"';
            if (text_in(exchange, "operation").starts_with("Satori_")) satori_rest.replay(where, exchange);
            else nakama_rest.replay(where, exchange);
        }
    }
    realtime_replay realtime{count, list};
    for (const auto& file : flows) {
        const auto flow = load(file);
        std::size_t number = 0;
        for (const auto& each : flow.as_object().at("entries").as_array())
            realtime.replay("realtime/" + file.stem().string() + " entry " + std::to_string(number++),
                            each.as_object());
    }
    std::cout << count.sent << " requests made, " << count.inexpressible << " not expressible; "
              << count.answers << " answers (" << count.excepted
              << " but for what exceptions.json names) and " << count.errors << " errors read; "
              << count.frames_sent << " messages sent, " << count.frames_inexpressible << " not expressible, "
              << count.frames_received << " received; " << count.failed << " differences\n";
    if (count.sent < least_requests || count.frames_sent < least_messages) {
        std::cout << "fewer than the " << least_requests << " requests and " << least_messages
                  << " messages that are known to be expressible\n";
        return 1;
    }
    return count.failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments{argv + 1, argv + argc};
    if (arguments == std::vector<std::string>{"--help"}) {
        std::cout << usage;
        return 0;
    }
    const bool list = arguments.size() == 2 && arguments[1] == "--list";
    const bool floor = arguments.size() == 4 && arguments[1] == "--at-least";
    if (arguments.size() != 1 && !list && !floor) {
        std::cerr << usage;
        return 2;
    }
    try {
        return replay_all(arguments[0], list, floor ? std::stoi(arguments[2]) : 0,
                          floor ? std::stoi(arguments[3]) : 0);
    } catch (const std::exception& failure) {
        std::cerr << "contract: " << failure.what() << '\n';
        return 2;
    }
}
