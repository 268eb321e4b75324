// A socket that survives the loss of its connection.
#include "example.hpp"

// tour: begin
asio::awaitable<void> stay(nakama::client& client) {
    auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    auto socket = client.create_socket({.reconnect = nakama::reconnects::always()});

    socket.on_state([](const nakama::socket_state& now) {
        std::cout << nakama::to_string(now.phase);
        if (now.phase == nakama::socket_phase::away)
            std::cout << ": " << now.why->reason << ", again in " << now.delay.count() << " ms";
        std::cout << '\n';
    });
    socket.on_resumed([](const nakama::resume_report& report) {
        std::cout << "back after " << report.away.count() << " ms, " << report.missed_messages
                  << " messages missed\n";
        for (const auto& lost : report.lost)
            std::cout << "lost: " << lost.kind << ' ' << lost.id << ", " << lost.reason.what() << '\n';
    });

    co_await socket.connect(session);
    auto lobby = co_await socket.join_channel({.target = "lobby"});
    co_await lobby.send(R"({"text":"hello"})");
    auto first = co_await nakama::with_deadline(lobby.next(), 5s);
    if (first) std::cout << first->username << ": " << first->content << '\n';
    co_await socket.close();
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, stay);
}
