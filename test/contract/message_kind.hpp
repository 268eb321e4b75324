// What a message of the socket is called.
#pragma once

#include "parameters.hpp"

#include <boost/json.hpp>

#include <string>

namespace nakama::test {

namespace json = boost::json;

/// The kind of a message: its member besides the cid; empty without one.
inline std::string kind_of(const json::object& message) {
    std::string result;
    for (const auto& each : message) {
        if (each.key() == "cid") continue;
        if (!result.empty()) throw inexpressible{"two kinds in one message"};
        result = each.key();
    }
    return result;
}

} // namespace nakama::test
