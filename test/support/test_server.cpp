#include "test_server.hpp"

#include <cstdlib>
#include <random>
#include <stdexcept>

namespace nakama::test {

test_server::test_server(asio::io_context& io, sandbox::server_config config) : io_{io} {
    if (const char* live = std::getenv("NAKAMA_LIVE")) {
        const std::string_view text = live;
        const auto colon = text.rfind(':');
        if (colon == std::string_view::npos) throw std::runtime_error{"NAKAMA_LIVE wants host:port"};
        host_ = text.substr(0, colon);
        port_ = static_cast<std::uint16_t>(std::stoi(std::string{text.substr(colon + 1)}));
        if (const char* key = std::getenv("NAKAMA_LIVE_KEY")) server_key_ = key;
        return;
    }
    sandbox_.emplace(io.get_executor(), std::move(config));
    port_ = sandbox_->port();
}

client_config test_server::config() const {
    return {.host = host_, .port = port_, .server_key = server_key_};
}

std::string test_server::unique(std::string_view prefix) const {
    static std::random_device random;
    return std::string{prefix} + '-' + std::to_string(random()) + std::to_string(random());
}

} // namespace nakama::test
