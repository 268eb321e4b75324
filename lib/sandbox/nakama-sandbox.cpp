// A stand-in Nakama server as a program: for demonstrations, and for tests that are not written in C++.
#include <nakama/sandbox/server.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/system/system_error.hpp>

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

namespace sandbox = nakama::sandbox;

constexpr std::string_view usage = R"(Usage: nakama-sandbox [options]

Runs a stand-in Nakama server that keeps everything in memory. The function `echo` returns its payload.
It ends by SIGINT or SIGTERM.

Where it listens
  --port PORT                     7350 by default; 0 takes a free one
  --address ADDRESS               127.0.0.1 by default
  --tls                           speak TLS, with a certificate that is made now unless one is named
  --tls-certificate FILE          PEM, its chain below it
  --tls-key FILE                  PEM without a password; not needed if the certificate's file has it
  --tls-trust FILE                write there what clients have to trust, PEM

How it behaves
  --server-key KEY                what clients authenticate with, "defaultkey" by default
  --http-key KEY                  what functions may be called with, "defaulthttpkey" by default
  --satori-api-key KEY            what clients of Satori authenticate with, "defaultsatorikey" by default
  --token-expiry SECONDS          life of a session's token, 60 by default
  --refresh-token-expiry SECONDS  life of a refresh token, 3600 by default
  --matchmaker-interval MS        milliseconds between two searches for matches, 100 by default
  --seed N                        of ids and tokens: the same ones every time; 0, the default, makes other ones

What it begins with
  --seed-file FILE                JSON: accounts and what they have, see nakama/sandbox/server.hpp
  --faults FILE                   JSON: what is to go wrong, see nakama/sandbox/faults.hpp

What it tells
  --log WHERE                     a line for every request and message: "stdout", "stderr", or a file to append to
  --verbose                       the same as --log stdout
  --version                       its version
  --help                          this text
)";

class bad_argument : public std::invalid_argument {
public:
    using std::invalid_argument::invalid_argument;
};

