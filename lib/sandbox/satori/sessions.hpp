// What several operations do to sessions and properties.
#pragma once

#include "sandbox/http/request_body.hpp"
#include "sandbox/world.hpp"

#include <satori/api/authentication.hpp>

#include <map>
#include <string>

namespace nakama::sandbox::liveops {

/// New tokens of a session, with the identity's properties.
[[nodiscard]] satori::session_tokens issue(world& world, const std::string& session_id,
                                           const identity_record& record);

/// The properties that a request names.
struct property_changes {
    std::map<std::string, std::string> default_{};
    std::map<std::string, std::string> custom{};

    explicit property_changes(request_body& body)
        : default_{body->text_map("default").value_or(std::map<std::string, std::string>{})},
          custom{body->text_map("custom").value_or(std::map<std::string, std::string>{})} {}

    /// Throws refusal for default properties that are none.
    void check(const state& state) const;
    void apply(satori::properties& properties) const;
};

} // namespace nakama::sandbox::liveops
