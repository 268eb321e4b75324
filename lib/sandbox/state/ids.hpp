// Makes identifiers, and tells whether text is one.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace nakama::sandbox {

/// The same identifiers in the same order for the same seed; others every time for seed 0.
class id_source {
public:
    explicit id_source(std::uint64_t seed);

    [[nodiscard]] std::string uuid();       ///< version 4, of users, tickets, matches, ...
    [[nodiscard]] std::string session_id(); ///< version 1, of sockets
    [[nodiscard]] std::string username();   ///< ten letters

private:
    std::string random_uuid(char version);

    std::mt19937_64 random_;
};

/// The id of what has a name: version 5 in the name space of DNS.
[[nodiscard]] std::string named_uuid(std::string_view name);

/// In lower case with dashes; also accepts the forms without dashes, in braces and as URN, as the server
/// does.
[[nodiscard]] std::optional<std::string> parse_uuid(std::string_view text);

/// The id of a match or a party: the server's node after a dot, nothing after it for relayed matches.
struct node_address {
    std::string uuid{};
    std::string node{};

    [[nodiscard]] std::string id() const { return uuid + '.' + node; }
};
[[nodiscard]] std::optional<node_address> read_node_address(std::string_view id);

inline constexpr std::string_view nil_uuid = "00000000-0000-0000-0000-000000000000";

} // namespace nakama::sandbox
