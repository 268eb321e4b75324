// Reads the JSON that clients send, and refuses what the real server refuses, in its words.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

enum class json_kind { null, boolean, number, string, array, object };

struct json_key {
    std::string name{};
    std::size_t begin{};
};

/// One value of a document, with its place in it: error texts name line and column.
struct json_value {
    json_kind kind{};
    std::string text{};              ///< of a string, without escapes; of numbers and literals as written
    std::vector<json_value> items{}; ///< of an array, or of an object beside its keys
    std::vector<json_key> keys{};
    std::size_t begin{};
    std::size_t end{};
};

/// Input that cannot be understood.
class malformed : public std::exception {
public:
    explicit malformed(std::string text) : text_{std::move(text)} {}
    const char* what() const noexcept override { return text_.c_str(); }

private:
    std::string text_;
};

struct json_document {
    json_value root{};
    std::string_view text{}; ///< of the root alone: what all places are counted in
    std::string_view rest{}; ///< what follows the root
};

/// Reads the first value of `text`, which must outlive the document. Throws malformed.
[[nodiscard]] json_document parse_json(std::string_view text);

/// The same for where the server uses its standard library alone: what is not Unicode becomes U+FFFD.
[[nodiscard]] json_document parse_lenient(std::string_view text);

/// Whether there is nothing but white space.
[[nodiscard]] bool is_blank(std::string_view text) noexcept;

/// "(line 1:7)"
[[nodiscard]] std::string place_in(std::string_view text, std::size_t offset);

} // namespace nakama::sandbox
