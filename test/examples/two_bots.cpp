// Two bots sign in, chat, find each other through the matchmaker and play a relayed match.
#include <nakama/nakama.hpp>
#include <nakama/sandbox/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <charconv>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr const char* help = R"(Usage: two-bots [--server HOST:PORT] [--server-key KEY]

Two bots sign in, chat in a room, find each other through the matchmaker and play a guessing game in a relayed
match. Without --server they play on a sandbox server that this program starts for them.

  --server HOST:PORT   play on a real server, for example 127.0.0.1:7350
  --server-key KEY     its server key (default: defaultkey)
  --help               this text

Exit code: 0 when the game was played to its end, 1 when something failed, 2 for wrong arguments.
)";

struct bad_arguments : std::runtime_error {
    using runtime_error::runtime_error;
};

struct arguments {
    bool help = false;
    std::optional<std::string> host{};
    std::uint16_t port = 0;
    std::string server_key = "defaultkey";
};

void read_server(arguments& out, std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        throw bad_arguments{"--server wants HOST:PORT, for example 127.0.0.1:7350, not \"" +
                            std::string{text} + '"'};
    std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    const auto [end, failed] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (failed != std::errc{} || end != port.data() + port.size() || out.port == 0)
        throw bad_arguments{"the port in --server must be a number from 1 to 65535, not \"" +
                            std::string{port} + '"'};
    out.host = host;
}

arguments read(int argc, char** argv) {
    arguments out;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const auto value = [&]() -> std::string_view {
            if (i + 1 == argc) throw bad_arguments{std::string{name} + " wants a value"};
            return argv[++i];
        };
        if (name == "--help" || name == "-h") out.help = true;
        else if (name == "--server") read_server(out, value());
        else if (name == "--server-key") out.server_key = value();
        else throw bad_arguments{"unknown argument \"" + std::string{name} + '"'};
    }
    return out;
}

/// What the bots send each other in the match.
enum op_code : std::int64_t { guess = 1, too_low = 2, too_high = 3, right = 4 };

/// What both bots know beforehand.
struct meeting {
    nakama::client& client;
    std::string place; // names the room, and whom the matchmaker may bring together
    int secret;        // the number to be guessed, from 1 to 100
};

class bot {
public:
    bot(const meeting& meeting, std::string name)
        : meeting_{meeting}, name_{std::move(name)}, socket_{meeting.client.create_socket()} {}

    asio::awaitable<void> play() {
        co_await sign_in();
        co_await chat();
        auto matched = co_await find_opponent();
        co_await play_match(matched.token);
        co_await socket_.close();
        co_await sign_out();
    }

private:
    void say(const std::string& text) const { std::cout << '[' << name_ << "] " << text << std::endl; }

    asio::awaitable<void> sign_in() {
        const std::string device = meeting_.place + '-' + name_;
        session_ = co_await meeting_.client.authenticate_device({.id = device, .username = device});
        co_await meeting_.client.update_account(session_, {.display_name = name_});
        auto account = co_await meeting_.client.get_account(session_);
        say("signed in as " + account.user.username + ", known as " + account.user.display_name);
        co_await socket_.connect(session_, {.appear_online = true});
        say("socket connected");
    }

    asio::awaitable<void> chat() {
        auto heard = socket_.stream<nakama::channel_message>();
        auto room = co_await socket_.channel_join({.target = meeting_.place});
        const std::string content = R"({"text":"hello, I am )" + name_ + R"("})";
        say("joined the room, where " + std::to_string(room.presences.size()) + " others are");

        // Who comes second finds the other there; who comes first hears both.
        co_await socket_.channel_message_send({.channel_id = room.id, .content = content});
        const std::size_t expected = room.presences.empty() ? 2 : 1;
        for (std::size_t i = 0; i < expected; ++i) {
            auto message = co_await nakama::with_deadline(heard.next(), 30s);
            if (!message) throw std::runtime_error{"the socket ended while chatting"};
            say("hears " + message->username + ": " + message->content);
        }
    }

    asio::awaitable<nakama::matchmaker_matched> find_opponent() {
        auto results = socket_.stream<nakama::matchmaker_matched>();
        // Named first: g++ 14 fails inside on a member of this object in a braced list next to a co_await.
        const std::string_view place = meeting_.place;
        const std::string query = "+properties.place:" + meeting_.place;
        co_await socket_.matchmaker_add(
            {.min_count = 2, .max_count = 2, .query = query, .string_properties = {{"place", place}}});
        say("waits for the matchmaker (up to 15 seconds on a real server)");
        auto matched = co_await nakama::with_deadline(results.next(), 60s);
        if (!matched) throw std::runtime_error{"the socket ended before there was a match"};
        co_return std::move(*matched);
    }

    asio::awaitable<void> play_match(std::string token) {
        auto moves = socket_.stream<nakama::match_data>();
        auto arrivals = socket_.stream<nakama::match_presence_event>();
        auto match = co_await socket_.match_join({.token = token});
        say("joined the match");

        const bool opponent_is_there = !match.presences.empty();
        std::string opponent = opponent_is_there ? match.presences.front().session_id : "";
        while (opponent.empty()) {
            auto event = co_await nakama::with_deadline(arrivals.next(), 30s);
            if (!event) throw std::runtime_error{"the socket ended while waiting for the opponent"};
            for (const auto& joined : event->joins)
                if (joined.session_id != match.self.session_id) opponent = joined.session_id;
        }

        // Both sides must agree on who thinks of the number; session ids differ.
        if (match.self.session_id < opponent) co_await think_of_a_number(match.match_id, moves);
        else co_await find_the_number(match.match_id, moves);
        co_await socket_.match_leave({.match_id = match.match_id});
    }

