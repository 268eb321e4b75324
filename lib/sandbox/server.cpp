#include "sandbox/http/http_connection.hpp"
#include "sandbox/http/operation_names.hpp"
#include "sandbox/operations/functions.hpp"
#include "sandbox/seed/seed.hpp"
#include "sandbox/socket/realtime.hpp"
#include "sandbox/socket/server_match.hpp"
#include "sandbox/tls/tls_session.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/server.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace nakama::sandbox {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

/// Owned by its coroutine, and with it by the io_context: nothing of Asio is left in a server that outlives
/// that.
struct listener {
    listener(std::shared_ptr<sandbox::world> world_, tcp::acceptor acceptor_,
             std::unique_ptr<const tls_context> tls_)
        : world{std::move(world_)}, acceptor{std::move(acceptor_)}, tls{std::move(tls_)} {}

    std::shared_ptr<sandbox::world> world;
    tcp::acceptor acceptor;
    std::unique_ptr<const tls_context> tls; ///< null for plain connections
    line_buffer buffer;
};

asio::awaitable<void> serve(std::shared_ptr<listener> self, tcp::socket socket) {
    const auto world = self->world;
    if (!self->acceptor.is_open()) co_return; // stopped in the very moment it was accepted
    try {
        const std::size_t number = world->faults.count_connection();
        std::optional<fault> fault;
        if (world->faults.may_befall(fault_place::connection))
            fault = world->faults.ask({.place = fault_place::connection, .connection = number}, world->now());
        line line{std::move(socket), self->tls.get(), self->buffer, world->clock, number};
        auto connection = std::make_shared<http_connection>(world, std::move(line));
        co_await http_connection::run(std::move(connection), std::move(fault));
    } catch (const std::exception& failure) {
        world->log(std::string{"a connection failed: "} + failure.what());
    }
}

asio::awaitable<void> listen(std::shared_ptr<listener> self) {
    const auto executor = self->acceptor.get_executor();
    while (self->acceptor.is_open()) {
        error_code failed;
        tcp::socket socket =
            co_await self->acceptor.async_accept(asio::redirect_error(asio::use_awaitable, failed));
        if (!failed) {
            asio::co_spawn(executor, serve(self, std::move(socket)), asio::detached);
        } else if (self->acceptor.is_open()) {
            // Out of descriptors, most likely: trying again at once would spin. Not by the server's clock,
            // which may stand still.
            asio::steady_timer pause{executor, std::chrono::milliseconds{100}};
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failed));
        }
    }
}

} // namespace

class server::implementation {
public:
    std::weak_ptr<listener> running;
    std::uint16_t port = 0;

    /// Nothing of a server that has stopped or was moved from.
    static std::weak_ptr<world> world_of(const std::shared_ptr<implementation>& server) {
        const auto listening = server ? server->running.lock() : nullptr;
        return listening ? listening->world : nullptr;
    }
};

server::server(asio::any_io_executor executor, server_config config)
    : implementation_{std::make_shared<implementation>()} {
    if (config.matchmaker_interval <= std::chrono::milliseconds::zero())
        throw std::invalid_argument{"server_config::matchmaker_interval has to be above 0"};
    if (config.outgoing_queue_size == 0)
        throw std::invalid_argument{"server_config::outgoing_queue_size is 0: no message could ever be sent"};
    const tcp::endpoint endpoint{asio::ip::make_address(config.address), config.port};
    tcp::acceptor acceptor{executor, endpoint, true};
    implementation_->port = acceptor.local_endpoint().port();
    auto world = std::make_shared<sandbox::world>(executor, std::move(config));
    std::unique_ptr<const tls_context> tls;
    if (world->config.tls) tls = std::make_unique<tls_context>(certificate_of(world->config, world->now()));
    auto started = std::make_shared<listener>(std::move(world), std::move(acceptor), std::move(tls));
    implementation_->running = started;
    asio::co_spawn(executor, listen(std::move(started)), asio::detached);
}

/// Keeps what a server that does not listen has.
struct server::scratch {
    std::shared_ptr<listener> kept;
};

server::server(const scratch& like) : implementation_{std::make_shared<implementation>()} {
    implementation_->running = like.kept;
}

server::~server() {
    stop();
}

server::server(server&&) noexcept = default;

server& server::operator=(server&& other) noexcept {
    stop();
    implementation_ = std::move(other.implementation_);
    return *this;
}

std::uint16_t server::port() const noexcept {
    return implementation_ ? implementation_->port : std::uint16_t{0};
}

void server::register_rpc(std::string id, rpc_function function) {
    register_rpc(std::move(id),
                 [function = std::move(function)](rpc_context context, std::string payload)
                     -> asio::awaitable<std::string> { co_return function(context, payload); });
}

void server::register_rpc(std::string id, awaitable_rpc_function function) {
    if (const auto running = implementation_ ? implementation_->running.lock() : nullptr)
        running->world->functions.insert_or_assign(function_key(std::move(id)), std::move(function));
}

