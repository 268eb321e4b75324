// The fields of a request's body.
#pragma once

#include "sandbox/json/message_reader.hpp"

#include <string>
#include <string_view>

namespace nakama::sandbox {

/// A body's fields. An empty body is an empty message, and what follows the first value is not looked at.
class request_body {
public:
    explicit request_body(const std::string& body)
        : document_{parse_json(is_blank(body) ? std::string_view{"{}"} : std::string_view{body})},
          fields_{document_.text, document_.root, unknown_fields::ignored} {}
    request_body(const request_body&) = delete;
    request_body& operator=(const request_body&) = delete;

    message_reader* operator->() { return &fields_; }
    message_reader& operator*() { return fields_; }

private:
    json_document document_;
    message_reader fields_;
};

} // namespace nakama::sandbox
