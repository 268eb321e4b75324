// How a recorded connection ended, and what our socket has to tell of it.
#pragma once

#include <nakama/close_info.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace nakama::test {

struct close_frame {
    static constexpr std::uint16_t no_code = 1005; ///< stands for a frame without a code

    std::uint16_t code = no_code;
    std::string reason{};
};

struct flow_ending {
    bool by_us = false; ///< we were the first to close
    std::optional<close_frame> server_said{};

    bool is_told_by(const close_info& told) const {
        if (told.initiator != initiator()) return false;
        if (server_said) return is_code_told_by(told) && told.reason == server_said->reason;
        return told.code == 0 && (by_us || !told.reason.empty());
    }

private:
    close_info::by initiator() const {
        if (by_us) return close_info::by::local;
        return server_said ? close_info::by::server : close_info::by::network;
    }

    bool is_code_told_by(const close_info& told) const {
        return told.code == server_said->code ||
               (server_said->code == close_frame::no_code && told.code == 0);
    }
};

inline std::string described(const close_info& told) {
    static constexpr std::array names{"local", "server", "network"};
    const auto by = static_cast<std::size_t>(told.initiator);
    return std::string{by < names.size() ? names[by] : "another"} + ", code " + std::to_string(told.code) +
           ", \"" + told.reason + '"';
}

} // namespace nakama::test
