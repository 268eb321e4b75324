#include "relay.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace nakama::test {

using tcp = asio::ip::tcp;
using boost::system::error_code;

namespace {

struct link {
    explicit link(tcp::socket socket) : client{std::move(socket)}, server{client.get_executor()} {}

    void close(bool reset) {
        for (tcp::socket* end : {&client, &server}) {
            error_code ignored;
            if (reset) end->set_option(asio::socket_base::linger{true, 0}, ignored);
            end->close(ignored);
        }
    }
    void strike(relay_fault::kind how) {
        if (how == relay_fault::kind::silence) silent = true;
        else close(how == relay_fault::kind::reset);
    }

    tcp::socket client, server;
    relay_fault fault{};
    bool silent = false;
};

} // namespace

struct relay::state {
    explicit state(asio::io_context& io, std::uint16_t to)
        : acceptor{io, {asio::ip::address_v4::loopback(), 0}}, target{to} {}

    tcp::acceptor acceptor;
    std::uint16_t target;
    std::deque<relay_fault> faults;
    std::vector<std::weak_ptr<link>> links;
    int connections = 0;
    std::size_t request_bytes = 0, answer_bytes = 0;
};

namespace {

asio::awaitable<void> pump(std::shared_ptr<link> between, tcp::socket& from, tcp::socket& to,
                           std::optional<std::size_t> limit, std::shared_ptr<std::size_t> total) {
    std::array<char, 16384> buffer{};
    std::size_t passed = 0;
    error_code failed;
    const auto step = [&] { return asio::redirect_error(asio::use_awaitable, failed); };
    if (limit == 0) between->strike(between->fault.how);
    for (;;) {
        const auto came = co_await from.async_read_some(asio::buffer(buffer), step());
        if (failed) break;
        *total += came;
        const auto allowed = limit ? std::min(came, *limit - std::min(*limit, passed)) : came;
        if (!between->silent) co_await asio::async_write(to, asio::buffer(buffer.data(), allowed), step());
        passed += came;
        if (limit && passed >= *limit) between->strike(between->fault.how);
        if (failed) break;
    }
    if (!between->silent) between->close(false);
}

template <class State>
asio::awaitable<void> accept(std::shared_ptr<State> state) {
    for (;;) {
        error_code failed;
        auto socket =
            co_await state->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return;
        ++state->connections;
        const auto between = std::make_shared<link>(std::move(socket));
        std::erase_if(state->links, [](const auto& each) { return each.expired(); });
        state->links.push_back(between);
        if (!state->faults.empty()) {
            between->fault = state->faults.front();
            state->faults.pop_front();
        }
        between->server.connect({asio::ip::address_v4::loopback(), state->target}, failed);
        // What is held back for an acknowledgement would come after a clock that jumps.
        for (tcp::socket* end : {&between->client, &between->server})
            end->set_option(tcp::no_delay{true}, failed);
        const auto executor = state->acceptor.get_executor();
        const auto count = [&](std::size_t& figure) { return std::shared_ptr<std::size_t>{state, &figure}; };
        asio::co_spawn(executor,
                       pump(between, between->client, between->server, between->fault.after_request,
                            count(state->request_bytes)),
                       asio::detached);
        asio::co_spawn(executor,
                       pump(between, between->server, between->client, between->fault.after_answer,
                            count(state->answer_bytes)),
                       asio::detached);
    }
}

} // namespace

relay::relay(asio::io_context& io, std::uint16_t target) : state_{std::make_shared<state>(io, target)} {
    asio::co_spawn(io, accept(state_), asio::detached);
}

std::uint16_t relay::port() const {
    return state_->acceptor.local_endpoint().port();
}
int relay::connections() const noexcept {
    return state_->connections;
}
std::size_t relay::request_bytes() const noexcept {
    return state_->request_bytes;
}
std::size_t relay::answer_bytes() const noexcept {
    return state_->answer_bytes;
}
void relay::add_fault(relay_fault fault) {
    state_->faults.push_back(fault);
}
void relay::strike(relay_fault::kind how) {
    for (const auto& weak : state_->links)
        if (const auto each = weak.lock()) each->strike(how);
}

} // namespace nakama::test
