#include "operations.hpp"

#include "authorisation.hpp"
#include "notices.hpp"
#include "refusal.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/authentication.hpp>
#include <nakama/api/friends.hpp>

#include <algorithm>
#include <optional>

namespace nakama::sandbox {
namespace {

/// A body's fields. An empty body is an empty message, and what follows the first value is not looked at.
class request_body {
public:
    explicit request_body(const std::string& body)
        : document_{parse_json(is_blank(body) ? std::string_view{"{}"} : std::string_view{body})},
          fields_{document_.text, document_.root, unknown_fields::ignored} {}
    request_body(const request_body&) = delete;
    request_body& operator=(const request_body&) = delete;

    message_reader* operator->() { return &fields_; }

private:
    json_document document_;
    message_reader fields_;
};

using session_vars = std::map<std::string, std::string>;

struct entrance_parameters {
    bool create = true;
    std::string username{};

    explicit entrance_parameters(const http_request& request) {
        const auto parameters = query_parameters::strict(request.query);
        create = parameters.flag("create").value_or(true);
        username = parameters.text("username").value_or("");
    }
};

session_tokens issue(const world& world, wire::jwt_claims claims) {
    session_tokens tokens;
    const std::int64_t now = unix_seconds(world.now());
    claims.exp = now + world.config.token_expiry.count();
    tokens.token = mint_session_token(claims, session_key);
    claims.exp = now + world.config.refresh_token_expiry.count();
    tokens.refresh_token = mint_session_token(claims, refresh_key);
    return tokens;
}

std::string welcome(world& world, const accounts::entrance& entrance, session_vars vars) {
    session_tokens tokens = issue(world, {.tid = world.ids.uuid(),
                                          .uid = entrance.user_id,
                                          .usn = entrance.username,
                                          .vrs = std::move(vars),
                                          .exp = 0,
                                          .iat = unix_seconds(world.now())});
    tokens.created = entrance.created;
    return wire::to_json(tokens);
}

bool is_online(const world& world, const std::string& user_id) {
    return !world.present.members({place_kind::status, user_id}).empty();
}

} // namespace

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

std::string session_refresh(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("token").value_or("");
    const session_vars new_vars = body->text_map("vars").value_or(session_vars{});
    require_server_key(world, request);
    if (token.empty()) throw refusal{code::invalid_argument, "Refresh token is required."};
    auto claims = read_session_token(token, refresh_key, world.now());
    if (!claims || !world.revoked.is_valid_refresh(claims->uid, claims->exp, claims->tid))
        throw refusal{code::unauthenticated, "Refresh token invalid or expired."};
    const account_record* record = world.users.find(claims->uid);
    if (!record) throw refusal{code::not_found, "User account not found."};
    claims->usn = record->account.user.username;
    if (!new_vars.empty()) claims->vrs = new_vars;
    return wire::to_json(issue(world, std::move(*claims)));
}

std::string session_logout(world& world, const http_request& request) {
    request_body body{request.body};
    const std::string token = body->text("token").value_or("");
    const std::string refresh_token = body->text("refresh_token").value_or("");
    const auto caller = require_session(world, request);

    std::optional<wire::jwt_claims> session;
    if (!token.empty()) {
        session = read_session_token(token, session_key, world.now());
        if (!session || session->uid != caller.uid)
            throw refusal{code::invalid_argument, "Session token invalid."};
    }
    std::optional<wire::jwt_claims> refresh;
    if (!refresh_token.empty()) {
        refresh = read_session_token(refresh_token, refresh_key, world.now());
        if (!refresh || refresh->uid != caller.uid)
            throw refusal{code::invalid_argument, "Refresh token invalid."};
    }
    if (!session && !refresh) world.revoked.revoke_all(caller.uid, world.now());
    if (session) world.revoked.revoke_session(caller.uid, session->tid);
    if (refresh) world.revoked.revoke_refresh(caller.uid, refresh->tid);
    return "{}";
}

std::string get_account(world& world, const http_request& request) {
    const auto caller = require_session(world, request);
    const account_record* record = world.users.find(caller.uid);
    if (!record) throw refusal{code::not_found, "Account not found."};
    account account = record->account;
    account.user.online = is_online(world, caller.uid);
    return wire::to_json(account);
}

std::string update_account(world& world, const http_request& request) {
    request_body body{request.body};
    const account_changes changes{.username = body->wrapped_text("username"),
                                  .display_name = body->wrapped_text("display_name"),
                                  .avatar_url = body->wrapped_text("avatar_url"),
                                  .lang_tag = body->wrapped_text("lang_tag"),
                                  .location = body->wrapped_text("location"),
                                  .timezone = body->wrapped_text("timezone")};
    const auto caller = require_session(world, request);
    world.users.update(caller.uid, changes, world.now());
    return "{}";
}

std::string list_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const std::int32_t limit = parameters.int32("limit").value_or(1000);
    const auto state = parameters.int32("state");
    const std::string cursor = parameters.text("cursor").value_or("");
    const auto caller = require_session(world, request);

