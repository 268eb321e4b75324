#include "start.hpp"

#include "wire/schema.hpp"

namespace nakama::wire {

template <>
const schema& schema_of<call::nothing>() {
    static constexpr schema layout{"nothing", {}};
    return layout;
}

} // namespace nakama::wire

namespace nakama::call {
namespace {

error refusal(const operation& operation, std::string message) {
    return error{errc::invalid_argument,
                 error_details{.message = std::move(message), .operation = std::string{operation.name}}};
}

asio::awaitable<answered> fail(error failure) {
    throw failure;
    co_return answered{}; // makes it a coroutine: the error comes when it is awaited
}

} // namespace

prepared prepare(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                 const call_options& options, const encoder& encode) {
    if (!pipeline) return refusal(operation, "the client has been moved from");
    request result{.operation = &operation, .options = options, .random = &pipeline->random()};
    try {
        encode(result);
    } catch (const error& failure) {
        return refusal(operation, failure.message());
    }
    return result;
}

prepared prepare(const std::shared_ptr<pipeline>& pipeline, const operation& operation,
                 std::shared_ptr<session_state> session, const call_options& options, const encoder& encode) {
    if (session->token().empty()) return refusal(operation, "the session is empty: sign in first");
    auto result = prepare(pipeline, operation, options, encode);
    if (auto* ready = std::get_if<request>(&result)) ready->session = std::move(session);
    return result;
}

asio::awaitable<answered> carry_out(std::shared_ptr<pipeline> pipeline, prepared call) {
    if (auto* failure = std::get_if<error>(&call)) return fail(std::move(*failure));
    return perform(std::move(pipeline), std::get<request>(std::move(call)));
}

asio::awaitable<void> done(asio::awaitable<nothing> answer) {
    co_await std::move(answer);
}

} // namespace nakama::call
