// Nakama's client and socket on a recording.
#pragma once

#include "caller.hpp"
#include "realtime/envelope.hpp"

#include <nakama/nakama.hpp>

namespace nakama::test {

struct nakama_caller : recorded_server {
    nakama::client client{io.get_executor(), config()};

    nakama::session session() const { return {token, refresh_token}; }

private:
    client_config config() const {
        client_config result;
        result.transport = script;
        result.seed = 1;
        result.refresh_lead = 0; // recorded tokens have ended long ago
        return result;
    }
};

/// Told how a request ended: with its answer, empty where the request has none, or with what it threw.
using answered = std::function<void(const std::exception_ptr&, const realtime::envelope&)>;

/// Starts a request that has been encoded.
using launch = std::function<void(asio::io_context&, answered)>;

template <class T>
launch sending(asio::awaitable<T> request) {
    auto kept = std::make_shared<asio::awaitable<T>>(std::move(request));
    return [kept](asio::io_context& io, answered told) {
        asio::co_spawn(io, std::move(*kept),
                       [told = std::move(told)](const std::exception_ptr& thrown, auto&&... answer) {
                           realtime::envelope envelope;
                           if (!thrown) ((envelope.message = std::forward<decltype(answer)>(answer)), ...);
                           if (told) told(thrown, envelope);
                       });
    };
}

/// One kind of message that a client sends.
struct recorded_message {
    std::string_view kind{};
    std::function<launch(const socket&, parameters&)> send{};
};

const std::vector<recorded_message>& recorded_messages();
const std::map<std::string, reread>& nakama_answers();
const std::map<std::string, const wire::schema*>& nakama_schemas();
const std::map<std::string, std::span<const wire::enum_name>>& nakama_enumerations();

} // namespace nakama::test