    if (limit < 1 || limit > 1000)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 1000."};
    if (state && (*state < 0 || *state > 3))
        throw refusal{code::invalid_argument, "Invalid state - state must be between 0 and 3."};

    auto page = world.friendships.list(caller.uid, static_cast<std::size_t>(limit), state, cursor);
    friend_list list;
    list.cursor = std::move(page.cursor);
    for (friendship& one : page.entries) {
        friend_ listed;
        listed.user = world.users.find(one.user_id)->account.user;
        listed.user.edge_count = 0; // told by the user's own account alone
        listed.user.online = is_online(world, one.user_id);
        listed.state = static_cast<friend_state>(one.state);
        listed.update_time = one.update_time;
        listed.metadata = std::move(one.metadata);
        list.friends.push_back(std::move(listed));
    }
    return wire::to_json(list);
}

std::string add_friends(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    const auto ids = parameters.texts("ids");
    const auto usernames = parameters.texts("usernames");
    const std::string metadata = parameters.text("metadata").value_or("");
    const auto caller = require_session(world, request);
    if (ids.empty() && usernames.empty()) return "{}";

    std::vector<std::string> others;
    const auto add = [&](const std::string& id) {
        if (std::ranges::find(others, id) == others.end()) others.push_back(id);
    };
    for (const std::string& id : ids) {
        if (id == caller.uid) throw refusal{code::invalid_argument, "Cannot add self as friend."};
        const auto uuid = parse_uuid(id);
        if (!uuid || *uuid == nil_uuid)
            throw refusal{code::invalid_argument, "Invalid user ID '" + id + "'."};
        add(*uuid);
    }
    for (const std::string& name : usernames) {
        if (name.empty()) throw refusal{code::invalid_argument, "Username must not be empty."};
        if (name == caller.usn) throw refusal{code::invalid_argument, "Cannot add self as friend."};
        if (const account_record* record = world.users.find_by_username(name)) add(record->account.user.id);
    }
    if (others.empty()) throw refusal{code::invalid_argument, "No valid ID or username was provided."};
    if (!metadata.empty() && !is_json(metadata))
        throw refusal{code::internal, "Error while trying to add friends."};

    account_record* self = world.users.find(caller.uid);
    for (const std::string& other : others) {
        account_record* record = world.users.find(other);
        if (!self || !record || other == caller.uid) continue; // unknown ids are left out silently
        const auto outcome =
            world.friendships.add(caller.uid, other, metadata.empty() ? "{}" : metadata, world.now());
        if (outcome == friend_book::outcome::invited) {
            for (account_record* side : {self, record}) {
                ++side->account.user.edge_count;
                side->account.user.update_time = std::chrono::floor<std::chrono::seconds>(world.now());
            }
            notify(world, other, notice::friend_request, "wants to add you as a friend", caller.uid,
                   caller.usn);
        } else if (outcome == friend_book::outcome::accepted) {
            notify(world, other, notice::friend_accepted, "accepted your friend request", caller.uid,
                   caller.usn);
        }
    }
    return "{}";
}

} // namespace nakama::sandbox
