// Is all that gen/api describes there in C++, and is every operation and message tried by a recording?
#include "contract/nakama_caller.hpp"
#include "contract/recording.hpp"
#include "contract/satori_caller.hpp"

#include <iostream>
#include <set>

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using namespace nakama;
using namespace nakama::test;

constexpr const char* usage = R"(Usage: contract-coverage FOLDER...

Fails if an operation, message, type, field or enumeration value of gen/api has no counterpart in C++, or if an
operation or a message that clients send is in none of the recordings in the folders. Names what is missing.
)";

int missing = 0;

void miss(const std::string& what) {
    ++missing;
    std::cout << what << '\n';
}

/// The paths of a request's members, those of inline messages with their own.
void members_of(const std::map<std::string, const json::object*>& types, const std::string& type,
                const std::string& before, std::set<std::string>& to) {
    for (const auto& each : types.at(type)->at("fields").as_array()) {
        const auto& field = each.as_object();
        const auto path = before + text_in(field, "name");
        if (field.contains("inline")) members_of(types, text_in(field, "type"), path + '.', to);
        else if (const auto* asked = field.if_contains("request"); !asked || asked->as_bool())
            to.insert(path);
    }
}

/// Makes a call for the sake of what it asks for.
std::set<std::string> asked_by(const std::function<void(parameters&)>& make) {
    static const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmVk";
    static const json::object tokens{
        {"token", token}, {"refresh_token", token}, {"presence", json::object{}}};
    parameters in{tokens};
    try {
        make(in);
    } catch (const std::exception&) {
        // It has asked by then.
    }
    return in.asked();
}

struct api {
    json::value document{};
    std::map<std::string, const json::object*> types{};
    const std::map<std::string, const wire::schema*>& schemas;
    const std::map<std::string, std::span<const wire::enum_name>>& enumerations;
    std::size_t checked = 0;

    void check_types() {
        for (const auto& each : document.as_object().at("types").as_array())
            types[text_in(each.as_object(), "name")] = &each.as_object();
        for (const auto& [name, type] : types) {
            const auto cpp = text_in(*type, "cpp");
            const auto schema = schemas.find(cpp.empty() ? snake(name) : cpp);
            if (schema == schemas.end()) continue; // of requests, which are checked with what they ask
            for (const auto& each : type->at("fields").as_array()) {
                const auto field = text_in(each.as_object(), "name");
                ++checked;
                if (std::ranges::none_of(schema->second->fields,
                                         [&](const auto& f) { return std::string_view{f.name} == field; }))
                    miss("field " + name + '.' + field);
            }
        }
        for (const auto& each : document.as_object().at("enums").as_array()) {
            const auto& enumeration = each.as_object();
            if (enumeration.contains("handwritten")) continue;
            const auto found = enumerations.find(text_in(enumeration, "name"));
            for (const auto& value : enumeration.at("values").as_array()) {
                ++checked;
                const auto name = text_in(value.as_object(), "name");
                if (found == enumerations.end() || std::ranges::none_of(found->second, [&](const auto& n) {
                        return n.name == name && n.number == value.as_object().at("number").as_int64();
                    }))
                    miss("enumeration " + text_in(enumeration, "name") + ": value " + name);
            }
        }
    }

    static std::string snake(std::string name) {
        name.erase(0, name.rfind('.') + 1);
        std::string result;
        for (const char c : name) {
            const bool capital = c >= 'A' && c <= 'Z';
            if (capital && !result.empty()) result += '_';
            result += capital ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return result;
    }

    template <class Caller>
    void check_operations(const std::set<std::string>& recorded) {
        Caller caller;
        for (const auto& each : document.as_object().at("operations").as_array()) {
            const auto& operation = each.as_object();
            const auto name = text_in(operation, "name");
            ++checked;
            if (!recorded.contains(name)) miss("operation " + name + " is in no recording");
            if (operation.contains("handwritten")) continue;
            const auto call =
                std::ranges::find(recorded_calls<Caller>(), name, &recorded_call<Caller>::operation);
            if (call == recorded_calls<Caller>().end()) {
                miss("operation " + name);
                continue;
            }
            std::set<std::string> wanted;
            if (const auto request = text_in(operation, "request"); !request.empty())
                members_of(types, request, "", wanted);
            const auto asked = asked_by([&](parameters& in) { (void)call->make(caller, in); });
            for (const auto& member : wanted) {
                ++checked;
                if (!asked.contains(member)) miss("operation " + name + ": parameter " + member);
            }
        }
    }

    void check_messages(const std::map<std::string, const json::object*>& all,
                        const std::set<std::string>& recorded) {
        nakama_caller caller;
        const auto socket = caller.client.create_socket();
        for (const auto& each : document.as_object().at("messages").as_array()) {
            const auto& message = each.as_object();
            const auto name = text_in(message, "name");
            ++checked;
            if (!recorded.contains(name)) miss("message " + name + " is in no recording");
            if (text_in(message, "direction") == "server") continue;
            const auto sender = std::ranges::find(recorded_messages(), name, &recorded_message::kind);
            if (sender == recorded_messages().end()) {
                miss("message " + name);
                continue;
            }
            std::set<std::string> wanted;
            members_of(all, text_in(message, "type"), "", wanted);
            const auto asked = asked_by([&](parameters& in) { (void)sender->send(socket, in); });
            for (const auto& member : wanted) {
                ++checked;
                if (!asked.contains(member)) miss("message " + name + ": field " + member);
            }
        }
    }
};

int check(const std::vector<std::string>& folders) {
    std::set<std::string> operations[2], messages;
    for (const auto& folder : folders) {
        for (const auto& file : files_in(fs::path{folder} / "rest")) {
            const auto exchanges = load(file);
            for (const auto& each : exchanges.as_array()) {
                const auto name = text_in(each.as_object(), "operation");
                const auto own = name.substr(name.find('_') + 1);
                auto& seen = operations[name.starts_with("Satori_") ? 1 : 0];
                seen.insert(own);
                if (own.ends_with('2')) seen.insert(own.substr(0, own.size() - 1));
            }
        }
        for (const auto& file : files_in(fs::path{folder} / "realtime")) {
            const auto flow = load(file);
            for (const auto& each : flow.as_object().at("entries").as_array())
                if (const auto* message = each.as_object().if_contains("message");
                    message && message->is_object())
                    for (const auto& member : message->get_object()) messages.emplace(member.key());
        }
    }
    const fs::path descriptions{NAKAMA_API_DESCRIPTIONS};
    api nakama{load(descriptions / "nakama.json"), {}, nakama_schemas(), nakama_enumerations()};
    api realtime{load(descriptions / "realtime.json"), {}, nakama_schemas(), nakama_enumerations()};
    api satori{load(descriptions / "satori.json"), {}, satori_schemas(), satori_enumerations()};
    for (auto* each : {&nakama, &realtime, &satori}) each->check_types();
    nakama.check_operations<nakama_caller>(operations[0]);
    satori.check_operations<satori_caller>(operations[1]);
    auto types = realtime.types;
    types.insert(nakama.types.begin(), nakama.types.end());
    realtime.check_messages(types, messages);
    std::cout << nakama.checked + realtime.checked + satori.checked << " names checked, " << missing
              << " missing\n";
    return missing == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> folders{argv + 1, argv + argc};
    if (folders.empty() || folders.front() == "--help") {
        (folders.empty() ? std::cerr : std::cout) << usage;
        return folders.empty() ? 2 : 0;
    }
    try {
        return check(folders);
    } catch (const std::exception& failure) {
        std::cerr << "contract-coverage: " << failure.what() << '\n';
        return 2;
    }
}
