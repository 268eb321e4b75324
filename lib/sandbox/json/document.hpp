// Reads JSON documents that users write, and says where something is wrong with them.
#pragma once

#include "sandbox/json/json_input.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

class document_object;

/// One value with its place, "accounts[3].email".
class document_value {
public:
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] json_kind kind() const noexcept { return value_->kind; }

    /// Throws std::invalid_argument: "seed.json:3:14: accounts[3].email: WHY".
    [[noreturn]] void wrong(const std::string& why) const;

    // Each throws the same for a value of another kind.
    [[nodiscard]] const std::string& text() const;
    [[nodiscard]] bool flag() const;
    [[nodiscard]] std::int64_t integer(std::int64_t min, std::int64_t max) const;
    /// Of seconds, or a text: "250ms", "2s", "1m", "1h".
    [[nodiscard]] std::chrono::milliseconds duration() const;
    [[nodiscard]] std::vector<document_value> items() const;
    [[nodiscard]] document_object object() const;
    /// The JSON of an object, or the text of one that is written as text.
    [[nodiscard]] std::string json_text() const;

private:
    friend class document;
    friend class document_object;
    document_value(const struct document_source& source, const json_value& value, std::string path)
        : source_{&source}, value_{&value}, path_{std::move(path)} {}

    const document_source* source_;
    const json_value* value_;
    std::string path_;
};

/// The members of an object, each to be asked for by its name.
class document_object {
public:
    /// Nothing if it is not there, or null.
    [[nodiscard]] std::optional<document_value> find(std::string_view name);
    [[nodiscard]] document_value need(std::string_view name);
    /// All of them, for an object whose members' names mean something.
    [[nodiscard]] std::vector<std::pair<std::string, document_value>> members() const;
    /// Refuses members that were not asked for.
    void finish() const;

private:
    friend class document_value;
    explicit document_object(const document_value& object);

    document_value object_;
    std::vector<bool> known_;
};

/// What its values point into.
struct document_source {
    std::string name{};
    std::string text{};
    json_document parsed{};

    [[nodiscard]] std::size_t offset_of(const json_value& value) const;
};

class document {
public:
    /// `name` stands in errors. Throws std::invalid_argument for what is no JSON.
    document(std::string_view text, std::string_view name);

    [[nodiscard]] document_value root() const { return {*source_, source_->parsed.root, {}}; }

private:
    std::unique_ptr<document_source> source_;
};

} // namespace nakama::sandbox
