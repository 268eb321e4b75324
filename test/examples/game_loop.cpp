// A game with a loop of its own: the library does its work when it is polled, once a frame.
#include "example.hpp"

#include <boost/asio/detached.hpp>

#include <optional>
#include <thread>

// tour: begin
class game {
public:
    explicit game(std::uint16_t port) : client_{io_.get_executor(), {.port = port}} {
        asio::co_spawn(io_, sign_in(), asio::detached);
    }

    void frame() {
        io_.poll(); // everything that is ready runs here, on this thread, and nothing waits
        io_.restart();
        ++frames_;
    }

    bool is_over() const { return name_.has_value() || frames_ > 1000; }
    std::string name() const { return name_.value_or("nobody"); }

private:
    asio::awaitable<void> sign_in() {
        auto session = co_await client_.authenticate_device({.id = "device-0000000001"});
        auto account = co_await client_.get_account(session);
        name_ = account.user.username;
    }

    asio::io_context io_; // first, so that it goes last
    nakama::client client_;
    std::optional<std::string> name_;
    int frames_ = 0;
};
// tour: end

int main(int argc, char** argv) {
    game game{static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 7350)};
    while (!game.is_over()) {
        game.frame();
        std::this_thread::sleep_until(std::chrono::steady_clock::now() + 5ms); // drawing
    }
    std::cout << "welcome, " << game.name() << '\n';
    return game.name() == "nobody" ? EXIT_FAILURE : EXIT_SUCCESS;
}
