#include "call/keep_session.hpp"
#include "call/make_pipeline.hpp"

#include <nakama/error.hpp>
#include <satori/client.hpp>

#include <algorithm>
#include <utility>

namespace satori {

namespace call = nakama::call;

namespace {

/// Renews a session as one would by hand.
asio::awaitable<void> refresh(std::shared_ptr<call::pipeline> pipeline,
                              std::shared_ptr<call::session_state> state) {
    struct by_hand : operations {
        explicit by_hand(std::shared_ptr<call::pipeline> shared) : operations{std::move(shared)} {}
    };
    const by_hand api{std::move(pipeline)};
    co_await api.authenticate_refresh(call::session_access::handle<session>(std::move(state)));
}

void stop(std::shared_ptr<call::pipeline> pipeline) noexcept {
    if (pipeline) pipeline->stop();
}

asio::awaitable<flag> flag_or_default(asio::awaitable<flag_list> asked, flag fallback) {
    try {
        const flag_list answer = co_await std::move(asked);
        const auto found = std::ranges::find(answer.flags, fallback.name, &flag::name);
        if (found != answer.flags.end()) co_return *found;
    } catch (const nakama::error& failure) {
        if (failure.code() == nakama::errc::cancelled) throw;
    }
    co_return fallback;
}

} // namespace

operations::operations(std::shared_ptr<call::pipeline> pipeline) noexcept : pipeline_{std::move(pipeline)} {}
operations::~operations() = default;
operations::operations(operations&&) noexcept = default;
operations& operations::operator=(operations&&) noexcept = default;

client::client(asio::any_io_executor executor, client_config config)
    : operations{call::make_pipeline(
          std::move(executor), call::settings_of(std::move(config), std::move(config.api_key)), refresh)} {}

client::~client() {
    stop(std::move(pipeline_));
}

client::client(client&&) noexcept = default;

client& client::operator=(client&& other) noexcept {
    if (this == &other) return *this;
    stop(std::move(pipeline_));
    operations::operator=(std::move(other));
    return *this;
}

asio::awaitable<flag> client::get_flag(const session& session, std::string_view name,
                                       std::string_view default_value, nakama::call_options options) const {
    return flag_or_default(get_flags(session, {.names = {name}}, options),
                           {.name = std::string{name}, .value = std::string{default_value}});
}

asio::awaitable<flag> client::get_flag_without_session(std::string_view name, std::string_view default_value,
                                                       nakama::call_options options) const {
    return flag_or_default(get_flags_without_session({.names = {name}}, options),
                           {.name = std::string{name}, .value = std::string{default_value}});
}

asio::awaitable<std::optional<session>> client::restore_session(std::shared_ptr<nakama::session_store> store,
                                                                std::string_view name,
                                                                nakama::call_options options) const {
    return call::restore<session>(pipeline_, std::move(store), std::string{name}, options);
}

const asio::any_io_executor& client::get_executor() const noexcept {
    return pipeline_->executor();
}

} // namespace satori
