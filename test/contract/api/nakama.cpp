// Generated from gen/api by nakama-gen; not to be edited.
// Calls of every operation with recorded parameters, for the contract tests.
#include "contract/nakama_caller.hpp"

namespace nakama::test {

using caller = nakama_caller;

template <>
void read_element(parameters& in, nakama::delete_storage_object_id& value) {
    in.read("collection", value.collection);
    in.read("key", value.key);
    in.read("version", value.version);
}

template <>
void read_element(parameters& in, nakama::read_storage_object_id& value) {
    in.read("collection", value.collection);
    in.read("key", value.key);
    in.read("user_id", value.user_id);
}

template <>
void read_element(parameters& in, nakama::write_storage_object& value) {
    in.read("collection", value.collection);
    in.read("key", value.key);
    in.read("value", value.value);
    in.read("version", value.version);
    in.read("permission_read", value.permission_read);
    in.read("permission_write", value.permission_write);
}

template <>
void read_element(parameters& in, nakama::user_presence_ref& value) {
    in.read("user_id", value.user_id);
    in.read("session_id", value.session_id);
    in.read("username", value.username);
    in.read("persistence", value.persistence);
    in.read("status", value.status);
}

template <>
const std::vector<recorded_call<caller>>& recorded_calls<caller>() {
    static const std::vector<recorded_call<caller>> calls{
        {"AddFriends", "session", [](caller& from, parameters& in) {
            nakama::add_friends_request request{};
            in.read("ids", request.ids);
            in.read("usernames", request.usernames);
            in.read("metadata", request.metadata);
            return from.outcome(from.client.add_friends(from.session(), request));
        }},
        {"AddGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::add_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("user_ids", request.user_ids);
            return from.outcome(from.client.add_group_users(from.session(), request));
        }},
        {"SessionRefresh", "server_key", [](caller& from, parameters& in) {
            nakama::session_refresh_request request{};
            in.read("vars", request.vars);
            in.read_token("token", from.refresh_token);
            return from.outcome(from.client.session_refresh(from.session(), request));
        }},
        {"SessionLogout", "session", [](caller& from, parameters& in) {
            (void)in;
            in.read_token("token", from.token);
            in.read_token("refresh_token", from.refresh_token);
            return from.outcome(from.client.session_logout(from.session()));
        }},
        {"AuthenticateApple", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_apple_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_apple(request));
        }},
        {"AuthenticateCustom", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_custom_request request{};
            in.read("account.id", request.id);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_custom(request));
        }},
        {"AuthenticateDevice", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_device_request request{};
            in.read("account.id", request.id);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_device(request));
        }},
        {"AuthenticateEmail", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_email_request request{};
            in.read("account.email", request.email);
            in.read("account.password", request.password);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_email(request));
        }},
        {"AuthenticateFacebook", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_facebook_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            in.read("sync", request.sync);
            return from.outcome(from.client.authenticate_facebook(request));
        }},
        {"AuthenticateFacebookInstantGame", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_facebook_instant_game_request request{};
            in.read("account.signed_player_info", request.signed_player_info);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_facebook_instant_game(request));
        }},
        {"AuthenticateGameCenter", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_game_center_request request{};
            in.read("account.player_id", request.player_id);
            in.read("account.bundle_id", request.bundle_id);
            in.read("account.timestamp_seconds", request.timestamp_seconds);
            in.read("account.salt", request.salt);
            in.read("account.signature", request.signature);
            in.read("account.public_key_url", request.public_key_url);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_game_center(request));
        }},
        {"AuthenticateGoogle", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_google_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            return from.outcome(from.client.authenticate_google(request));
        }},
        {"AuthenticateSteam", "server_key", [](caller& from, parameters& in) {
            nakama::authenticate_steam_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("create", request.create);
            in.read("username", request.username);
            in.read("sync", request.sync);
            return from.outcome(from.client.authenticate_steam(request));
        }},
        {"BanGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::ban_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("user_ids", request.user_ids);
            return from.outcome(from.client.ban_group_users(from.session(), request));
        }},
        {"BlockFriends", "session", [](caller& from, parameters& in) {
            nakama::block_friends_request request{};
            in.read("ids", request.ids);
            in.read("usernames", request.usernames);
            return from.outcome(from.client.block_friends(from.session(), request));
        }},
        {"CreateGroup", "session", [](caller& from, parameters& in) {
            nakama::create_group_request request{};
            in.read("name", request.name);
            in.read("description", request.description);
            in.read("lang_tag", request.lang_tag);
            in.read("avatar_url", request.avatar_url);
            in.read("open", request.open);
            in.read("max_count", request.max_count);
            return from.outcome(from.client.create_group(from.session(), request));
        }},
        {"DeleteAccount", "session", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.delete_account(from.session()));
        }},
        {"DeleteFriends", "session", [](caller& from, parameters& in) {
            nakama::delete_friends_request request{};
            in.read("ids", request.ids);
            in.read("usernames", request.usernames);
            return from.outcome(from.client.delete_friends(from.session(), request));
        }},
        {"DeleteGroup", "session", [](caller& from, parameters& in) {
            nakama::delete_group_request request{};
            in.read("group_id", request.group_id);
            return from.outcome(from.client.delete_group(from.session(), request));
        }},
        {"DeleteLeaderboardRecord", "session", [](caller& from, parameters& in) {
            nakama::delete_leaderboard_record_request request{};
            in.read("leaderboard_id", request.leaderboard_id);
            return from.outcome(from.client.delete_leaderboard_record(from.session(), request));
        }},
        {"DeleteNotifications", "session", [](caller& from, parameters& in) {
            nakama::delete_notifications_request request{};
            in.read("ids", request.ids);
            return from.outcome(from.client.delete_notifications(from.session(), request));
        }},
        {"DeleteTournamentRecord", "session", [](caller& from, parameters& in) {
            nakama::delete_tournament_record_request request{};
            in.read("tournament_id", request.tournament_id);
            return from.outcome(from.client.delete_tournament_record(from.session(), request));
        }},
        {"DeleteStorageObjects", "session", [](caller& from, parameters& in) {
            nakama::delete_storage_objects_request request{};
            in.read("object_ids", request.object_ids);
            return from.outcome(from.client.delete_storage_objects(from.session(), request));
        }},
        {"Event", "session", [](caller& from, parameters& in) {
            nakama::event_request request{};
            in.read("name", request.name);
            in.read("properties", request.properties);
            in.read("timestamp", request.timestamp);
            in.read("external", request.external);
            return from.outcome(from.client.event(from.session(), request));
        }},
        {"GetAccount", "session", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.get_account(from.session()));
        }},
        {"GetUsers", "session", [](caller& from, parameters& in) {
            nakama::get_users_request request{};
            in.read("ids", request.ids);
            in.read("usernames", request.usernames);
            in.read("facebook_ids", request.facebook_ids);
            return from.outcome(from.client.get_users(from.session(), request));
        }},
        {"GetSubscription", "session", [](caller& from, parameters& in) {
            nakama::get_subscription_request request{};
            in.read("product_id", request.product_id);
            return from.outcome(from.client.get_subscription(from.session(), request));
        }},
        {"GetMatchmakerStats", "session", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.get_matchmaker_stats(from.session()));
        }},
        {"Healthcheck", "none", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.healthcheck());
        }},
        {"ImportFacebookFriends", "session", [](caller& from, parameters& in) {
            nakama::import_facebook_friends_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("reset", request.reset);
            return from.outcome(from.client.import_facebook_friends(from.session(), request));
        }},
        {"ImportSteamFriends", "session", [](caller& from, parameters& in) {
            nakama::import_steam_friends_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("reset", request.reset);
            return from.outcome(from.client.import_steam_friends(from.session(), request));
        }},
        {"JoinGroup", "session", [](caller& from, parameters& in) {
            nakama::join_group_request request{};
            in.read("group_id", request.group_id);
            return from.outcome(from.client.join_group(from.session(), request));
        }},
        {"JoinTournament", "session", [](caller& from, parameters& in) {
            nakama::join_tournament_request request{};
            in.read("tournament_id", request.tournament_id);
            return from.outcome(from.client.join_tournament(from.session(), request));
        }},
        {"KickGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::kick_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("user_ids", request.user_ids);
            return from.outcome(from.client.kick_group_users(from.session(), request));
        }},
        {"LeaveGroup", "session", [](caller& from, parameters& in) {
            nakama::leave_group_request request{};
            in.read("group_id", request.group_id);
            return from.outcome(from.client.leave_group(from.session(), request));
        }},
        {"LinkApple", "session", [](caller& from, parameters& in) {
            nakama::link_apple_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_apple(from.session(), request));
        }},
        {"LinkCustom", "session", [](caller& from, parameters& in) {
            nakama::link_custom_request request{};
            in.read("id", request.id);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_custom(from.session(), request));
        }},
        {"LinkDevice", "session", [](caller& from, parameters& in) {
            nakama::link_device_request request{};
            in.read("id", request.id);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_device(from.session(), request));
        }},
        {"LinkEmail", "session", [](caller& from, parameters& in) {
            nakama::link_email_request request{};
            in.read("email", request.email);
            in.read("password", request.password);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_email(from.session(), request));
        }},
        {"LinkFacebook", "session", [](caller& from, parameters& in) {
            nakama::link_facebook_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("sync", request.sync);
            return from.outcome(from.client.link_facebook(from.session(), request));
        }},
        {"LinkFacebookInstantGame", "session", [](caller& from, parameters& in) {
            nakama::link_facebook_instant_game_request request{};
            in.read("signed_player_info", request.signed_player_info);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_facebook_instant_game(from.session(), request));
        }},
        {"LinkGameCenter", "session", [](caller& from, parameters& in) {
            nakama::link_game_center_request request{};
            in.read("player_id", request.player_id);
            in.read("bundle_id", request.bundle_id);
            in.read("timestamp_seconds", request.timestamp_seconds);
            in.read("salt", request.salt);
            in.read("signature", request.signature);
            in.read("public_key_url", request.public_key_url);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_game_center(from.session(), request));
        }},
        {"LinkGoogle", "session", [](caller& from, parameters& in) {
            nakama::link_google_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.link_google(from.session(), request));
        }},
        {"LinkSteam", "session", [](caller& from, parameters& in) {
            nakama::link_steam_request request{};
            in.read("account.token", request.token);
            in.read("account.vars", request.vars);
            in.read("sync", request.sync);
            return from.outcome(from.client.link_steam(from.session(), request));
        }},
        {"ListChannelMessages", "session", [](caller& from, parameters& in) {
            nakama::list_channel_messages_request request{};
            in.read("channel_id", request.channel_id);
            in.read("limit", request.limit);
            in.read("forward", request.forward);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_channel_messages(from.session(), request));
        }},
        {"ListFriends", "session", [](caller& from, parameters& in) {
            nakama::list_friends_request request{};
            in.read("limit", request.limit);
            in.read("state", request.state);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_friends(from.session(), request));
        }},
        {"ListFriendsOfFriends", "session", [](caller& from, parameters& in) {
            nakama::list_friends_of_friends_request request{};
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_friends_of_friends(from.session(), request));
        }},
        {"ListGroups", "session", [](caller& from, parameters& in) {
            nakama::list_groups_request request{};
            in.read("name", request.name);
            in.read("cursor", request.cursor);
            in.read("limit", request.limit);
            in.read("lang_tag", request.lang_tag);
            in.read("members", request.members);
            in.read("open", request.open);
            return from.outcome(from.client.list_groups(from.session(), request));
        }},
        {"ListGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::list_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("limit", request.limit);
            in.read("state", request.state);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_group_users(from.session(), request));
        }},
        {"ListLeaderboardRecords", "session", [](caller& from, parameters& in) {
            nakama::list_leaderboard_records_request request{};
            in.read("leaderboard_id", request.leaderboard_id);
            in.read("owner_ids", request.owner_ids);
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            in.read("expiry", request.expiry);
            return from.outcome(from.client.list_leaderboard_records(from.session(), request));
        }},
        {"ListLeaderboardRecordsAroundOwner", "session", [](caller& from, parameters& in) {
            nakama::list_leaderboard_records_around_owner_request request{};
            in.read("leaderboard_id", request.leaderboard_id);
            in.read("limit", request.limit);
            in.read("owner_id", request.owner_id);
            in.read("expiry", request.expiry);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_leaderboard_records_around_owner(from.session(), request));
        }},
        {"ListMatches", "session", [](caller& from, parameters& in) {
            nakama::list_matches_request request{};
            in.read("limit", request.limit);
            in.read("authoritative", request.authoritative);
            in.read("label", request.label);
            in.read("min_size", request.min_size);
            in.read("max_size", request.max_size);
            in.read("query", request.query);
            return from.outcome(from.client.list_matches(from.session(), request));
        }},
        {"ListParties", "session", [](caller& from, parameters& in) {
            nakama::list_parties_request request{};
            in.read("limit", request.limit);
            in.read("open", request.open);
            in.read("query", request.query);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_parties(from.session(), request));
        }},
        {"ListNotifications", "session", [](caller& from, parameters& in) {
            nakama::list_notifications_request request{};
            in.read("limit", request.limit);
            in.read("cacheable_cursor", request.cacheable_cursor);
            return from.outcome(from.client.list_notifications(from.session(), request));
        }},
        {"ListStorageObjects", "session", [](caller& from, parameters& in) {
            nakama::list_storage_objects_request request{};
            in.read("user_id", request.user_id);
            in.read("collection", request.collection);
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_storage_objects(from.session(), request));
        }},
        {"ListSubscriptions", "session", [](caller& from, parameters& in) {
            nakama::list_subscriptions_request request{};
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_subscriptions(from.session(), request));
        }},
        {"ListTournaments", "session", [](caller& from, parameters& in) {
            nakama::list_tournaments_request request{};
            in.read("category_start", request.category_start);
            in.read("category_end", request.category_end);
            in.read("start_time", request.start_time);
            in.read("end_time", request.end_time);
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_tournaments(from.session(), request));
        }},
        {"ListTournamentRecords", "session", [](caller& from, parameters& in) {
            nakama::list_tournament_records_request request{};
            in.read("tournament_id", request.tournament_id);
            in.read("owner_ids", request.owner_ids);
            in.read("limit", request.limit);
            in.read("cursor", request.cursor);
            in.read("expiry", request.expiry);
            return from.outcome(from.client.list_tournament_records(from.session(), request));
        }},
        {"ListTournamentRecordsAroundOwner", "session", [](caller& from, parameters& in) {
            nakama::list_tournament_records_around_owner_request request{};
            in.read("tournament_id", request.tournament_id);
            in.read("limit", request.limit);
            in.read("owner_id", request.owner_id);
            in.read("expiry", request.expiry);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_tournament_records_around_owner(from.session(), request));
        }},
        {"ListUserGroups", "session", [](caller& from, parameters& in) {
            nakama::list_user_groups_request request{};
            in.read("user_id", request.user_id);
            in.read("limit", request.limit);
            in.read("state", request.state);
            in.read("cursor", request.cursor);
            return from.outcome(from.client.list_user_groups(from.session(), request));
        }},
        {"PromoteGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::promote_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("user_ids", request.user_ids);
            return from.outcome(from.client.promote_group_users(from.session(), request));
        }},
        {"DemoteGroupUsers", "session", [](caller& from, parameters& in) {
            nakama::demote_group_users_request request{};
            in.read("group_id", request.group_id);
            in.read("user_ids", request.user_ids);
            return from.outcome(from.client.demote_group_users(from.session(), request));
        }},
        {"ReadStorageObjects", "session", [](caller& from, parameters& in) {
            nakama::read_storage_objects_request request{};
            in.read("object_ids", request.object_ids);
            return from.outcome(from.client.read_storage_objects(from.session(), request));
        }},
        {"UnlinkApple", "session", [](caller& from, parameters& in) {
            nakama::unlink_apple_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_apple(from.session(), request));
        }},
        {"UnlinkCustom", "session", [](caller& from, parameters& in) {
            nakama::unlink_custom_request request{};
            in.read("id", request.id);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_custom(from.session(), request));
        }},
        {"UnlinkDevice", "session", [](caller& from, parameters& in) {
            nakama::unlink_device_request request{};
            in.read("id", request.id);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_device(from.session(), request));
        }},
        {"UnlinkEmail", "session", [](caller& from, parameters& in) {
            nakama::unlink_email_request request{};
            in.read("email", request.email);
            in.read("password", request.password);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_email(from.session(), request));
        }},
        {"UnlinkFacebook", "session", [](caller& from, parameters& in) {
            nakama::unlink_facebook_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_facebook(from.session(), request));
        }},
        {"UnlinkFacebookInstantGame", "session", [](caller& from, parameters& in) {
            nakama::unlink_facebook_instant_game_request request{};
            in.read("signed_player_info", request.signed_player_info);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_facebook_instant_game(from.session(), request));
        }},
        {"UnlinkGameCenter", "session", [](caller& from, parameters& in) {
            nakama::unlink_game_center_request request{};
            in.read("player_id", request.player_id);
            in.read("bundle_id", request.bundle_id);
            in.read("timestamp_seconds", request.timestamp_seconds);
            in.read("salt", request.salt);
            in.read("signature", request.signature);
            in.read("public_key_url", request.public_key_url);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_game_center(from.session(), request));
        }},
        {"UnlinkGoogle", "session", [](caller& from, parameters& in) {
            nakama::unlink_google_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_google(from.session(), request));
        }},
        {"UnlinkSteam", "session", [](caller& from, parameters& in) {
            nakama::unlink_steam_request request{};
            in.read("token", request.token);
            in.read("vars", request.vars);
            return from.outcome(from.client.unlink_steam(from.session(), request));
        }},
        {"UpdateAccount", "session", [](caller& from, parameters& in) {
            nakama::update_account_request request{};
            in.read("username", request.username);
            in.read("display_name", request.display_name);
            in.read("avatar_url", request.avatar_url);
            in.read("lang_tag", request.lang_tag);
            in.read("location", request.location);
            in.read("timezone", request.timezone);
            return from.outcome(from.client.update_account(from.session(), request));
        }},
        {"UpdateGroup", "session", [](caller& from, parameters& in) {
            nakama::update_group_request request{};
            in.read("group_id", request.group_id);
            in.read("name", request.name);
            in.read("description", request.description);
            in.read("lang_tag", request.lang_tag);
            in.read("avatar_url", request.avatar_url);
            in.read("open", request.open);
            return from.outcome(from.client.update_group(from.session(), request));
        }},
        {"ValidatePurchaseApple", "session", [](caller& from, parameters& in) {
            nakama::validate_purchase_apple_request request{};
            in.read("receipt", request.receipt);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_purchase_apple(from.session(), request));
        }},
        {"ValidateSubscriptionApple", "session", [](caller& from, parameters& in) {
            nakama::validate_subscription_apple_request request{};
            in.read("receipt", request.receipt);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_subscription_apple(from.session(), request));
        }},
        {"ValidatePurchaseGoogle", "session", [](caller& from, parameters& in) {
            nakama::validate_purchase_google_request request{};
            in.read("purchase", request.purchase);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_purchase_google(from.session(), request));
        }},
        {"ValidateSubscriptionGoogle", "session", [](caller& from, parameters& in) {
            nakama::validate_subscription_google_request request{};
            in.read("receipt", request.receipt);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_subscription_google(from.session(), request));
        }},
        {"ValidatePurchaseHuawei", "session", [](caller& from, parameters& in) {
            nakama::validate_purchase_huawei_request request{};
            in.read("purchase", request.purchase);
            in.read("signature", request.signature);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_purchase_huawei(from.session(), request));
        }},
        {"ValidatePurchaseFacebookInstant", "session", [](caller& from, parameters& in) {
            nakama::validate_purchase_facebook_instant_request request{};
            in.read("signed_request", request.signed_request);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_purchase_facebook_instant(from.session(), request));
        }},
        {"ValidatePurchaseSamsung", "session", [](caller& from, parameters& in) {
            nakama::validate_purchase_samsung_request request{};
            in.read("purchase_id", request.purchase_id);
            in.read("persist", request.persist);
            return from.outcome(from.client.validate_purchase_samsung(from.session(), request));
        }},
        {"WriteLeaderboardRecord", "session", [](caller& from, parameters& in) {
            nakama::write_leaderboard_record_request request{};
            in.read("leaderboard_id", request.leaderboard_id);
            in.read("record.score", request.score);
            in.read("record.subscore", request.subscore);
            in.read("record.metadata", request.metadata);
            in.read("record.operator", request.operator_);
            return from.outcome(from.client.write_leaderboard_record(from.session(), request));
        }},
        {"WriteStorageObjects", "session", [](caller& from, parameters& in) {
            nakama::write_storage_objects_request request{};
            in.read("objects", request.objects);
            return from.outcome(from.client.write_storage_objects(from.session(), request));
        }},
        {"WriteTournamentRecord", "session", [](caller& from, parameters& in) {
            nakama::write_tournament_record_request request{};
            in.read("tournament_id", request.tournament_id);
            in.read("record.score", request.score);
            in.read("record.subscore", request.subscore);
            in.read("record.metadata", request.metadata);
            in.read("record.operator", request.operator_);
            return from.outcome(from.client.write_tournament_record(from.session(), request));
        }},
    };
    return calls;
}

