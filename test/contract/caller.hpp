// A client whose server is a recording, and the tables of what it can be asked.
#pragma once

#include "call/start.hpp"
#include "parameters.hpp"
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

#include <nakama/error.hpp>
#include <nakama/scripted_transport.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::test {

/// What clients of both APIs share.
struct recorded_server {
    asio::io_context io;
    std::shared_ptr<scripted_transport> script = std::make_shared<scripted_transport>();
    std::string token{}, refresh_token{}; ///< of the session that calls

    /// Awaits a call; nothing if it succeeds.
    template <class T>
    std::optional<error> outcome(asio::awaitable<T> call) {
        std::optional<error> failed;
        asio::co_spawn(io, wait(std::move(call), failed), asio::detached);
        io.restart();
        io.run();
        return failed;
    }

private:
    template <class T>
    static asio::awaitable<void> wait(asio::awaitable<T> call, std::optional<error>& failed) {
        try {
            co_await std::move(call);
        } catch (const error& thrown) {
            failed = thrown;
        }
    }
};

/// One way to call an operation.
template <class Caller>
struct recorded_call {
    std::string_view operation{};   ///< the server's name
    std::string_view credentials{}; ///< session, server_key, none
    std::function<std::optional<error>(Caller&, parameters&)> make{};
};

template <class Caller>
const std::vector<recorded_call<Caller>>& recorded_calls();

/// Reads an answer and writes it again; throws std::runtime_error if it cannot be read.
using reread = std::string (*)(std::string_view);

template <class T>
std::string read_and_write(std::string_view text) {
    T message{};
    if (const auto failure = wire::read_json(text, message))
        throw std::runtime_error{failure->where + ": " + failure->what};
    return wire::to_json(message);
}

} // namespace nakama::test
