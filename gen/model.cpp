#include "model.hpp"

#include <algorithm>

namespace gen {

std::string member::path() const {
    std::string result;
    for (const auto* outer : within) result += outer->name + '.';
    return result + field->name;
}

std::string member::numbers() const {
    if (!field->number) return {};
    std::string result;
    for (const auto* outer : within) result += std::to_string(outer->number.value_or(0)) + '.';
    return result + std::to_string(*field->number);
}

bool request::has_required() const {
    return std::ranges::any_of(members, [](const member& m) { return m.field->required; });
}

model::model(description read)
    : read_{std::move(read)}, vocabulary_{read_.api == "nakama" ? "" : "nakama::"} {
    find_owning();
    find_requests();
    check_names();
}

void model::check_names() const {
    std::map<std::string, std::string> taken;
    const auto take = [&](const std::string& cpp, const std::string& what) {
        const auto [other, fresh] = taken.emplace(cpp, what);
        if (!fresh)
            throw input_error{what + " and " + other->second + " are both called " + cpp +
                              " in C++: give one of them another name by \"cpp\""};
    };
    for (const auto* each : owning_) take(each->cpp, "type " + each->name);
    for (const auto& each : requests_) take(each.cpp, "the request made of " + each.type->name);
    for (const auto& each : read_.enumerations) take(each.cpp, "enumeration " + each.name);
}

/// Answers and events own, and so does what nobody asks for: functions of the server hand it out as JSON.
void model::find_owning() {
    std::set<const type*> asked;
    const auto ask = [&](const type* type, auto&& again) -> void {
        if (!type || !asked.insert(type).second) return;
        for (const field& each : type->fields) again(each.message, again);
    };
    for (const auto& operation : read_.operations) ask(operation.request, ask);
    for (const auto& message : read_.messages)
        if (message.sent()) ask(message.type, ask);

    for (const auto& operation : read_.operations)
        if (operation.response) own(*operation.response);
    for (const auto& message : read_.messages)
        if (message.received()) own(*message.type);
    for (const auto& type : read_.types)
        if (!asked.contains(&type)) own(type);
}

void model::own(const type& type) {
    if (!owns_.insert(&type).second) return;
    for (const field& each : type.fields)
        if (each.message) own(*each.message);
    owning_.push_back(&type);
}

void model::find_requests() {
    const auto add = [&](const std::string& cpp, const std::string& group, const type& type) {
        if (request_of(cpp)) return; // shared by an operation and a message
        for (const field& each : type.fields)
            if (each.message && !each.is_inline) borrow(*each.message);
        request result{.cpp = cpp + "_request", .group = group, .doc = type.doc, .type = &type};
        add_members(result, type, {});
        if (!result.members.empty()) requests_.push_back(std::move(result));
    };
    for (const auto& operation : read_.operations)
        if (operation.request) {
            // Handwritten ones share the aggregate that the socket's message of their name has.
            if (operation.handwritten.empty()) add(operation.cpp, operation.group, *operation.request);
        }
    for (const auto& message : read_.messages)
        if (message.sent()) add(message.name, message.group, *message.type);
}

void model::borrow(const type& type) {
    if (elements_.contains(&type)) return;
    for (const field& each : type.fields)
        if (each.message && !each.is_inline) borrow(*each.message);
    const bool reference = is_owning(type);
    request result{.cpp = reference ? type.cpp + "_ref" : type.cpp,
                   .group = type.group,
                   .doc = type.doc,
                   .type = &type,
                   .is_reference = reference};
    add_members(result, type, {});
    elements_[&type] = requests_.size();
    requests_.push_back(std::move(result));
}

void model::add_members(request& to, const type& from, std::vector<const field*> within) {
    for (const field& each : from.fields) {
        if (!each.source.empty() || !each.in_request) continue;
        if (each.is_inline) {
            auto deeper = within;
            deeper.push_back(&each);
            add_members(to, *each.message, std::move(deeper));
        } else {
            to.members.push_back({.field = &each, .within = within, .name = identifier(each.name)});
        }
    }
}

const request* model::request_of(std::string_view cpp) const {
    const auto name = std::string{cpp} + "_request";
    const auto found = std::ranges::find(requests_, name, &request::cpp);
    return found == requests_.end() ? nullptr : &*found;
}

const request* model::element_of(const type& type) const {
    const auto found = elements_.find(&type);
    return found == elements_.end() ? nullptr : &requests_[found->second];
}

std::string model::element_type(const field& field, bool owning, const std::set<std::string>& hidden) const {
    const auto visible = [&](const std::string& name) {
        return hidden.contains(name) ? read_.api + "::" + name : name;
    };
    if (field.enumeration) return visible(field.enumeration->cpp);
    if (field.message) return visible(owning ? field.message->cpp : element_of(*field.message)->cpp);
    if (field.type_name == "string" || field.type_name == "bytes")
        return owning ? "std::string" : "std::string_view";
    if (field.type_name == "int32" || field.type_name == "int64" || field.type_name == "uint32")
        return "std::" + field.type_name + "_t";
    if (field.type_name == "timestamp")
        return hidden.contains("timestamp") ? "nakama::timestamp" : vocabulary_ + "timestamp";
    return field.type_name; // bool, double
}

std::string model::owning_type(const field& field, const std::set<std::string>& hidden) const {
    const auto element = element_type(field, true, hidden);
    switch (field.form) {
    case shape::wrapped:
        return "std::optional<" + element + '>';
    case shape::list:
        return "std::vector<" + element + '>';
    case shape::map:
        return "std::map<std::string, " + element + '>';
    case shape::plain:
        break;
    }
    return element;
}

std::string model::borrowing_type(const field& field, const std::set<std::string>& hidden) const {
    const auto element = element_type(field, false, hidden);
    switch (field.form) {
    case shape::wrapped:
        return "std::optional<" + element + '>';
    case shape::list:
        return vocabulary_ + (field.type_name == "string" ? "text_list" : "list_view<" + element + '>');
    case shape::map:
        return vocabulary_ + "list_view<" + vocabulary_ +
               (field.type_name == "double" ? "number_entry" : "string_entry") + '>';
    case shape::plain:
        break;
    }
    return element;
}

std::set<std::string> model::needs(std::string_view group) const {
    std::set<std::string> result;
    const auto need = [&](const field& field) {
        if (field.message) result.insert(field.message->group);
        if (field.enumeration && field.enumeration->handwritten.empty())
            result.insert(field.enumeration->group);
    };
    for (const auto* type : owning_)
        if (type->group == group)
            for (const field& each : type->fields) need(each);
    for (const auto& request : requests_)
        if (request.group == group)
            for (const member& each : request.members) need(*each.field);
    result.erase(std::string{group});
    return result;
}

std::vector<const operation*> model::operations_of(std::string_view group) const {
    std::vector<const operation*> result;
    for (const auto& each : read_.operations)
        if (each.group == group && each.handwritten.empty()) result.push_back(&each);
    return result;
}

std::vector<const message*> model::sent_of(std::string_view group) const {
    std::vector<const message*> result;
    for (const auto& each : read_.messages)
        if (each.group == group && each.sent()) result.push_back(&each);
    return result;
}

std::vector<const message*> model::received() const {
    std::vector<const message*> result;
    for (const auto& each : read_.messages)
        if (each.received()) result.push_back(&each);
    return result;
}

} // namespace gen
