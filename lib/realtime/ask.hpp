// How the socket's generated requests are sent and answered.
#pragma once

#include "connection.hpp"
#include "wire/json_writer.hpp"

#include <nakama/call_options.hpp>
#include <nakama/error.hpp>

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace nakama::realtime {

/// The message of one request, `{"cid":"7","match_create":{...}}`; errors of encoding come when it is
/// awaited.
struct encoded {
    realtime::frame frame{};
    std::optional<error> failure{};
};

/// `operation` is the message's kind and must outlive what is made of it; only answered ones get a cid.
[[nodiscard]] encoded encode(const std::shared_ptr<connection>& connection, std::string_view operation,
                             bool answered, const call_options& options,
                             const std::function<void(wire::json_writer&)>& members);

/// A field of several that exclude each other: a second one would be fatal beside the first.
struct alternative {
    std::string_view name{};
    std::string_view value{};
};

/// Throws errc::invalid_argument if more than one is set.
void require_one_at_most(std::initializer_list<alternative> fields);

[[nodiscard]] error unexpected_answer(std::string_view operation);

template <class Answer>
asio::awaitable<Answer> ask(std::shared_ptr<connection> connection, encoded message) {
    if (message.failure) throw *message.failure;
    const std::string_view operation = message.frame.operation;
    envelope answer;
    co_await connection->request(std::move(message.frame), answer);
    if constexpr (!std::is_void_v<Answer>) {
        if (auto* expected = answer.message.template get_if<Answer>()) co_return std::move(*expected);
        throw unexpected_answer(operation);
    }
}

/// Completes when the message is queued.
asio::awaitable<void> tell(std::shared_ptr<connection> connection, encoded message);

} // namespace nakama::realtime