struct options {
    enum class action { serve, help, version };
    action what = action::serve;
    sandbox::server_config config{};
    std::string seed_file{};
    std::string faults_file{};
    std::string trust_file{};
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

std::string read_file(std::string_view option, const std::string& name) {
    std::ifstream file{name, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    if (!file) throw bad_argument{std::string{option} + ": cannot read " + name};
    return text;
}

std::function<void(const std::string&)> log_to(const std::string& where) {
    if (where == "stdout") return [](const std::string& line) { std::cout << line << std::endl; };
    if (where == "stderr") return [](const std::string& line) { std::cerr << line << std::endl; };
    const auto file = std::make_shared<std::ofstream>(where, std::ios::app);
    if (!*file) throw bad_argument{"--log: cannot write " + where};
    return [file](const std::string& line) { *file << line << std::endl; };
}

/// The arguments one by one: "--port 7350" and "--port=7350".
class argument_reader {
public:
    argument_reader(int count, char** arguments) : count_{count}, arguments_{arguments} {}

    [[nodiscard]] std::optional<std::string_view> next() {
        if (at_ >= count_) return {};
        option_ = arguments_[at_++];
        attached_.reset();
        const auto equals = option_.find('=');
        if (option_.starts_with("--") && equals != std::string_view::npos) {
            attached_ = option_.substr(equals + 1);
            option_ = option_.substr(0, equals);
        }
        return option_;
    }
    [[nodiscard]] std::string value() {
        if (!attached_ && at_ >= count_) throw bad_argument{std::string{option_} + " wants a value"};
        const std::string_view value = attached_ ? *attached_ : arguments_[at_++];
        attached_.reset();
        return std::string{value};
    }
    template <class Number>
    [[nodiscard]] Number number(Number min, Number max) {
        const std::string_view option = option_;
        return to_number<Number>(option, value(), min, max);
    }
    /// After what takes no value.
    void finish() const {
        if (attached_) throw bad_argument{std::string{option_} + " takes no value"};
    }

private:
    int count_;
    char** arguments_;
    int at_ = 1;
    std::string_view option_{};
    std::optional<std::string_view> attached_{};
};

options read_arguments(int count, char** arguments) {
    constexpr int longest = 1'000'000'000;
    options wanted;
    sandbox::server_config& config = wanted.config;
    config.port = 7350;
    const auto tls = [&]() -> sandbox::tls_config& {
        if (!config.tls) config.tls.emplace();
        return *config.tls;
    };
    argument_reader read{count, arguments};
    while (const auto option = read.next()) {
        if (option == "--help" || option == "-h") wanted.what = options::action::help;
        else if (option == "--version") wanted.what = options::action::version;
        else if (option == "--port") config.port = read.number<std::uint16_t>(0, 65535);
        else if (option == "--address") config.address = read.value();
        else if (option == "--tls") tls();
        else if (option == "--tls-certificate") tls().certificate_file = read.value();
        else if (option == "--tls-key") tls().private_key_file = read.value();
        else if (option == "--tls-trust") tls(), wanted.trust_file = read.value();
        else if (option == "--server-key") config.server_key = read.value();
        else if (option == "--http-key") config.http_key = read.value();
        else if (option == "--satori-api-key") config.satori_api_key = read.value();
        else if (option == "--token-expiry")
            config.token_expiry = std::chrono::seconds{read.number(1, longest)};
        else if (option == "--refresh-token-expiry")
            config.refresh_token_expiry = std::chrono::seconds{read.number(1, longest)};
        else if (option == "--matchmaker-interval")
            config.matchmaker_interval = std::chrono::milliseconds{read.number(1, longest)};
        else if (option == "--seed")
            config.seed = read.number<std::uint64_t>(0, std::numeric_limits<std::uint64_t>::max());
        else if (option == "--seed-file") wanted.seed_file = read.value();
        else if (option == "--faults") wanted.faults_file = read.value();
        else if (option == "--log") config.log = log_to(read.value());
        else if (option == "--verbose") config.log = log_to("stdout");
        else throw bad_argument{"there is no option " + std::string{*option}};
        read.finish();
        if (wanted.what != options::action::serve) break;
    }
    return wanted;
}

/// Puts in what the files say.
void prepare(sandbox::server& server, const options& wanted) {
    server.register_rpc("echo",
                        [](const sandbox::rpc_context&, const std::string& payload) { return payload; });
    try {
        if (!wanted.seed_file.empty())
            server.load_seed(read_file("--seed-file", wanted.seed_file), wanted.seed_file);
        if (!wanted.faults_file.empty())
            server.faults().order_from(read_file("--faults", wanted.faults_file), wanted.faults_file);
    } catch (const std::invalid_argument& bad) {
        throw bad_argument{bad.what()};
    }
    if (wanted.trust_file.empty()) return;
    std::ofstream file{wanted.trust_file, std::ios::binary | std::ios::trunc};
    file << server.certificate() << std::flush;
    if (!file) throw bad_argument{"--tls-trust: cannot write " + wanted.trust_file};
}

void serve(const options& wanted) {
    boost::asio::io_context io{1};
    sandbox::server server{io.get_executor(), wanted.config};
    prepare(server, wanted);

    boost::asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code& failed, int) {
        if (failed) return;
        server.stop();
        io.stop();
    });
    std::cout << "nakama-sandbox listens on " << wanted.config.address << ':' << server.port() << std::endl;
    io.run();
    std::cout << "nakama-sandbox ends" << std::endl;
}

} // namespace

int main(int count, char** arguments) {
    std::string where;
    try {
        const options wanted = read_arguments(count, arguments);
        where = wanted.config.address + ':' + std::to_string(wanted.config.port);
        if (wanted.what == options::action::help) std::cout << usage;
        else if (wanted.what == options::action::version)
            std::cout << "nakama-sandbox " NAKAMA_VERSION ", after Nakama 3.40\n";
        else serve(wanted);
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
