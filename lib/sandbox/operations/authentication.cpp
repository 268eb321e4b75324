#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/http/request_body.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/operations/welcome.hpp"
#include "wire/json_writer.hpp"

#include <array>

namespace nakama::sandbox {
namespace {

struct entrance_parameters {
    bool create = true;
    std::string username{};

    explicit entrance_parameters(const http_request& request) {
        const auto parameters = query_parameters::strict(request.query);
        create = parameters.flag("create").value_or(true);
        username = parameters.text("username").value_or("");
    }
};

std::string authenticate_device(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{request};
    require_server_key(world, request);
    const auto entrance =
        world.users.enter_by_device(id, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

std::string authenticate_custom(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string id = body->text("id").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{request};
    require_server_key(world, request);
    const auto entrance =
        world.users.enter_by_custom(id, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

std::string authenticate_email(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string email = body->text("email").value_or("");
    const std::string password = body->text("password").value_or("");
    session_vars vars = body->text_map("vars").value_or(session_vars{});
    const entrance_parameters parameters{request};
    require_server_key(world, request);
    const auto entrance =
        world.users.enter_by_email(email, password, parameters.username, parameters.create, world.now());
    return welcome(world, entrance, std::move(vars));
}

constexpr std::array routes{
    route{"POST", "/v2/account/authenticate/device", authenticate_device},
    route{"POST", "/v2/account/authenticate/email", authenticate_email},
    route{"POST", "/v2/account/authenticate/custom", authenticate_custom},
};

} // namespace

std::span<const route> authentication_routes() {
    return routes;
}

} // namespace nakama::sandbox