bool server::unregister_rpc(std::string id) {
    const auto running = implementation_ ? implementation_->running.lock() : nullptr;
    return running && running->world->functions.erase(function_key(std::move(id))) > 0;
}

void server::before(std::string name, before_hook hook) {
    if (!operation_takes_hooks(name) && !takes_hooks(name))
        throw std::invalid_argument{"no hook can run before " + name};
    const auto running = implementation_ ? implementation_->running.lock() : nullptr;
    if (!running) return;
    if (hook) running->world->before_hooks.insert_or_assign(std::move(name), std::move(hook));
    else running->world->before_hooks.erase(name);
}

void server::after(std::string name, after_hook hook) {
    if (!operation_takes_hooks(name)) throw std::invalid_argument{"no hook can run after " + name};
    const auto running = implementation_ ? implementation_->running.lock() : nullptr;
    if (!running) return;
    if (hook) running->world->after_hooks.insert_or_assign(std::move(name), std::move(hook));
    else running->world->after_hooks.erase(name);
}

sandbox::accounts server::accounts() {
    return sandbox::accounts{implementation::world_of(implementation_)};
}

sandbox::channels server::channels() {
    return sandbox::channels{implementation::world_of(implementation_)};
}

sandbox::events server::events() {
    return sandbox::events{implementation::world_of(implementation_)};
}

sandbox::faults server::faults() {
    return sandbox::faults{implementation::world_of(implementation_)};
}

sandbox::friends server::friends() {
    return sandbox::friends{implementation::world_of(implementation_)};
}

sandbox::groups server::groups() {
    return sandbox::groups{implementation::world_of(implementation_)};
}

sandbox::leaderboards server::leaderboards() {
    return sandbox::leaderboards{implementation::world_of(implementation_)};
}

sandbox::matches server::matches() {
    return sandbox::matches{implementation::world_of(implementation_)};
}

sandbox::notifications server::notifications() {
    return sandbox::notifications{implementation::world_of(implementation_)};
}

sandbox::providers server::providers() {
    return sandbox::providers{implementation::world_of(implementation_)};
}

sandbox::purchases server::purchases() {
    return sandbox::purchases{implementation::world_of(implementation_)};
}

sandbox::satori_view server::satori() {
    return sandbox::satori_view{implementation::world_of(implementation_)};
}

sandbox::sessions server::sessions() {
    return sandbox::sessions{implementation::world_of(implementation_)};
}

sandbox::storage server::storage() {
    return sandbox::storage{implementation::world_of(implementation_)};
}

sandbox::streams server::streams() {
    return sandbox::streams{implementation::world_of(implementation_)};
}

sandbox::tournaments server::tournaments() {
    return sandbox::tournaments{implementation::world_of(implementation_)};
}

void server::register_match(std::string name, match_factory factory) {
    if (!implementation_) return;
    if (const auto running = implementation_->running.lock())
        running->world->match_factories.insert_or_assign(std::move(name), std::move(factory));
}

void server::register_matchmaker_matched(matchmaker_matched_function function) {
    if (!implementation_) return;
    if (const auto running = implementation_->running.lock())
        running->world->matchmaker_matched = std::move(function);
}

void server::load_seed(std::string_view json, std::string_view name) {
    const auto running = implementation_ ? implementation_->running.lock() : nullptr;
    if (!running) throw std::logic_error{"the sandbox has stopped"};
    if (running->world->users.size() > 0 || !leaderboards().list().empty() || !tournaments().list().empty())
        throw std::logic_error{"a seed is for a server that has no accounts and boards yet"};
    const seed_document document{json, name};
    // Once where it does not matter, so that a seed with a fault in its last line leaves nothing behind.
    const auto world = std::make_shared<sandbox::world>(running->world->executor, running->world->config);
    scratch rehearsal{std::make_shared<listener>(world, tcp::acceptor{world->executor}, nullptr)};
    server stage{rehearsal};
    document.put_into(stage);
    document.put_into(*this);
}

std::string server::certificate() const {
    const auto running = implementation_ ? implementation_->running.lock() : nullptr;
    return running && running->tls ? running->tls->certificate_pem() : std::string{};
}

std::size_t server::socket_count() const noexcept {
    if (!implementation_) return 0;
    const auto running = implementation_->running.lock();
    return running ? running->world->sockets.size() : 0;
}

void server::disconnect_all(std::string reason) {
    if (!implementation_) return;
    const auto running = implementation_->running.lock();
    if (!running) return;
    std::vector<peer*> sockets;
    for (const auto& [session, socket] : running->world->sockets) sockets.push_back(socket);
    for (peer* socket : sockets) socket->disconnect(reason);
}

void server::stop() noexcept {
    if (!implementation_) return;
    const auto running = implementation_->running.lock();
    if (!running) return;
    implementation_->running.reset();
    error_code ignored;
    running->acceptor.close(ignored);
    // Cutting one does not end another, but who is cut leaves the set only when its coroutine ends.
    const auto connections = running->world->connections;
    for (connection* one : connections) one->cut();
    running->world->matchmaker_alarm.reset();
    end_all_matches(*running->world);
}

} // namespace nakama::sandbox
