// A game with a loop of its own: the library does its work when it is polled, once a frame.
#include "example.hpp"

#include <nakama/poll_for.hpp>

#include <boost/asio/detached.hpp>

#include <optional>
#include <thread>

// tour: begin
class game {
public:
    explicit game(std::uint16_t port) : client_{io_.get_executor(), {.port = port}} {
        asio::co_spawn(io_, enter(), asio::detached);
    }

    void frame() {
        nakama::poll_for(io_, 2ms); // what is ready runs here, on this thread, and nothing waits
        // The events of this frame, in one place. The same object each time: nothing is allocated.
        while (match_ && match_->try_next(move_)) ++moves_;
    }

    int moves() const { return moves_; }

private:
    asio::awaitable<void> enter() {
        auto session = co_await client_.authenticate_device({.id = "device-0000000001"});
        // Lost connections are dialled again, and the match is entered again.
        socket_ = client_.create_socket({.reconnect = nakama::reconnects::always()});
        co_await socket_->connect(session);
        match_ = co_await socket_->create_match({.name = "arena"});
        for (int i = 0; i < 3; ++i) // one's own moves come back only where one names oneself
            co_await match_->send({.op_code = i, .data = "a move", .presences = {match_->self()}});
    }

    asio::io_context io_; // first, so that it goes last
    nakama::client client_;
    std::optional<nakama::socket> socket_;
    std::optional<nakama::joined_match> match_;
    nakama::match_data move_;
    int moves_ = 0;
};
// tour: end

int main(int argc, char** argv) {
    game game{static_cast<std::uint16_t>(argc > 1 ? std::stoi(argv[1]) : 7350)};
    for (int frame = 0; game.moves() < 3 && frame < 1000; ++frame) {
        game.frame();
        std::this_thread::sleep_until(std::chrono::steady_clock::now() + 5ms); // drawing
    }
    std::cout << "the game has seen " << game.moves() << " moves\n";
    return game.moves() == 3 ? EXIT_SUCCESS : EXIT_FAILURE;
}
