// The streams of a sandbox: groups of sockets that the server's own code makes and speaks to.
#pragma once

#include <nakama/api/presences.hpp>
#include <nakama/api/streams.hpp>
#include <nakama/config.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {

struct world;

/// How a socket is in a stream.
struct stream_user_options {
    bool hidden = false; ///< hears everything, and is neither listed to clients nor announced
    bool persistence = false;
    std::string status{}; ///< for the server's code alone; clients see it in streams of mode 1 only
};

/// A socket in a stream.
struct stream_user {
    user_presence presence{}; ///< with its status
    bool hidden = false;
};

/// Whom data in a stream is for.
struct stream_recipients {
    std::optional<std::vector<std::string>> session_ids{}; ///< all in the stream if unset
    bool reliable = true;
};

/// A view of a server's streams, see server::streams(). Modes 0 to 7 are the server's own: 0 notifications, 1
/// status, 2 rooms, 3 groups, 4 direct messages, 5 and 6 relayed and server matches, 7 parties. They can be
/// looked at and spoken to as well; nobody joins 0 or 7 this way. Subjects and subcontexts are UUIDs or
/// empty. Everything throws std::invalid_argument for a stream that cannot be, and std::logic_error if the
/// server has stopped.
class NAKAMA_API streams {
public:
    /// False if the socket is there already; then nothing changes. Throws std::invalid_argument if there is
    /// no such socket.
    bool join(const stream& stream, std::string_view session_id, const stream_user_options& options = {});
    /// Changes how a socket is in a stream, and joins if it is not; the others see it leave and join at once.
    void update(const stream& stream, std::string_view session_id, const stream_user_options& options);
    /// False if the socket is not there.
    bool leave(const stream& stream, std::string_view session_id);
    /// Takes everybody out. Nobody is told.
    void close(const stream& stream);

    /// Longest present first.
    [[nodiscard]] std::vector<stream_user> list(const stream& stream) const;
    [[nodiscard]] std::size_t count(const stream& stream) const;

    /// Everybody in it hears the data, hidden ones too.
    void send(const stream& stream, const std::string& data, const stream_recipients& to = {});
    /// Sends an envelope as it is. Throws std::invalid_argument for what is no envelope.
    void send_raw(const stream& stream, std::string_view envelope, const stream_recipients& to = {});

private:
    friend class server;
    explicit streams(std::weak_ptr<world> world) : world_{std::move(world)} {}

    std::weak_ptr<world> world_;
};

} // namespace nakama::sandbox