const std::vector<recorded_message>& recorded_messages() {
    static const std::vector<recorded_message> messages{
        {"channel_join", [](const socket& to, parameters& in) {
            nakama::channel_join_request request{};
            in.read("target", request.target);
            request.type = {};
            in.read("type", request.type);
            in.read("persistence", request.persistence);
            in.read("hidden", request.hidden);
            return sending(to.channel_join(request));
        }},
        {"channel_leave", [](const socket& to, parameters& in) {
            nakama::channel_leave_request request{};
            in.read("channel_id", request.channel_id);
            return sending(to.channel_leave(request));
        }},
        {"channel_message_send", [](const socket& to, parameters& in) {
            nakama::channel_message_send_request request{};
            in.read("channel_id", request.channel_id);
            in.read("content", request.content);
            return sending(to.channel_message_send(request));
        }},
        {"channel_message_update", [](const socket& to, parameters& in) {
            nakama::channel_message_update_request request{};
            in.read("channel_id", request.channel_id);
            in.read("message_id", request.message_id);
            in.read("content", request.content);
            return sending(to.channel_message_update(request));
        }},
        {"channel_message_remove", [](const socket& to, parameters& in) {
            nakama::channel_message_remove_request request{};
            in.read("channel_id", request.channel_id);
            in.read("message_id", request.message_id);
            return sending(to.channel_message_remove(request));
        }},
        {"match_create", [](const socket& to, parameters& in) {
            nakama::match_create_request request{};
            in.read("name", request.name);
            return sending(to.match_create(request));
        }},
        {"match_data_send", [](const socket& to, parameters& in) {
            nakama::match_data_send_request request{};
            in.read("match_id", request.match_id);
            in.read("op_code", request.op_code);
            in.read_bytes("data", request.data);
            in.read("presences", request.presences);
            in.read("reliable", request.reliable);
            return sending(to.match_data_send(request));
        }},
        {"match_join", [](const socket& to, parameters& in) {
            nakama::match_join_request request{};
            in.read("match_id", request.match_id);
            in.read("token", request.token);
            in.read("metadata", request.metadata);
            return sending(to.match_join(request));
        }},
        {"match_leave", [](const socket& to, parameters& in) {
            nakama::match_leave_request request{};
            in.read("match_id", request.match_id);
            return sending(to.match_leave(request));
        }},
        {"matchmaker_add", [](const socket& to, parameters& in) {
            nakama::matchmaker_add_request request{};
            in.read("min_count", request.min_count);
            in.read("max_count", request.max_count);
            request.query = {};
            in.read("query", request.query);
            in.read("string_properties", request.string_properties);
            in.read("numeric_properties", request.numeric_properties);
            in.read("count_multiple", request.count_multiple);
            return sending(to.matchmaker_add(request));
        }},
        {"matchmaker_remove", [](const socket& to, parameters& in) {
            nakama::matchmaker_remove_request request{};
            in.read("ticket", request.ticket);
            return sending(to.matchmaker_remove(request));
        }},
        {"rpc", [](const socket& to, parameters& in) {
            nakama::rpc_request request{};
            in.read("id", request.id);
            in.read("payload", request.payload);
            return sending(to.rpc(request));
        }},
        {"status_follow", [](const socket& to, parameters& in) {
            nakama::status_follow_request request{};
            in.read("user_ids", request.user_ids);
            in.read("usernames", request.usernames);
            return sending(to.status_follow(request));
        }},
        {"status_unfollow", [](const socket& to, parameters& in) {
            nakama::status_unfollow_request request{};
            in.read("user_ids", request.user_ids);
            return sending(to.status_unfollow(request));
        }},
        {"status_update", [](const socket& to, parameters& in) {
            nakama::status_update_request request{};
            in.read("status", request.status);
            return sending(to.status_update(request));
        }},
        {"ping", [](const socket& to, parameters& in) {
            (void)in;
            return sending(to.ping());
        }},
        {"party_create", [](const socket& to, parameters& in) {
            nakama::party_create_request request{};
            in.read("open", request.open);
            in.read("max_size", request.max_size);
            in.read("label", request.label);
            in.read("hidden", request.hidden);
            return sending(to.party_create(request));
        }},
        {"party_join", [](const socket& to, parameters& in) {
            nakama::party_join_request request{};
            in.read("party_id", request.party_id);
            return sending(to.party_join(request));
        }},
        {"party_leave", [](const socket& to, parameters& in) {
            nakama::party_leave_request request{};
            in.read("party_id", request.party_id);
            return sending(to.party_leave(request));
        }},
        {"party_promote", [](const socket& to, parameters& in) {
            nakama::party_promote_request request{};
            in.read("party_id", request.party_id);
            in.read_message("presence", request.presence);
            return sending(to.party_promote(request));
        }},
        {"party_accept", [](const socket& to, parameters& in) {
            nakama::party_accept_request request{};
            in.read("party_id", request.party_id);
            in.read_message("presence", request.presence);
            return sending(to.party_accept(request));
        }},
        {"party_remove", [](const socket& to, parameters& in) {
            nakama::party_remove_request request{};
            in.read("party_id", request.party_id);
            in.read_message("presence", request.presence);
            return sending(to.party_remove(request));
        }},
        {"party_close", [](const socket& to, parameters& in) {
            nakama::party_close_request request{};
            in.read("party_id", request.party_id);
            return sending(to.party_close(request));
        }},
        {"party_join_request_list", [](const socket& to, parameters& in) {
            nakama::party_join_request_list_request request{};
            in.read("party_id", request.party_id);
            return sending(to.party_join_request_list(request));
        }},
        {"party_matchmaker_add", [](const socket& to, parameters& in) {
            nakama::party_matchmaker_add_request request{};
            in.read("party_id", request.party_id);
            in.read("min_count", request.min_count);
            in.read("max_count", request.max_count);
            request.query = {};
            in.read("query", request.query);
            in.read("string_properties", request.string_properties);
            in.read("numeric_properties", request.numeric_properties);
            in.read("count_multiple", request.count_multiple);
            return sending(to.party_matchmaker_add(request));
        }},
        {"party_matchmaker_remove", [](const socket& to, parameters& in) {
            nakama::party_matchmaker_remove_request request{};
            in.read("party_id", request.party_id);
            in.read("ticket", request.ticket);
            return sending(to.party_matchmaker_remove(request));
        }},
        {"party_data_send", [](const socket& to, parameters& in) {
            nakama::party_data_send_request request{};
            in.read("party_id", request.party_id);
            in.read("op_code", request.op_code);
            in.read_bytes("data", request.data);
            return sending(to.party_data_send(request));
        }},
        {"party_update", [](const socket& to, parameters& in) {
            nakama::party_update_request request{};
            in.read("party_id", request.party_id);
            in.read("label", request.label);
            in.read("open", request.open);
            in.read("hidden", request.hidden);
            return sending(to.party_update(request));
        }},
    };
    return messages;
}

