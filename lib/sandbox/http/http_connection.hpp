// One HTTP connection, request after request, until it ends or becomes a socket.
#pragma once

#include "sandbox/http/http_message.hpp"
#include "sandbox/net/line.hpp"
#include "sandbox/world.hpp"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <string>

namespace nakama::sandbox {

class http_connection final : public connection, public std::enable_shared_from_this<http_connection> {
public:
    http_connection(std::shared_ptr<world> world, line line);
    ~http_connection() override;

    /// `fault` befalls the connection as a whole.
    static asio::awaitable<void> run(std::shared_ptr<http_connection> self, std::optional<fault> fault);

    void cut() noexcept override;

private:
    enum class next { request, end, socket };

    class reader;

    /// What the request says of the form of its answer.
    struct answer_form {
        unsigned version = 11;
        bool is_head = false;
    };

    asio::awaitable<next> serve_one(reader& input);
    asio::awaitable<next> serve_faulty(reader& input, http_request request, bool keep_alive, fault fault);
    asio::awaitable<next> lose(const fault& fault);
    std::optional<fault> fault_of(const http_request& request) const;
    std::string to_text(const http_answer& answer, answer_form form, bool keep_alive) const;
    asio::awaitable<void> drain();
    void expect_something();

    std::shared_ptr<world> world_;
    line line_;
    std::unique_ptr<alarm> idle_alarm_;
};

} // namespace nakama::sandbox
