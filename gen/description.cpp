#include "description.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>

namespace gen {
namespace {

namespace json = boost::json;

const std::set<std::string, std::less<>> scalars{"string", "bytes",  "bool",   "int32",
                                                 "int64",  "uint32", "double", "timestamp"};

json::value parse(const std::filesystem::path& path) {
    std::ifstream file{path};
    if (!file) throw input_error{"cannot open " + path.string()};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    boost::system::error_code failed;
    auto value = json::parse(text, failed);
    if (failed) throw input_error{path.string() + " is not JSON: " + failed.message()};
    return value;
}

/// One object of a description, with its place for messages.
class reader {
public:
    reader(const json::value& value, std::string place) : place_{std::move(place)} {
        if (!value.is_object()) fail("should be an object");
        object_ = &value.get_object();
    }

    [[noreturn]] void fail(const std::string& what) const { throw input_error{place_ + ": " + what}; }

    std::string text(std::string_view name) const {
        auto value = optional_text(name);
        if (value.empty()) fail("\"" + std::string{name} + "\" is missing");
        return value;
    }

    std::string optional_text(std::string_view name) const {
        const auto* value = find(name);
        if (!value) return {};
        if (!value->is_string()) fail("\"" + std::string{name} + "\" should be text");
        return std::string{value->get_string()};
    }

    bool flag(std::string_view name, bool otherwise = false) const {
        const auto* value = find(name);
        if (!value) return otherwise;
        if (!value->is_bool()) fail("\"" + std::string{name} + "\" should be true or false");
        return value->get_bool();
    }

    std::optional<std::int64_t> number(std::string_view name) const {
        const auto* value = find(name);
        if (!value) return {};
        if (!value->is_int64()) fail("\"" + std::string{name} + "\" should be an integer");
        return value->get_int64();
    }

    std::string literal(std::string_view name) const {
        const auto* value = find(name);
        return value ? json::serialize(*value) : std::string{};
    }

    /// One text or a list of them.
    std::vector<std::string> texts(std::string_view name) const {
        const auto* value = find(name);
        if (!value || !value->is_array()) return {text(name)};
        std::vector<std::string> result;
        for (const auto& each : value->get_array()) {
            if (!each.is_string()) fail("\"" + std::string{name} + "\" should hold texts");
            result.emplace_back(each.get_string());
        }
        return result;
    }

    std::vector<reader> list(std::string_view name) const {
        std::vector<reader> result;
        const auto* value = find(name);
        if (!value) return result;
        if (!value->is_array()) fail("\"" + std::string{name} + "\" should be a list");
        for (const auto& each : value->get_array()) {
            const auto* named = each.is_object() ? each.get_object().if_contains("name") : nullptr;
            const auto called = named && named->is_string() ? std::string{named->get_string()}
                                                            : std::to_string(result.size());
            result.emplace_back(each, place_ + " " + std::string{name} + "/" + called);
        }
        return result;
    }

private:
    const json::value* find(std::string_view name) const { return object_->if_contains(name); }

    const json::object* object_ = nullptr;
    std::string place_;
};

shape shape_of(const reader& in) {
    const auto name = in.optional_text("shape");
    constexpr std::array<std::pair<std::string_view, shape>, 4> shapes{
        {{"", shape::plain}, {"wrapped", shape::wrapped}, {"list", shape::list}, {"map", shape::map}}};
    for (const auto& [known, form] : shapes)
        if (name == known) return form;
    in.fail("\"shape\" is \"" + name + "\", not wrapped, list or map");
}

field read_field(const reader& in) {
    return {
        .name = in.text("name"),
        .number = in.number("number"),
        .type_name = in.text("type"),
        .form = shape_of(in),
        .oneof = in.optional_text("oneof"),
        .is_inline = in.flag("inline"),
        .required = in.flag("required"),
        .in_request = in.flag("request", true),
        .is_made = in.optional_text("made") == "uuid",
        .source = in.optional_text("from"),
        .initial = in.optional_text("initial"),
        .server_default = in.literal("default"),
        .min = in.number("min"),
        .max = in.number("max"),
        .unit = in.optional_text("unit"),
        .doc = in.text("doc"),
    };
}

/// A name's own part: "GroupUser" of "GroupUserList.GroupUser".
std::string_view last_part(std::string_view name) {
    return name.substr(name.rfind('.') + 1); // npos + 1 is 0
}

std::string cpp_name(const reader& in) {
    auto given = in.optional_text("cpp");
    return given.empty() ? identifier(snake_case(last_part(in.text("name")))) : given;
}

class loader {
public:
    explicit loader(description& into) : into_{into} {}

    void load(const std::filesystem::path& path) {
        const json::value value = parse(path);
        const reader in{value, path.filename().string()};
        if (const auto api = in.text("api"); into_.api.empty()) into_.api = api;
        else if (into_.api != api) in.fail("\"api\" is not that of the file before it");
        into_.version = in.text("version");
        own_.clear();
        own_enums_.clear();

        for (const auto& each : in.list("groups"))
            into_.groups.push_back({each.text("name"), each.text("doc")});
        for (const auto& each : in.list("enums")) read_enumeration(each);
        for (const auto& each : in.list("types")) read_type(each);
        for (type* each : fresh_) resolve(*each, in);
        fresh_.clear();
        for (const auto& each : in.list("operations")) read_operation(each);
        for (const auto& each : in.list("messages")) read_message(each);
        check_answers(in);
        known_.insert(own_.begin(), own_.end());
        known_enums_.insert(own_enums_.begin(), own_enums_.end());
    }

private:
    void read_enumeration(const reader& in) {
        enumeration result{
            .name = in.text("name"),
            .cpp = cpp_name(in),
            .group = group_of(in),
            .doc = in.text("doc"),
            .handwritten = in.optional_text("handwritten"),
        };
        for (const auto& each : in.list("values"))
            result.values.push_back({each.text("name"), each.number("number").value_or(0), each.text("doc")});
        into_.enumerations.push_back(std::move(result));
        own_enums_[into_.enumerations.back().name] = &into_.enumerations.back();
    }