const std::map<std::string, reread>& nakama_answers() {
    static const std::map<std::string, reread> answers{
        {"AddFriends", read_and_write<call::nothing>},
        {"AddGroupUsers", read_and_write<call::nothing>},
        {"SessionRefresh", read_and_write<nakama::session_tokens>},
        {"SessionLogout", read_and_write<call::nothing>},
        {"AuthenticateApple", read_and_write<nakama::session_tokens>},
        {"AuthenticateCustom", read_and_write<nakama::session_tokens>},
        {"AuthenticateDevice", read_and_write<nakama::session_tokens>},
        {"AuthenticateEmail", read_and_write<nakama::session_tokens>},
        {"AuthenticateFacebook", read_and_write<nakama::session_tokens>},
        {"AuthenticateFacebookInstantGame", read_and_write<nakama::session_tokens>},
        {"AuthenticateGameCenter", read_and_write<nakama::session_tokens>},
        {"AuthenticateGoogle", read_and_write<nakama::session_tokens>},
        {"AuthenticateSteam", read_and_write<nakama::session_tokens>},
        {"BanGroupUsers", read_and_write<call::nothing>},
        {"BlockFriends", read_and_write<call::nothing>},
        {"CreateGroup", read_and_write<nakama::group>},
        {"DeleteAccount", read_and_write<call::nothing>},
        {"DeleteFriends", read_and_write<call::nothing>},
        {"DeleteGroup", read_and_write<call::nothing>},
        {"DeleteLeaderboardRecord", read_and_write<call::nothing>},
        {"DeleteNotifications", read_and_write<call::nothing>},
        {"DeleteTournamentRecord", read_and_write<call::nothing>},
        {"DeleteStorageObjects", read_and_write<call::nothing>},
        {"Event", read_and_write<call::nothing>},
        {"GetAccount", read_and_write<nakama::account>},
        {"GetUsers", read_and_write<nakama::users>},
        {"GetSubscription", read_and_write<nakama::validated_subscription>},
        {"GetMatchmakerStats", read_and_write<nakama::matchmaker_stats>},
        {"Healthcheck", read_and_write<call::nothing>},
        {"ImportFacebookFriends", read_and_write<call::nothing>},
        {"ImportSteamFriends", read_and_write<call::nothing>},
        {"JoinGroup", read_and_write<call::nothing>},
        {"JoinTournament", read_and_write<call::nothing>},
        {"KickGroupUsers", read_and_write<call::nothing>},
        {"LeaveGroup", read_and_write<call::nothing>},
        {"LinkApple", read_and_write<call::nothing>},
        {"LinkCustom", read_and_write<call::nothing>},
        {"LinkDevice", read_and_write<call::nothing>},
        {"LinkEmail", read_and_write<call::nothing>},
        {"LinkFacebook", read_and_write<call::nothing>},
        {"LinkFacebookInstantGame", read_and_write<call::nothing>},
        {"LinkGameCenter", read_and_write<call::nothing>},
        {"LinkGoogle", read_and_write<call::nothing>},
        {"LinkSteam", read_and_write<call::nothing>},
        {"ListChannelMessages", read_and_write<nakama::channel_message_list>},
        {"ListFriends", read_and_write<nakama::friend_list>},
        {"ListFriendsOfFriends", read_and_write<nakama::friends_of_friends_list>},
        {"ListGroups", read_and_write<nakama::group_list>},
        {"ListGroupUsers", read_and_write<nakama::group_user_list>},
        {"ListLeaderboardRecords", read_and_write<nakama::leaderboard_record_list>},
        {"ListLeaderboardRecordsAroundOwner", read_and_write<nakama::leaderboard_record_list>},
        {"ListMatches", read_and_write<nakama::match_list>},
        {"ListParties", read_and_write<nakama::party_list>},
        {"ListNotifications", read_and_write<nakama::notification_list>},
        {"ListStorageObjects", read_and_write<nakama::storage_object_list>},
        {"ListSubscriptions", read_and_write<nakama::subscription_list>},
        {"ListTournaments", read_and_write<nakama::tournament_list>},
        {"ListTournamentRecords", read_and_write<nakama::tournament_record_list>},
        {"ListTournamentRecordsAroundOwner", read_and_write<nakama::tournament_record_list>},
        {"ListUserGroups", read_and_write<nakama::user_group_list>},
        {"PromoteGroupUsers", read_and_write<call::nothing>},
        {"DemoteGroupUsers", read_and_write<call::nothing>},
        {"ReadStorageObjects", read_and_write<nakama::storage_objects>},
        {"RpcFunc", read_and_write<nakama::rpc>},
        {"UnlinkApple", read_and_write<call::nothing>},
        {"UnlinkCustom", read_and_write<call::nothing>},
        {"UnlinkDevice", read_and_write<call::nothing>},
        {"UnlinkEmail", read_and_write<call::nothing>},
        {"UnlinkFacebook", read_and_write<call::nothing>},
        {"UnlinkFacebookInstantGame", read_and_write<call::nothing>},
        {"UnlinkGameCenter", read_and_write<call::nothing>},
        {"UnlinkGoogle", read_and_write<call::nothing>},
        {"UnlinkSteam", read_and_write<call::nothing>},
        {"UpdateAccount", read_and_write<call::nothing>},
        {"UpdateGroup", read_and_write<call::nothing>},
        {"ValidatePurchaseApple", read_and_write<nakama::validate_purchase_response>},
        {"ValidateSubscriptionApple", read_and_write<nakama::validate_subscription_response>},
        {"ValidatePurchaseGoogle", read_and_write<nakama::validate_purchase_response>},
        {"ValidateSubscriptionGoogle", read_and_write<nakama::validate_subscription_response>},
        {"ValidatePurchaseHuawei", read_and_write<nakama::validate_purchase_response>},
        {"ValidatePurchaseFacebookInstant", read_and_write<nakama::validate_purchase_response>},
        {"ValidatePurchaseSamsung", read_and_write<nakama::validate_purchase_response>},
        {"WriteLeaderboardRecord", read_and_write<nakama::leaderboard_record>},
        {"WriteStorageObjects", read_and_write<nakama::storage_object_acks>},
        {"WriteTournamentRecord", read_and_write<nakama::leaderboard_record>},
    };
    return answers;
}

