// The descriptions of gen/api, for what a recording means.
#pragma once

#include "plain_request.hpp"

namespace nakama::test {

namespace json = boost::json;

/// They know the types of what travels as text.
class api_description {
public:
    explicit api_description(const std::filesystem::path& file) : document_{load(file)} { add(document_); }

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

} // namespace nakama::test