    void read_type(const reader& in) {
        type result{
            .name = in.text("name"), .cpp = cpp_name(in), .group = group_of(in), .doc = in.text("doc")};
        for (const auto& each : in.list("fields")) result.fields.push_back(read_field(each));
        into_.types.push_back(std::move(result));
        fresh_.push_back(&into_.types.back());
        if (!own_.emplace(into_.types.back().name, &into_.types.back()).second) in.fail("is there twice");
    }

    void resolve(type& of, const reader& in) {
        for (field& each : of.fields) {
            if (scalars.contains(each.type_name)) continue;
            each.message = find(own_, known_, each.type_name);
            each.enumeration = find(own_enums_, known_enums_, each.type_name);
            if (!each.message && !each.enumeration)
                in.fail("types/" + of.name + " fields/" + each.name + ": there is no type \"" +
                        each.type_name + "\"");
        }
    }

    void read_operation(const reader& in) {
        operation result{
            .name = in.text("name"),
            .cpp = cpp_name(in),
            .group = group_of(in),
            .doc = in.text("doc"),
            .auth = in.texts("auth"),
            .idempotent = in.flag("idempotent"),
            .session = in.optional_text("session"),
            .handwritten = in.optional_text("handwritten"),
            .request = reference(in, "request"),
            .response = reference(in, "response"),
        };
        for (const auto& each : in.list("routes"))
            result.routes.push_back({each.text("method"), each.text("path"), each.optional_text("body")});
        if (result.routes.empty()) in.fail("has no route");
        into_.operations.push_back(std::move(result));
    }

    void read_message(const reader& in) {
        const auto way = in.text("direction");
        message result{
            .name = in.text("name"),
            .number = in.number("number").value_or(0),
            .group = group_of(in),
            .doc = in.text("doc"),
            .direction = way == "client"   ? direction::client
                         : way == "server" ? direction::server
                                           : direction::both,
            .answer = in.optional_text("answer"),
            .event = in.flag("event"),
            .type = reference(in, "type"),
        };
        if (way != "client" && way != "server" && way != "both")
            in.fail("\"direction\" is \"" + way + "\", not client, server or both");
        if (result.sent() && result.answer.empty()) in.fail("\"answer\" is missing");
        into_.messages.push_back(std::move(result));
    }

    void check_answers(const reader& in) const {
        for (const auto& asked : into_.messages) {
            if (!asked.sent() || asked.answer == "ack" || asked.answer == "none") continue;
            const auto named = [&](const message& m) { return m.name == asked.answer && m.received(); };
            if (std::ranges::none_of(into_.messages, named))
                in.fail("messages/" + asked.name + ": the server sends no \"" + asked.answer + "\"");
        }
    }

    std::string group_of(const reader& in) const {
        auto name = in.text("group");
        if (std::ranges::none_of(into_.groups, [&](const group& g) { return g.name == name; }))
            in.fail("there is no group \"" + name + "\"");
        return name;
    }

    template <class T>
    static const T* find(const std::map<std::string, T*>& own, const std::map<std::string, T*>& known,
                         const std::string& name) {
        if (const auto found = own.find(name); found != own.end()) return found->second;
        if (const auto found = known.find(name); found != known.end()) return found->second;
        return nullptr;
    }

    const type* reference(const reader& in, std::string_view member) const {
        const auto name = in.optional_text(member);
        if (name.empty()) return nullptr;
        const auto* found = find(own_, known_, name);
        if (!found) in.fail("there is no type \"" + name + "\"");
        return found;
    }

    description& into_;
    std::map<std::string, type*> own_, known_; // of this file, of those before it
    std::map<std::string, enumeration*> own_enums_, known_enums_;
    std::vector<type*> fresh_;
};

} // namespace

description load(const std::vector<std::filesystem::path>& files) {
    description result;
    loader loading{result};
    for (const auto& file : files) loading.load(file);
    return result;
}

std::string snake_case(std::string_view name) {
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool capital = name[i] >= 'A' && name[i] <= 'Z';
        const bool after_small = i > 0 && !(name[i - 1] >= 'A' && name[i - 1] <= 'Z') && name[i - 1] != '_';
        if (capital && after_small) result += '_';
        result += capital ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    }
    return result;
}

std::string identifier(std::string name) {
    static const std::set<std::string, std::less<>> reserved{
        "bool",   "char",     "class",  "default",  "delete", "double",   "enum",    "explicit",
        "export", "friend",   "int",    "long",     "new",    "operator", "private", "protected",
        "public", "register", "return", "template", "this",   "union"};
    if (reserved.contains(name)) name += '_';
    return name;
}

} // namespace gen