const std::map<std::string, const wire::schema*>& nakama_schemas() {
    static const std::map<std::string, const wire::schema*> schemas{
        {"session_tokens", &wire::schema_of<nakama::session_tokens>()},
        {"group", &wire::schema_of<nakama::group>()},
        {"user", &wire::schema_of<nakama::user>()},
        {"account_device", &wire::schema_of<nakama::account_device>()},
        {"account", &wire::schema_of<nakama::account>()},
        {"users", &wire::schema_of<nakama::users>()},
        {"validated_subscription", &wire::schema_of<nakama::validated_subscription>()},
        {"matchmaker_completion_stats", &wire::schema_of<nakama::matchmaker_completion_stats>()},
        {"matchmaker_stats", &wire::schema_of<nakama::matchmaker_stats>()},
        {"channel_message", &wire::schema_of<nakama::channel_message>()},
        {"channel_message_list", &wire::schema_of<nakama::channel_message_list>()},
        {"friend_", &wire::schema_of<nakama::friend_>()},
        {"friend_list", &wire::schema_of<nakama::friend_list>()},
        {"friend_of_friend", &wire::schema_of<nakama::friend_of_friend>()},
        {"friends_of_friends_list", &wire::schema_of<nakama::friends_of_friends_list>()},
        {"group_list", &wire::schema_of<nakama::group_list>()},
        {"group_user", &wire::schema_of<nakama::group_user>()},
        {"group_user_list", &wire::schema_of<nakama::group_user_list>()},
        {"leaderboard_record", &wire::schema_of<nakama::leaderboard_record>()},
        {"leaderboard_record_list", &wire::schema_of<nakama::leaderboard_record_list>()},
        {"listed_match", &wire::schema_of<nakama::listed_match>()},
        {"match_list", &wire::schema_of<nakama::match_list>()},
        {"listed_party", &wire::schema_of<nakama::listed_party>()},
        {"party_list", &wire::schema_of<nakama::party_list>()},
        {"notification", &wire::schema_of<nakama::notification>()},
        {"notification_list", &wire::schema_of<nakama::notification_list>()},
        {"storage_object", &wire::schema_of<nakama::storage_object>()},
        {"storage_object_list", &wire::schema_of<nakama::storage_object_list>()},
        {"subscription_list", &wire::schema_of<nakama::subscription_list>()},
        {"tournament", &wire::schema_of<nakama::tournament>()},
        {"tournament_list", &wire::schema_of<nakama::tournament_list>()},
        {"tournament_record_list", &wire::schema_of<nakama::tournament_record_list>()},
        {"user_group", &wire::schema_of<nakama::user_group>()},
        {"user_group_list", &wire::schema_of<nakama::user_group_list>()},
        {"storage_objects", &wire::schema_of<nakama::storage_objects>()},
        {"rpc", &wire::schema_of<nakama::rpc>()},
        {"validated_purchase", &wire::schema_of<nakama::validated_purchase>()},
        {"validate_purchase_response", &wire::schema_of<nakama::validate_purchase_response>()},
        {"validate_subscription_response", &wire::schema_of<nakama::validate_subscription_response>()},
        {"storage_object_ack", &wire::schema_of<nakama::storage_object_ack>()},
        {"storage_object_acks", &wire::schema_of<nakama::storage_object_acks>()},
        {"user_presence", &wire::schema_of<nakama::user_presence>()},
        {"channel", &wire::schema_of<nakama::channel>()},
        {"channel_message_ack", &wire::schema_of<nakama::channel_message_ack>()},
        {"channel_presence_event", &wire::schema_of<nakama::channel_presence_event>()},
        {"realtime_error", &wire::schema_of<nakama::realtime_error>()},
        {"match", &wire::schema_of<nakama::match>()},
        {"match_data", &wire::schema_of<nakama::match_data>()},
        {"match_presence_event", &wire::schema_of<nakama::match_presence_event>()},
        {"matchmaker_user", &wire::schema_of<nakama::matchmaker_user>()},
        {"matchmaker_matched", &wire::schema_of<nakama::matchmaker_matched>()},
        {"matchmaker_ticket", &wire::schema_of<nakama::matchmaker_ticket>()},
        {"notifications", &wire::schema_of<nakama::notifications>()},
        {"status", &wire::schema_of<nakama::status>()},
        {"status_presence_event", &wire::schema_of<nakama::status_presence_event>()},
        {"stream", &wire::schema_of<nakama::stream>()},
        {"stream_data", &wire::schema_of<nakama::stream_data>()},
        {"stream_presence_event", &wire::schema_of<nakama::stream_presence_event>()},
        {"pong", &wire::schema_of<nakama::pong>()},
        {"party", &wire::schema_of<nakama::party>()},
        {"party_leader", &wire::schema_of<nakama::party_leader>()},
        {"party_close", &wire::schema_of<nakama::party_close>()},
        {"party_join_requests", &wire::schema_of<nakama::party_join_requests>()},
        {"party_matchmaker_ticket", &wire::schema_of<nakama::party_matchmaker_ticket>()},
        {"party_data", &wire::schema_of<nakama::party_data>()},
        {"party_presence_event", &wire::schema_of<nakama::party_presence_event>()},
        {"party_update", &wire::schema_of<nakama::party_update>()},
        {"account_refresh", &wire::schema_of<nakama::account_refresh>()},
        {"leaderboard", &wire::schema_of<nakama::leaderboard>()},
        {"leaderboard_list", &wire::schema_of<nakama::leaderboard_list>()},
        {"purchase_list", &wire::schema_of<nakama::purchase_list>()},
    };
    return schemas;
}

const std::map<std::string, std::span<const wire::enum_name>>& nakama_enumerations() {
    static const std::map<std::string, std::span<const wire::enum_name>> enumerations{
        {"Friend.State", wire::names_of<nakama::friend_state>()},
        {"GroupUserList.GroupUser.State", wire::names_of<nakama::group_user_state>()},
        {"UserGroupList.UserGroup.State", wire::names_of<nakama::user_group_state>()},
        {"StoreProvider", wire::names_of<nakama::store_provider>()},
        {"StoreEnvironment", wire::names_of<nakama::store_environment>()},
        {"Operator", wire::names_of<nakama::leaderboard_operator>()},
        {"ChannelJoin.Type", wire::names_of<nakama::channel_type>()},
    };
    return enumerations;
}

} // namespace nakama::test
