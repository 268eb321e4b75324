#include "ask.hpp"

namespace nakama::realtime {
namespace {

constexpr std::size_t most_kept = std::size_t{8} * 1024; // twice what a server takes

error refusal(std::string_view operation, std::string message) {
    return error{errc::invalid_argument,
                 error_details{.message = std::move(message), .operation = std::string{operation}}};
}

} // namespace

encoded encode(const std::shared_ptr<connection>& connection, std::string_view operation, bool answered,
               const call_options& options, const std::function<void(wire::json_writer&)>& members) {
    encoded result{.frame = {.operation = operation, .options = options}};
    if (!connection) {
        result.failure = refusal(operation, "the socket has been moved from");
        return result;
    }
    if (answered) result.frame.cid = connection->requests.next_cid();
    try {
        std::string& text = connection->scratch;
        text.clear();
        wire::json_writer writer{text};
        writer.begin_object();
        writer.member("cid", std::string_view{result.frame.cid});
        writer.key(operation);
        writer.begin_object();
        members(writer);
        writer.end_object();
        writer.end_object();
        result.frame.text = text;
        if (text.capacity() > most_kept) std::string{}.swap(text);
    } catch (const error& failure) {
        result.failure = refusal(operation, failure.message());
    }
    return result;
}

void require_one_at_most(std::initializer_list<alternative> fields) {
    std::string set;
    int count = 0;
    for (const auto& [name, value] : fields) {
        if (value.empty()) continue;
        set.append(count++ == 0 ? "" : " or ").append(name);
    }
    if (count > 1) throw error{errc::invalid_argument, "set " + set + ", not both"};
}

error unexpected_answer(std::string_view operation) {
    return error{errc::malformed_answer,
                 error_details{.message = "the server answered with another kind of message",
                               .operation = std::string{operation},
                               .maybe_sent = true}};
}

asio::awaitable<void> tell(std::shared_ptr<connection> connection, encoded message) {
    if (message.failure) throw *message.failure;
    if (connection->send_at_once(message.frame)) co_return;
    co_await connection->send(std::move(message.frame));
}

} // namespace nakama::realtime
