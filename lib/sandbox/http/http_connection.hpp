// One HTTP connection, request after request, until it ends or becomes a socket.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/world.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <memory>

namespace nakama::sandbox {

class http_connection final : public connection, public std::enable_shared_from_this<http_connection> {
public:
    using tcp = asio::ip::tcp;

    http_connection(std::shared_ptr<world> world, tcp::socket socket);
    ~http_connection() override;

    static asio::awaitable<void> run(std::shared_ptr<http_connection> self);

    void cut() noexcept override;

private:
    enum class next { request, end, socket };

    class reader;

    asio::awaitable<next> serve_one(reader& input);
    asio::awaitable<bool> answer(const http_answer& answer, unsigned version, bool keep_alive, bool head);
    asio::awaitable<void> drain();
    void expect_something();

    std::shared_ptr<world> world_;
    tcp::socket socket_;
    std::unique_ptr<alarm> idle_alarm_;
};

} // namespace nakama::sandbox
