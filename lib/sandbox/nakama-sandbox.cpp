// A stand-in Nakama server as a program: for demonstrations, and for tests that are not written in C++.
#include <nakama/sandbox/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace sandbox = nakama::sandbox;

constexpr std::string_view usage = R"(Usage: nakama-sandbox [options]

Runs a stand-in Nakama server that keeps everything in memory. The function `echo` returns its payload.

  --port PORT            to listen on, 7350 by default; 0 takes a free one
  --address ADDRESS      to listen on, 127.0.0.1 by default
  --server-key KEY       what clients authenticate with, "defaultkey" by default
  --http-key KEY         what functions may be called with, "defaulthttpkey" by default
  --satori-api-key KEY   what clients of Satori authenticate with, "defaultsatorikey" by default
  --token-expiry SECONDS life of a session's token, 60 by default
  --verbose              a line for every request and message
  --help                 this text
)";

class bad_argument : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

template <class Number>
Number to_number(std::string_view option, std::string_view text, Number min, Number max) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size() || number < min || number > max)
        throw bad_argument{std::string{option} + " wants a number from " + std::to_string(min) + " to " +
                           std::to_string(max) + ", not \"" + std::string{text} + '"'};
    return number;
}

/// Nothing if only help was asked for.
std::optional<sandbox::server_config> read_arguments(int count, char** arguments) {
    sandbox::server_config config;
    config.port = 7350;
    for (int i = 1; i < count; ++i) {
        std::string_view option = arguments[i];
        std::optional<std::string_view> attached;
        if (const auto equals = option.find('=');
            option.starts_with("--") && equals != std::string_view::npos) {
            attached = option.substr(equals + 1);
            option = option.substr(0, equals);
        }
        const auto value = [&]() -> std::string_view {
            if (attached) return *attached;
            if (i + 1 >= count) throw bad_argument{std::string{option} + " wants a value"};
            return arguments[++i];
        };
        if (option == "--help" || option == "-h") return {};
        if (option == "--port") config.port = to_number<std::uint16_t>(option, value(), 0, 65535);
        else if (option == "--address") config.address = value();
        else if (option == "--server-key") config.server_key = value();
        else if (option == "--http-key") config.http_key = value();
        else if (option == "--satori-api-key") config.satori_api_key = value();
        else if (option == "--token-expiry")
            config.token_expiry = std::chrono::seconds{to_number<int>(option, value(), 1, 1'000'000'000)};
        else if (option == "--verbose")
            config.log = [](const std::string& line) { std::cout << line << std::endl; };
        else throw bad_argument{"there is no option " + std::string{option}};
    }
    return config;
}

} // namespace

int main(int count, char** arguments) {
    std::string where;
    try {
        const auto config = read_arguments(count, arguments);
        if (!config) {
            std::cout << usage;
            return 0;
        }
        boost::asio::io_context io{1};
        where = config->address + ':' + std::to_string(config->port);
        sandbox::server server{io.get_executor(), *config};
        server.register_rpc("echo",
                            [](const sandbox::rpc_context&, const std::string& payload) { return payload; });

        boost::asio::signal_set signals{io, SIGINT, SIGTERM};
        signals.async_wait([&](const boost::system::error_code& failed, int) {
            if (failed) return;
            server.stop();
            io.stop();
        });
        std::cout << "nakama-sandbox listens on " << config->address << ':' << server.port() << std::endl;
        io.run();
        std::cout << "nakama-sandbox ends" << std::endl;
        return 0;
    } catch (const bad_argument& bad) {
        std::cerr << "nakama-sandbox: " << bad.what() << "; see --help\n";
        return 2;
    } catch (const boost::system::system_error& failure) {
        std::cerr << "nakama-sandbox: cannot listen on " << where << ": " << failure.code().message() << '\n';
        return 1;
    } catch (const std::exception& failure) {
        std::cerr << "nakama-sandbox: " << failure.what() << '\n';
        return 1;
    }
}
