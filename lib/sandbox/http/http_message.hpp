// Requests and answers, free of how they travel.
#pragma once

#include "sandbox/json/message_reader.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct http_request {
    std::string method{};
    std::string path{};  ///< as sent
    std::string query{}; ///< as sent, without the question mark
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    std::string damage{}; ///< what is wrong with a compressed body, of which there is what could be read
    std::vector<std::pair<std::string, std::string>>
        path_values{};            ///< what the path has for a route's braces
    std::string_view operation{}; ///< whose hook has not been asked yet; see hooks.hpp
    std::string client_ip{};
    std::string client_port{};

    /// The text in place of {name} in the route's path, decoded. Throws refusal for what is not UTF-8.
    [[nodiscard]] const std::string& path_value(std::string_view name) const;
    /// All values of a header, whose name is given in lower case.
    [[nodiscard]] std::vector<std::string> header(std::string_view name) const;
};

struct http_answer {
    int status = 200;
    std::string reason{}; ///< other than the status's own
    std::string body{};
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers{};
    bool plain = false; ///< without the headers that all answers of the API have
    bool close = false; ///< the connection ends after it
};

/// The parameters of a request's query, in order.
class query_parameters {
public:
    /// As the API's own functions take them: malformed ones are left out.
    [[nodiscard]] static query_parameters lenient(std::string_view query);
    /// As the operations take them. Throws refusal.
    [[nodiscard]] static query_parameters strict(std::string_view query);

    [[nodiscard]] bool has(std::string_view name) const;
    /// The first one's value, or "".
    [[nodiscard]] std::string first(std::string_view name) const;
    [[nodiscard]] std::map<std::string, std::vector<std::string>> all() const;

    /// Fields of a request: names in snake_case or camelCase, one value each. They throw refusal.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view name) const;
    [[nodiscard]] std::optional<std::int32_t> int32(std::string_view name) const;
    [[nodiscard]] std::optional<std::int64_t> int64(std::string_view name) const;
    [[nodiscard]] std::optional<std::uint32_t> uint32(std::string_view name) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;

private:

    std::vector<std::pair<std::string, std::string>> values_;
};

/// A header's name with each of its words in upper case, without blanks around it.
[[nodiscard]] std::string canonical_header(std::string_view name);

/// The HTTP status that goes with a gRPC code.
[[nodiscard]] int http_status(int grpc_code) noexcept;

} // namespace nakama::sandbox