    asio::awaitable<nakama::match_data> receive(nakama::event_stream<nakama::match_data>& moves) {
        auto move = co_await nakama::with_deadline(moves.next(), 30s);
        if (!move) throw std::runtime_error{"the socket ended during the match"};
        co_return std::move(*move);
    }

    asio::awaitable<void> think_of_a_number(const std::string& match_id,
                                            nakama::event_stream<nakama::match_data>& moves) {
        say("thinks of a number from 1 to 100");
        for (op_code answer = guess; answer != right;) {
            auto move = co_await receive(moves);
            const int number = std::stoi(move.data);
            answer = number < meeting_.secret ? too_low : number > meeting_.secret ? too_high : right;
            say(answer == right ? "\"right!\"" : answer == too_low ? "\"too low\"" : "\"too high\"");
            co_await socket_.match_data_send({.match_id = match_id, .op_code = answer});
        }
    }

    asio::awaitable<void> find_the_number(const std::string& match_id,
                                          nakama::event_stream<nakama::match_data>& moves) {
        int low = 1, high = 100;
        for (int tries = 1;; ++tries) {
            const int number = (low + high) / 2;
            const std::string data = std::to_string(number);
            say("guesses " + data);
            co_await socket_.match_data_send({.match_id = match_id, .op_code = guess, .data = data});
            auto answer = co_await receive(moves);
            if (answer.op_code == right) {
                say("found it in " + std::to_string(tries) + " tries");
                co_return;
            }
            if (answer.op_code == too_low) low = number + 1;
            else high = number - 1;
        }
    }

    asio::awaitable<void> sign_out() {
        if (session_.expires_within(10s)) co_await meeting_.client.session_refresh(session_);
        co_await meeting_.client.session_logout(session_);
        say("signed out");
    }

    const meeting& meeting_;
    std::string name_;
    nakama::session session_;
    nakama::socket socket_;
};

/// What to do about a failure, in plain words.
std::string advice(const nakama::error& failure, const arguments& given) {
    const std::string where = given.host.value_or("127.0.0.1") + ':' + std::to_string(given.port);
    if (failure.code() == nakama::errc::connect_failed)
        return "Nothing answers at " + where +
               ". Is the server running, and is that its port? Without --server a sandbox is played on.";
    if (failure.code() == nakama::errc::resolve_failed) return "Is the host name in --server spelled right?";
    if (failure.http_status() == 401 && failure.operation().starts_with("authenticate"))
        return "The server does not accept the server key; pass its own with --server-key.";
    if (failure.code() == nakama::errc::malformed_answer || failure.http_status() == 404)
        return "What answers at " + where +
               " does not look like a Nakama server; its API listens on 7350 by default.";
    if (failure.code() == nakama::errc::timed_out) return "The server takes too long; is it overloaded?";
    return {};
}

int play(const arguments& given) {
    asio::io_context io;
    std::optional<nakama::sandbox::server> sandbox;
    arguments at = given;
    if (!at.host) {
        sandbox.emplace(io.get_executor(), nakama::sandbox::server_config{.server_key = at.server_key});
        at.port = sandbox->port();
        std::cout << "A sandbox server listens on 127.0.0.1:" << at.port << std::endl;
    }
    nakama::client client{
        io.get_executor(),
        {.host = at.host.value_or("127.0.0.1"), .port = at.port, .server_key = at.server_key}};

    std::random_device random;
    const meeting meeting{client, "two-bots-" + std::to_string(random()),
                          static_cast<int>(random() % 100) + 1};
    bot ada{meeting, "Ada"}, bob{meeting, "Bob"};

    int playing = 2;
    std::exception_ptr failed;
    const auto ended = [&](std::exception_ptr failure) {
        if (failure && !failed) failed = failure;
        // With one of them gone the other would wait in vain.
        if (--playing == 0 || failed) io.stop();
    };
    asio::co_spawn(io, ada.play(), ended);
    asio::co_spawn(io, bob.play(), ended);
    io.run();

    if (!failed) {
        std::cout << "The bots have played their game." << std::endl;
        return EXIT_SUCCESS;
    }
    try {
        std::rethrow_exception(failed);
    } catch (const nakama::error& failure) {
        std::cerr << "two-bots: " << failure.what() << '\n';
        if (const auto todo = advice(failure, at); !todo.empty()) std::cerr << todo << '\n';
    } catch (const std::exception& failure) {
        std::cerr << "two-bots: " << failure.what() << '\n';
    }
    return EXIT_FAILURE;
}

} // namespace

int main(int argc, char** argv) {
    try {
        const arguments given = read(argc, argv);
        if (given.help) {
            std::cout << help;
            return EXIT_SUCCESS;
        }
        return play(given);
    } catch (const bad_arguments& wrong) {
        std::cerr << "two-bots: " << wrong.what() << "\nTry --help.\n";
        return 2;
    } catch (const std::exception& failure) {
        std::cerr << "two-bots: " << failure.what() << '\n';
        return EXIT_FAILURE;
    }
}
