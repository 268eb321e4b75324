#include "realtime/connection.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/realtime_operations.hpp>

namespace nakama {

using realtime::connection;
using realtime::envelope;
using realtime::frame;
using wire::json_writer;

namespace {

error refuse(std::string_view operation, std::string message) {
    return error{errc::invalid_argument,
                 error_details{.message = std::move(message), .operation = std::string{operation}}};
}

/// The message of one request, `{"cid":"7","match_create":{...}}`; encoding errors come when it is awaited.
struct encoded {
    realtime::frame frame{};
    std::optional<error> failure{};
};

template <class Encode>
encoded encode(const std::shared_ptr<connection>& connection, std::string_view operation, bool answered,
               const call_options& options, Encode members) {
    encoded result{.frame = {.operation = operation, .options = options}};
    if (!connection) {
        result.failure = refuse(operation, "the socket has been moved from");
        return result;
    }
    if (answered) result.frame.cid = connection->requests.next_cid();
    try {
        json_writer writer{result.frame.text};
        writer.begin_object();
        writer.member("cid", std::string_view{result.frame.cid});
        writer.key(operation);
        writer.begin_object();
        members(writer);
        writer.end_object();
        writer.end_object();
    } catch (const error& failure) {
        result.failure = refuse(operation, failure.message());
    }
    return result;
}

template <class Answer>
asio::awaitable<Answer> ask(std::shared_ptr<connection> connection, encoded message) {
    if (message.failure) throw *message.failure;
    const std::string operation{message.frame.operation};
    envelope answer = co_await connection->request(std::move(message.frame));
    if constexpr (!std::is_void_v<Answer>) {
        if (auto* expected = std::get_if<Answer>(&answer.message)) co_return std::move(*expected);
        throw error{errc::malformed_answer,
                    error_details{.message = "the server answered with another kind of message",
                                  .operation = operation,
                                  .maybe_sent = true}};
    }
}

asio::awaitable<void> tell(std::shared_ptr<connection> connection, encoded message) {
    if (message.failure) throw *message.failure;
    co_await connection->send(std::move(message.frame));
}

} // namespace

realtime_operations::realtime_operations(std::shared_ptr<connection> connection) noexcept
    : connection_{std::move(connection)} {}
realtime_operations::~realtime_operations() = default;
realtime_operations::realtime_operations(realtime_operations&&) noexcept = default;
realtime_operations& realtime_operations::operator=(realtime_operations&&) noexcept = default;

connection& realtime_operations::connected() const {
    if (!connection_) throw error{errc::invalid_argument, "the socket has been moved from"};
    return *connection_;
}

asio::awaitable<channel> realtime_operations::channel_join(const channel_join_request& request,
                                                           call_options options) const {
    return ask<channel>(connection_,
                        encode(connection_, "channel_join", true, options, [&](json_writer& out) {
                            out.member("target", request.target);
                            out.member("type", static_cast<std::int32_t>(request.type));
                            out.member("persistence", request.persistence);
                            out.member("hidden", request.hidden);
                        }));
}

asio::awaitable<void> realtime_operations::channel_leave(const channel_leave_request& request,
                                                         call_options options) const {
    return ask<void>(connection_, encode(connection_, "channel_leave", true, options, [&](json_writer& out) {
                         out.member("channel_id", request.channel_id);
                     }));
}

asio::awaitable<channel_message_ack>
realtime_operations::channel_message_send(const channel_message_send_request& request,
                                          call_options options) const {
    return ask<channel_message_ack>(
        connection_, encode(connection_, "channel_message_send", true, options, [&](json_writer& out) {
            out.member("channel_id", request.channel_id);
            out.member("content", request.content);
        }));
}

asio::awaitable<match> realtime_operations::match_create(const match_create_request& request,
                                                         call_options options) const {
    return ask<match>(connection_, encode(connection_, "match_create", true, options,
                                          [&](json_writer& out) { out.member("name", request.name); }));
}

asio::awaitable<match> realtime_operations::match_join(const match_join_request& request,
                                                       call_options options) const {
    return ask<match>(connection_, encode(connection_, "match_join", true, options, [&](json_writer& out) {
                          // One of two that exclude each other: the second would be fatal beside the first.
                          if (!request.match_id.empty() && !request.token.empty())
                              throw error{errc::invalid_argument, "set match_id or token, not both"};
                          out.member("match_id", request.match_id);
                          out.member("token", request.token);
                          out.member("metadata", request.metadata);
                      }));
}

asio::awaitable<void> realtime_operations::match_leave(const match_leave_request& request,
                                                       call_options options) const {
    return ask<void>(connection_, encode(connection_, "match_leave", true, options, [&](json_writer& out) {
                         out.member("match_id", request.match_id);
                     }));
}

asio::awaitable<void> realtime_operations::match_data_send(const match_data_send_request& request,
                                                           call_options options) const {
    return tell(connection_, encode(connection_, "match_data_send", false, options, [&](json_writer& out) {
                    out.member("match_id", request.match_id);
                    out.member("op_code", request.op_code);
                    if (!request.data.empty()) {
                        out.key("data");
                        out.bytes(request.data);
                    }
                    if (!request.presences.empty()) {
                        out.key("presences");
                        out.begin_list();
                        for (const user_presence_ref& presence : request.presences) {
                            out.begin_object();
                            out.member("user_id", presence.user_id);
                            out.member("session_id", presence.session_id);
                            out.member("username", presence.username);
                            out.end_object();
                        }
                        out.end_list();
                    }
                    out.member("reliable", request.reliable);
                }));
}

asio::awaitable<matchmaker_ticket> realtime_operations::matchmaker_add(const matchmaker_add_request& request,
                                                                       call_options options) const {
    return ask<matchmaker_ticket>(connection_,
                                  encode(connection_, "matchmaker_add", true, options, [&](json_writer& out) {
                                      out.member("min_count", request.min_count);
                                      out.member("max_count", request.max_count);
                                      out.member("query", request.query);
                                      out.member("string_properties", request.string_properties);
                                      out.member("numeric_properties", request.numeric_properties);
                                      out.member("count_multiple", request.count_multiple);
                                  }));
}

asio::awaitable<void> realtime_operations::matchmaker_remove(const matchmaker_remove_request& request,
                                                             call_options options) const {
    return ask<void>(connection_, encode(connection_, "matchmaker_remove", true, options,
                                         [&](json_writer& out) { out.member("ticket", request.ticket); }));
}

listener realtime_operations::on_channel_message(std::function<void(const channel_message&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_channel_presence_event(
    std::function<void(const channel_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_match_data(std::function<void(const match_data&)> call) const {
    return connected().events->listen(std::move(call));
}
listener
realtime_operations::on_match_presence_event(std::function<void(const match_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener
realtime_operations::on_matchmaker_matched(std::function<void(const matchmaker_matched&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_notifications(std::function<void(const notifications&)> call) const {
    return connected().events->listen(std::move(call));
}
listener
realtime_operations::on_status_presence_event(std::function<void(const status_presence_event&)> call) const {
    return connected().events->listen(std::move(call));
}
listener realtime_operations::on_error(std::function<void(const realtime_error&)> call) const {
    return connected().events->listen(std::move(call));
}

template <class Event>
event_stream<Event> realtime_operations::open_stream(stream_options options) const {
    return connected().events->open<Event>(options, connected().has_ended());
}

template NAKAMA_API event_stream<channel_message> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<channel_presence_event>
    realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<match_data> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<match_presence_event> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<matchmaker_matched> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<notifications> realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<status_presence_event>
    realtime_operations::open_stream(stream_options) const;
template NAKAMA_API event_stream<realtime_error> realtime_operations::open_stream(stream_options) const;

} // namespace nakama
