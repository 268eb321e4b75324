// The descriptions in gen/api, read and checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gen {

/// What is wrong with a description or another input, said so that it can be mended.
class input_error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

enum class shape : std::uint8_t { plain, wrapped, list, map };

struct type;
struct enumeration;

struct field {
    std::string name{};                   ///< the server's, in snake_case
    std::optional<std::int64_t> number{}; ///< of the protobuf field
    std::string type_name{};              ///< a scalar, a type or an enumeration
    shape form = shape::plain;
    std::string oneof{};          ///< fields of one name exclude each other
    bool is_inline = false;       ///< a message whose members the request's aggregate takes over
    bool required = false;        ///< the server refuses without it
    bool in_request = true;       ///< false for what only answers hold
    bool is_made = false;         ///< a UUID of ours where it is empty
    std::string source{};         ///< taken from the session instead of the request: "session.token"
    std::string initial{};        ///< of the request's member
    std::string server_default{}; ///< as JSON
    std::optional<std::int64_t> min{}, max{};
    std::string unit{}; ///< of min and max: "bytes", "characters"
    std::string doc{};

    const gen::type* message = nullptr;
    const gen::enumeration* enumeration = nullptr;
};

struct type {
    std::string name{}; ///< the server's, "GroupUserList.GroupUser"
    std::string cpp{};
    std::string group{};
    std::string doc{};
    std::vector<field> fields{};
};

struct enum_value {
    std::string name{};
    std::int64_t number{};
    std::string doc{};
};

struct enumeration {
    std::string name{};
    std::string cpp{};
    std::string group{};
    std::string doc{};
    std::string handwritten{}; ///< the header that has it
    std::vector<enum_value> values{};
};

struct route {
    std::string method{};
    std::string path{}; ///< "/v2/group/{group_id}/add"
    std::string body{}; ///< a field, "*" for all that the path does not hold, empty for none
};

struct operation {
    std::string name{}; ///< the server's, "AddFriends"
    std::string cpp{};
    std::string group{};
    std::string doc{};
    std::vector<std::string> auth{}; ///< session, server_key, http_key, none
    bool idempotent = false;
    std::string session{};     ///< "new" or "updated" by the answer
    std::string handwritten{}; ///< the header that has it
    const type* request = nullptr;
    const type* response = nullptr;
    std::vector<route> routes{};
};

enum class direction : std::uint8_t { client, server, both };

struct message {
    std::string name{};
    std::int64_t number{};
    std::string group{};
    std::string doc{};
    gen::direction direction{};
    std::string answer{}; ///< a message's name, "ack" or "none"; of what the client sends
    bool event = false;   ///< comes unasked as well
    const gen::type* type = nullptr;

    bool sent() const { return direction != gen::direction::server; }
    bool received() const { return direction != gen::direction::client; }
};

struct group {
    std::string name{};
    std::string doc{};
};

/// All that shares a C++ namespace.
struct description {
    std::string api{};     ///< "nakama", "satori"
    std::string version{}; ///< of the server
    std::vector<group> groups{};
    std::vector<operation> operations{};
    std::vector<message> messages{};
    std::list<type> types{}; // referred to by address
    std::list<enumeration> enumerations{};
};

/// Reads descriptions of one API, of which later ones may refer to types of earlier ones.
/// Throws input_error, naming file and place.
description load(const std::vector<std::filesystem::path>& files);

/// "GetUsers" as "get_users".
std::string snake_case(std::string_view name);

/// A name that C++ does not keep for itself: "default" as "default_".
std::string identifier(std::string name);

} // namespace gen
