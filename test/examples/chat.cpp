// Says something in a room and hears it.
#include "example.hpp"

// tour: begin
asio::awaitable<void> chat(nakama::client& client) {
    auto session = co_await client.authenticate_device({.id = "device-0000000001"});

    auto socket = client.create_socket();
    co_await socket.connect(session, {.appear_online = true});

    socket.on_channel_message([](const nakama::channel_message& message) {
        std::cout << message.username << ": " << message.content << '\n';
    });

    auto room = co_await socket.channel_join({.target = "lobby"});
    co_await socket.channel_message_send({.channel_id = room.id, .content = R"({"text":"hello"})"});
    co_await socket.close();
}
// tour: end

int main(int argc, char** argv) {
    return run_example(argc, argv, chat);
}
