// Two players in one match.
#include "example.hpp"

// tour: begin
asio::awaitable<void> play(nakama::client& client) {
    auto ada = co_await client.authenticate_device({.id = "device-0000000001"});
    auto bob = co_await client.authenticate_device({.id = "device-0000000002"});
    auto left = client.create_socket(), right = client.create_socket();
    co_await left.connect(ada);
    co_await right.connect(bob);

    auto moves = right.stream<nakama::match_data>(); // made before joining, so it misses nothing
    auto match = co_await left.match_create();
    co_await right.match_join({.match_id = match.match_id});

    for (int turn = 1; turn <= 3; ++turn)
        co_await left.match_data_send({.match_id = match.match_id, .op_code = turn, .data = "a move"});
    for (int turn = 1; turn <= 3; ++turn) {
        auto move = co_await nakama::with_deadline(moves.next(), 5s);
        if (!move) break; // the socket has ended; right.last_close() says why
        std::cout << move->presence.username << " plays " << move->op_code << ": " << move->data << '\n';
    }

    co_await left.close();
    co_await right.close();
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, play);
}
