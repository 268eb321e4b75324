#include "contract/surroundings/boards.hpp"

namespace replay {

std::string run_of(const std::vector<json::object>& exchanges, std::string_view resource,
                   std::string_view board) {
    const std::string prefix = std::string{resource} + '/' + std::string{board} + '-';
    for (const json::object& exchange : exchanges) {
        const std::string path = text(exchange.at("request").as_object(), "path");
        if (!path.starts_with(prefix)) continue;
        const std::string rest = path.substr(prefix.size());
        return rest.substr(0, rest.find('/'));
    }
    return {};
}

} // namespace replay
