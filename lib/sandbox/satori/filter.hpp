// Which definitions a request asks for.
#pragma once

#include "sandbox/http/http_message.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace nakama::sandbox::liveops {

/// Takes what has one of the names and one of the labels; no names and no labels mean any.
class filter {
public:
    /// Throws refusal.
    explicit filter(const query_parameters& parameters)
        : names_{parameters.texts("names")}, labels_{parameters.texts("labels")} {}

    template <class Definition>
    [[nodiscard]] bool takes(const Definition& one) const {
        const auto is_wanted = [this](const std::string& label) { return contains(labels_, label); };
        return (names_.empty() || contains(names_, one.name)) &&
               (labels_.empty() || std::ranges::any_of(one.labels, is_wanted));
    }

private:
    static bool contains(const std::vector<std::string>& list, const std::string& text) {
        return std::ranges::find(list, text) != list.end();
    }

    std::vector<std::string> names_;
    std::vector<std::string> labels_;
};

} // namespace nakama::sandbox::liveops
