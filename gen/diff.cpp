#include "diff.hpp"

#include "description.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>
#include <set>
#include <string>

namespace gen {
namespace {

namespace json = boost::json;

const json::object nothing;

const json::object& object_in(const json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found && found->is_object() ? found->get_object() : nothing;
}

std::string text_in(const json::object& of, std::string_view name) {
    const auto* found = of.if_contains(name);
    return found && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// Upstream's name of a definition, and ours of a type, in one form: "GroupUserListGroupUser".
std::string plain_name(std::string name) {
    if (name.starts_with("api") && name.size() > 3 && name[3] >= 'A' && name[3] <= 'Z') name.erase(0, 3);
    std::erase(name, '.');
    return name;
}

std::string referred(const json::object& schema) {
    const auto reference = text_in(schema, "$ref");
    return reference.empty() ? "" : plain_name(reference.substr(reference.rfind('/') + 1));
}

/// A schema's type in words that both sides share: "int64", "list of User", "map of string".
std::string type_of(const json::object& schema) {
    if (const auto name = referred(schema); !name.empty()) return name;
    const auto type = text_in(schema, "type"), format = text_in(schema, "format");
    if (type == "array") return "list of " + type_of(object_in(schema, "items"));
    if (type == "object") {
        const auto& values = object_in(schema, "additionalProperties");
        return values.empty() ? "" : "map of " + type_of(values);
    }
    if (type == "boolean") return "bool";
    if (type == "number") return "double";
    if (type == "integer")
        return format == "int64" ? "uint32" : "int32"; // what protobuf's mapping makes of them
    if (format == "date-time") return "timestamp";
    if (format == "byte") return "bytes";
    if (format == "int64") return "int64";
    return type;
}

std::string type_of(const field& field) {
    const auto name = plain_name(field.type_name);
    if (field.form == shape::list) return "list of " + name;
    return field.form == shape::map ? "map of " + name : name;
}

class comparison {
public:
    comparison(const description& ours, const json::object& upstream, std::ostream& out)
        : ours_{ours}, definitions_{object_in(upstream, "definitions")}, out_{out} {
        for (const auto& each : ours.types) types_[plain_name(each.name)] = &each;
        for (const auto& each : ours.enumerations) enumerations_[plain_name(each.name)] = &each;
    }

    void operations(const json::object& paths) {
        for (const auto& path : paths)
            for (const auto& method : path.value().as_object())
                if (method.value().is_object())
                    operation_at(std::string{path.key()}, std::string{method.key()},
                                 method.value().get_object());
    }

    void definitions() {
        for (const auto& each : definitions_) {
            const auto name = plain_name(each.key());
            const auto& schema = each.value().as_object();
            // The gateway's own, for errors that it makes itself.
            if (name == "protobufAny" || name == "rpcStatus" || name == "googlerpcStatus") continue;
            if (schema.contains("enum")) enumeration_of(name, schema);
            else if (const auto found = types_.find(name); found != types_.end())
                fields_of("type " + name, schema, *found->second);
            else if (!bodies_.contains(name)) report("type " + name + " is missing");
        }
    }

    std::size_t differences() const { return differences_; }
    std::size_t compared() const { return compared_; }

private:
    void report(const std::string& what) {
        out_ << what << '\n';
        ++differences_;
    }

    const operation* find(const std::string& method, const std::string& path) const {
        for (const auto& each : ours_.operations)
            for (const auto& route : each.routes)
                if (route.method == method && route.path == path) return &each;
        return nullptr;
    }

    void operation_at(const std::string& path, std::string method, const json::object& upstream) {
        std::ranges::transform(method, method.begin(), [](char c) {
            return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        });
        const auto where = method + ' ' + path;
        auto name = text_in(upstream, "operationId");
        name.erase(0, name.find('_') + 1);
        ++compared_;
        const auto* found = find(method, snake_path(path));
        if (!found) return report("operation " + name + ", " + where + ", is missing");
        if (name != found->name && !(name.starts_with(found->name) && name.size() == found->name.size() + 1))
            report(where + " is " + name + ", the description calls it " + found->name);
        answer_of(found->name, upstream, *found);
        if (const auto* list = upstream.if_contains("parameters"); list && list->is_array())
            for (const auto& each : list->get_array()) parameter_of(*found, each.as_object());
    }

    static std::string snake_path(const std::string& path) {
        std::string result;
        bool inside = false;
        for (const char c : path) {
            if (c == '{' || c == '}') inside = c == '{';
            if (inside && c >= 'A' && c <= 'Z') result.append("_") += static_cast<char>(c - 'A' + 'a');
            else result += c;
        }
        return result;
    }

    void answer_of(const std::string& name, const json::object& upstream, const operation& ours) {
        const auto& schema = object_in(object_in(object_in(upstream, "responses"), "200"), "schema");
        const auto theirs = referred(schema);
        const auto own = ours.response ? plain_name(ours.response->name) : "";
        if (theirs != own)
            report("operation " + name + " answers " + (theirs.empty() ? "nothing" : theirs) +
                   ", the description says " + (own.empty() ? "nothing" : own));
    }

    void parameter_of(const operation& operation, const json::object& upstream) {
        const auto name = snake_case(text_in(upstream, "name"));
        const auto place = text_in(upstream, "in");
        if (place == "body") return body_of(operation, object_in(upstream, "schema"));
        ++compared_;
        // A member of a message within the query: "account.token".
        const auto first = name.substr(0, name.find('.'));
        const auto* field = operation.request ? find_field(*operation.request, first) : nullptr;
        if (!field)
            report("operation " + operation.name + ": the " + place + "'s parameter " + name + " is missing");
        else if (const auto type = type_of(upstream);
                 first == name && type != type_of(*field) && !is_enumeration(*field))
            report("operation " + operation.name + ": " + name + " is " + type + ", the description says " +
                   type_of(*field));
    }

    static bool is_enumeration(const field& field) { return field.enumeration != nullptr; }

    void body_of(const operation& operation, const json::object& schema) {
        const auto name = referred(schema);
        std::string own;
        for (const auto& route : operation.routes) {
            if (route.body == "*") own = plain_name(operation.request->name);
            else if (!route.body.empty())
                if (const auto* field = find_field(*operation.request, route.body)) own = type_of(*field);
        }
        const auto& definition = name.ends_with("Body") ? object_in(definitions_, name)
                                 : name.empty()         ? schema
                                                        : nothing;
        if (definition.contains("properties") && operation.request) {
            // The request without what the path holds.
            bodies_.insert(name);
            fields_of("body of " + operation.name, definition, *operation.request);
        } else if (const auto type = name.empty() ? type_of(schema) : name; type != own) {
            report("operation " + operation.name + " takes " + type + ", the description says " +
                   (own.empty() ? "nothing" : own));
        }
    }

    static const field* find_field(const type& type, std::string_view name) {
        const auto found = std::ranges::find(type.fields, name, &field::name);
        return found == type.fields.end() ? nullptr : &*found;
    }

    void fields_of(const std::string& where, const json::object& schema, const type& ours) {
        for (const auto& each : object_in(schema, "properties")) {
            ++compared_;
            const auto name = snake_case(std::string_view{each.key()});
            const auto* found = find_field(ours, name);
            const auto type = type_of(each.value().as_object());
            if (!found) report(where + ": field " + name + " is missing");
            else if (type != type_of(*found) && !is_enumeration(*found))
                report(where + ": field " + name + " is " + type + ", the description says " +
                       type_of(*found));
        }
    }

    void enumeration_of(const std::string& name, const json::object& schema) {
        auto found = enumerations_.find(name);
        if (found == enumerations_.end()) return report("enumeration " + name + " is missing");
        for (const auto& each : schema.at("enum").as_array()) {
            ++compared_;
            const std::string value{each.as_string()};
            if (std::ranges::find(found->second->values, value, &enum_value::name) ==
                found->second->values.end())
                report("enumeration " + name + ": value " + value + " is missing");
        }
    }

    const description& ours_;
    const json::object& definitions_;
    std::ostream& out_;
    std::map<std::string, const type*> types_;
    std::map<std::string, const enumeration*> enumerations_;
    std::set<std::string> bodies_;
    std::size_t differences_ = 0, compared_ = 0;
};

json::value load_upstream(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file) throw input_error{"cannot open " + path.string()};
    boost::system::error_code failed;
    auto value = json::parse(std::string{std::istreambuf_iterator<char>{file}, {}}, failed);
    if (failed) throw input_error{path.string() + " is not JSON: " + failed.message()};
    if (!value.is_object() || text_in(value.get_object(), "swagger") != "2.0")
        throw input_error{path.string() + " is not an OpenAPI 2 description (\"swagger\": \"2.0\")"};
    return value;
}

} // namespace

bool diff(const std::filesystem::path& upstream, const std::filesystem::path& root, std::ostream& out) {
    const auto value = load_upstream(upstream);
    const auto& document = value.get_object();
    const auto& paths = object_in(document, "paths");
    if (paths.empty()) throw input_error{upstream.string() + " has no \"paths\""};
    // Satori's paths begin with its version, Nakama's with another.
    const bool satori = std::ranges::any_of(paths, [](const auto& p) { return p.key().starts_with("/v1/"); });
    const auto ours = satori ? load({root / "gen/api/satori.json"}) : load({root / "gen/api/nakama.json"});

    comparison comparing{ours, document, out};
    comparing.operations(paths);
    comparing.definitions();
    out << comparing.compared() << " operations, fields and values compared with " << ours.api << ' '
        << ours.version << ": " << comparing.differences() << " differences\n";
    return comparing.differences() != 0;
}

} // namespace gen
