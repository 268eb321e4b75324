// Generated from gen/api by nakama-gen; not to be edited.
// The server's operations over HTTP.
#pragma once

#include <nakama/api/accounts.hpp>
#include <nakama/api/authentication.hpp>
#include <nakama/api/channels.hpp>
#include <nakama/api/events.hpp>
#include <nakama/api/friends.hpp>
#include <nakama/api/groups.hpp>
#include <nakama/api/leaderboards.hpp>
#include <nakama/api/linking.hpp>
#include <nakama/api/matches.hpp>
#include <nakama/api/matchmaker.hpp>
#include <nakama/api/notifications.hpp>
#include <nakama/api/parties.hpp>
#include <nakama/api/purchases.hpp>
#include <nakama/api/server.hpp>
#include <nakama/api/storage.hpp>
#include <nakama/api/tournaments.hpp>
#include <nakama/api/users.hpp>
#include <nakama/call_options.hpp>
#include <nakama/session.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>

namespace nakama {

namespace asio = boost::asio;

namespace call {
class pipeline;
} // namespace call

/// Every operation encodes its request before it returns, so what the request refers to may end then; the
/// request is sent when the awaitable is awaited. Each throws nakama::error and can be awaited once.
/// Cancelling one aborts its I/O and its waits, and it throws errc::cancelled; a deadline does the same with
/// errc::timed_out. Idempotent ones may be repeated by the retry policy after their bytes have left.
/// Numbers in brackets at members of requests and answers are those of the server's protobuf fields.
class NAKAMA_API operations {
public:
    // Signing in, and the tokens of a session.

    /// Extends the session in place, also its refresh token. `unauthenticated` means that the refresh token
    /// is spent and the user must sign in again. `token` [1] is the session's.
    /// `POST /v2/account/session/refresh`. Needs the server key. Idempotent.
    asio::awaitable<void> session_refresh(
            session session, const session_refresh_request& request = {}, call_options options = {}) const;

    /// Makes the server forget both tokens of the session. An open socket outlives them. `token` [1] and
    /// `refresh_token` [2] are the session's.
    /// `POST /v2/session/logout`. Needs a session. Not idempotent.
    asio::awaitable<void> session_logout(const session& session, call_options options = {}) const;

    /// Signs in with an identity token of Apple.
    /// `POST /v2/account/authenticate/apple`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_apple(
            const authenticate_apple_request& request, call_options options = {}) const;

    /// Signs in with an id from another system.
    /// `POST /v2/account/authenticate/custom`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_custom(
            const authenticate_custom_request& request, call_options options = {}) const;

    /// Signs in with an id of the device's own.
    /// `POST /v2/account/authenticate/device`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_device(
            const authenticate_device_request& request, call_options options = {}) const;

    /// Signs in with an email address or username, and a password. A wrong password is `unauthenticated`, an
    /// unknown account that is not to be made `not_found`.
    /// `POST /v2/account/authenticate/email`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_email(
            const authenticate_email_request& request, call_options options = {}) const;

    /// Signs in with a token of Facebook.
    /// `POST /v2/account/authenticate/facebook`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_facebook(
            const authenticate_facebook_request& request, call_options options = {}) const;

    /// Signs in with the signed player of a Facebook Instant Game.
    /// `POST /v2/account/authenticate/facebookinstantgame`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_facebook_instant_game(
            const authenticate_facebook_instant_game_request& request, call_options options = {}) const;

    /// Signs in with a signature of Game Center.
    /// `POST /v2/account/authenticate/gamecenter`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_game_center(
            const authenticate_game_center_request& request, call_options options = {}) const;

    /// Signs in with a token of Google.
    /// `POST /v2/account/authenticate/google`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_google(
            const authenticate_google_request& request, call_options options = {}) const;

    /// Signs in with a session ticket of Steam.
    /// `POST /v2/account/authenticate/steam`. Needs the server key. Not idempotent.
    asio::awaitable<session> authenticate_steam(
            const authenticate_steam_request& request, call_options options = {}) const;

    // The caller's own account.

    /// Deletes the caller's account and closes its sockets. A token issued within the same second outlives it
    /// for REST calls, which then find no account.
    /// `DELETE /v2/account`. Needs a session. Idempotent.
    asio::awaitable<void> delete_account(const session& session, call_options options = {}) const;

    /// Fetches the caller's account.
    /// `GET /v2/account`. Needs a session. Idempotent.
    asio::awaitable<account> get_account(const session& session, call_options options = {}) const;

    /// Changes fields of the caller's account. A username in use is `invalid_argument`, and so is a request
    /// without any field.
    /// `PUT /v2/account`. Needs a session. Idempotent.
    asio::awaitable<void> update_account(
            const session& session, const update_account_request& request = {},
            call_options options = {}) const;

    // Linking and unlinking the identities of an account.

    /// Links an identity at Apple to the caller's account. One that belongs to another account is
    /// `already_exists`.
    /// `POST /v2/account/link/apple`. Needs a session. Idempotent.
    asio::awaitable<void> link_apple(
            const session& session, const link_apple_request& request = {}, call_options options = {}) const;

    /// Links an id from another system to the caller's account. One that belongs to another account is
    /// `already_exists`.
    /// `POST /v2/account/link/custom`. Needs a session. Idempotent.
    asio::awaitable<void> link_custom(
            const session& session, const link_custom_request& request = {}, call_options options = {}) const;

    /// Links a device to the caller's account. One that belongs to another account is `already_exists`.
    /// `POST /v2/account/link/device`. Needs a session. Idempotent.
    asio::awaitable<void> link_device(
            const session& session, const link_device_request& request, call_options options = {}) const;

    /// Links an email address and a password to the caller's account. Linking one's own address again changes
    /// the password.
    /// `POST /v2/account/link/email`. Needs a session. Idempotent.
    asio::awaitable<void> link_email(
            const session& session, const link_email_request& request = {}, call_options options = {}) const;

    /// Links an identity at Facebook to the caller's account, and by default imports the friends from there.
    /// One that belongs to another account is `already_exists`.
    /// `POST /v2/account/link/facebook`. Needs a session. Idempotent.
    asio::awaitable<void> link_facebook(
            const session& session, const link_facebook_request& request = {},
            call_options options = {}) const;

    /// Links a player of a Facebook Instant Game to the caller's account. One that belongs to another account
    /// is `already_exists`.
    /// `POST /v2/account/link/facebookinstantgame`. Needs a session. Idempotent.
    asio::awaitable<void> link_facebook_instant_game(
            const session& session, const link_facebook_instant_game_request& request = {},
            call_options options = {}) const;

    /// Links an identity at Game Center to the caller's account. One that belongs to another account is
    /// `already_exists`.
    /// `POST /v2/account/link/gamecenter`. Needs a session. Idempotent.
    asio::awaitable<void> link_game_center(
            const session& session, const link_game_center_request& request = {},
            call_options options = {}) const;

    /// Links an identity at Google to the caller's account. One that belongs to another account is
    /// `already_exists`.
    /// `POST /v2/account/link/google`. Needs a session. Idempotent.
    asio::awaitable<void> link_google(
            const session& session, const link_google_request& request = {}, call_options options = {}) const;

    /// Links an identity at Steam to the caller's account, and by default imports the friends from there. One
    /// that belongs to another account is `already_exists`.
    /// `POST /v2/account/link/steam`. Needs a session. Idempotent.
    asio::awaitable<void> link_steam(
            const session& session, const link_steam_request& request = {}, call_options options = {}) const;

    /// Unlinks the identity at Apple. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/apple`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_apple(
            const session& session, const unlink_apple_request& request = {},
            call_options options = {}) const;

    /// Unlinks the id from another system. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/custom`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_custom(
            const session& session, const unlink_custom_request& request = {},
            call_options options = {}) const;

    /// Unlinks a device. The last identity of an account cannot be unlinked, that is `permission_denied`.
    /// `POST /v2/account/unlink/device`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_device(
            const session& session, const unlink_device_request& request, call_options options = {}) const;

    /// Unlinks the email address, without a look at the password. The last identity of an account cannot be
    /// unlinked, that is `permission_denied`.
    /// `POST /v2/account/unlink/email`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_email(
            const session& session, const unlink_email_request& request = {},
            call_options options = {}) const;

    /// Unlinks the identity at Facebook. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/facebook`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_facebook(
            const session& session, const unlink_facebook_request& request = {},
            call_options options = {}) const;

    /// Unlinks the player of a Facebook Instant Game. The last identity of an account cannot be unlinked,
    /// that is `permission_denied`.
    /// `POST /v2/account/unlink/facebookinstantgame`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_facebook_instant_game(
            const session& session, const unlink_facebook_instant_game_request& request = {},
            call_options options = {}) const;

    /// Unlinks the identity at Game Center. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/gamecenter`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_game_center(
            const session& session, const unlink_game_center_request& request = {},
            call_options options = {}) const;

    /// Unlinks the identity at Google. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/google`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_google(
            const session& session, const unlink_google_request& request = {},
            call_options options = {}) const;

    /// Unlinks the identity at Steam. The last identity of an account cannot be unlinked, that is
    /// `permission_denied`.
    /// `POST /v2/account/unlink/steam`. Needs a session. Not idempotent.
    asio::awaitable<void> unlink_steam(
            const session& session, const unlink_steam_request& request = {},
            call_options options = {}) const;

    // Public profiles of users.

    /// Fetches users by id, username or Facebook id. Unknown ones are left out, duplicates collapse, and the
    /// order is not that of the request.
    /// `GET /v2/user`. Needs a session. Idempotent.
    asio::awaitable<users> get_users(
            const session& session, const get_users_request& request = {}, call_options options = {}) const;

    // Friends, invitations and blocks.

    /// Asks users to become friends, and accepts those who asked first. Unknown ids are ignored silently,
    /// unknown usernames are refused if nobody else is left.
    /// `POST /v2/friend`. Needs a session. Idempotent.
    asio::awaitable<void> add_friends(
            const session& session, const add_friends_request& request = {}, call_options options = {}) const;

    /// Blocks users, friends or not. Unknown ids are ignored silently, unknown usernames are refused if
    /// nobody else is left.
    /// `POST /v2/friend/block`. Needs a session. Idempotent.
    asio::awaitable<void> block_friends(
            const session& session, const block_friends_request& request = {},
            call_options options = {}) const;

    /// Ends friendships, takes back and turns down invitations, and lifts blocks. Unknown users are ignored.
    /// `DELETE /v2/friend`. Needs a session. Idempotent.
    asio::awaitable<void> delete_friends(
            const session& session, const delete_friends_request& request = {},
            call_options options = {}) const;

    /// Makes friends of the users whom the caller knows on Facebook.
    /// `POST /v2/friend/facebook`. Needs a session. Idempotent.
    asio::awaitable<void> import_facebook_friends(
            const session& session, const import_facebook_friends_request& request = {},
            call_options options = {}) const;

    /// Makes friends of the users whom the caller knows on Steam.
    /// `POST /v2/friend/steam`. Needs a session. Idempotent.
    asio::awaitable<void> import_steam_friends(
            const session& session, const import_steam_friends_request& request = {},
            call_options options = {}) const;

    /// Lists the caller's friends, invitations and blocks. The next page must repeat `state`.
    /// `GET /v2/friend`. Needs a session. Idempotent.
    asio::awaitable<friend_list> list_friends(
            const session& session, const list_friends_request& request = {},
            call_options options = {}) const;

    /// Lists whom the caller's friends have as friends. A user comes once for every friend in between.
    /// `GET /v2/friend/friends`. Needs a session. Idempotent.
    asio::awaitable<friends_of_friends_list> list_friends_of_friends(
            const session& session, const list_friends_of_friends_request& request = {},
            call_options options = {}) const;

    // Groups, their members and who may do what in them.

    /// Makes users members of a group, among them those who asked to join. A caller without the right gets
    /// `not_found`.
    /// `POST /v2/group/{group_id}/add`. Needs a session. Not idempotent.
    asio::awaitable<void> add_group_users(
            const session& session, const add_group_users_request& request, call_options options = {}) const;

    /// Removes users from a group and keeps them from joining again. A caller without the right gets
    /// `not_found`.
    /// `POST /v2/group/{group_id}/ban`. Needs a session. Idempotent.
    asio::awaitable<void> ban_group_users(
            const session& session, const ban_group_users_request& request, call_options options = {}) const;

    /// Makes a group with the caller as its superadmin. A name in use is `already_exists`.
    /// `POST /v2/group`. Needs a session. Not idempotent.
    asio::awaitable<group> create_group(
            const session& session, const create_group_request& request, call_options options = {}) const;

    /// Deletes a group of which the caller is a superadmin. A lacking right and an unknown group are
    /// `invalid_argument`.
    /// `DELETE /v2/group/{group_id}`. Needs a session. Not idempotent.
    asio::awaitable<void> delete_group(
            const session& session, const delete_group_request& request, call_options options = {}) const;

    /// Joins an open group, or asks to join a closed one. For a member and for a banned user it succeeds
    /// without effect.
    /// `POST /v2/group/{group_id}/join`. Needs a session. Idempotent.
    asio::awaitable<void> join_group(
            const session& session, const join_group_request& request, call_options options = {}) const;

    /// Removes users from a group and turns down requests to join. A caller without the right gets
    /// `not_found`, unknown users are ignored.
    /// `POST /v2/group/{group_id}/kick`. Needs a session. Idempotent.
    asio::awaitable<void> kick_group_users(
            const session& session, const kick_group_users_request& request, call_options options = {}) const;

    /// Leaves a group, or takes back a request to join it. The last superadmin cannot leave.
    /// `POST /v2/group/{group_id}/leave`. Needs a session. Idempotent.
    asio::awaitable<void> leave_group(
            const session& session, const leave_group_request& request, call_options options = {}) const;

    /// Lists groups. `name` cannot be combined with the other filters.
    /// `GET /v2/group`. Needs a session. Idempotent.
    asio::awaitable<group_list> list_groups(
            const session& session, const list_groups_request& request = {}, call_options options = {}) const;

    /// Lists the members of a group and who asked to join. An unknown group gives an empty list, and the next
    /// page must repeat `state`.
    /// `GET /v2/group/{group_id}/user`. Needs a session. Idempotent.
    asio::awaitable<group_user_list> list_group_users(
            const session& session, const list_group_users_request& request, call_options options = {}) const;

    /// Lists the groups of a user, and those the user asked to join. The next page must repeat `state`.
    /// `GET /v2/user/{user_id}/group`. Needs a session. Idempotent.
    asio::awaitable<user_group_list> list_user_groups(
            const session& session, const list_user_groups_request& request, call_options options = {}) const;

    /// Raises members of a group by one step, up to superadmin. A caller without the right gets `not_found`,
    /// unknown users are ignored.
    /// `POST /v2/group/{group_id}/promote`. Needs a session. Not idempotent.
    asio::awaitable<void> promote_group_users(
            const session& session, const promote_group_users_request& request,
            call_options options = {}) const;

    /// Lowers members of a group by one step. A caller without the right gets `not_found`, an empty list of
    /// users is refused.
    /// `POST /v2/group/{group_id}/demote`. Needs a session. Not idempotent.
    asio::awaitable<void> demote_group_users(
            const session& session, const demote_group_users_request& request,
            call_options options = {}) const;

    /// Changes fields of a group. A name in use is `invalid_argument`, a lacking right `not_found`.
    /// `PUT /v2/group/{group_id}`. Needs a session. Idempotent.
    asio::awaitable<void> update_group(
            const session& session, const update_group_request& request, call_options options = {}) const;

    // Notifications that the server keeps for the caller.

    /// Deletes notifications of the caller. Unknown ids and those of other users are ignored, malformed ones
    /// fail with `internal`.
    /// `DELETE /v2/notification`. Needs a session. Idempotent.
    asio::awaitable<void> delete_notifications(
            const session& session, const delete_notifications_request& request = {},
            call_options options = {}) const;

    /// Lists the caller's stored notifications, oldest first. Keep `cacheable_cursor` to ask later for newer
    /// ones.
    /// `GET /v2/notification`. Needs a session. Idempotent.
    asio::awaitable<notification_list> list_notifications(
            const session& session, const list_notifications_request& request = {},
            call_options options = {}) const;

    // Objects kept by the server, in collections, for users.

    /// Deletes storage objects of the caller. Deleting what is missing, not writable or of another version is
    /// an error, `invalid_argument` for all three.
    /// `PUT /v2/storage/delete`. Needs a session. Not idempotent.
    asio::awaitable<void> delete_storage_objects(
            const session& session, const delete_storage_objects_request& request = {},
            call_options options = {}) const;

    /// Lists the objects of a collection that the caller may read. Without `user_id` these are the public
    /// ones of everybody.
    /// `GET /v2/storage/{collection}` or `GET /v2/storage/{collection}/{user_id}`. Needs a session.
    /// Idempotent.
    asio::awaitable<storage_object_list> list_storage_objects(
            const session& session, const list_storage_objects_request& request,
            call_options options = {}) const;

    /// Reads storage objects. They come in any order, silently without what is missing or not readable.
    /// `POST /v2/storage`. Needs a session. Idempotent.
    asio::awaitable<storage_objects> read_storage_objects(
            const session& session, const read_storage_objects_request& request = {},
            call_options options = {}) const;

    /// Writes storage objects of the caller, all or none. A version that does not match and a lacking
    /// permission are `invalid_argument`.
    /// `PUT /v2/storage`. Needs a session. Not idempotent.
    asio::awaitable<storage_object_acks> write_storage_objects(
            const session& session, const write_storage_objects_request& request = {},
            call_options options = {}) const;

    // Leaderboards and the records on them.

    /// Deletes the caller's record from a leaderboard. That there is none is no error, an authoritative board
    /// is `permission_denied`.
    /// `DELETE /v2/leaderboard/{leaderboard_id}`. Needs a session. Idempotent.
    asio::awaitable<void> delete_leaderboard_record(
            const session& session, const delete_leaderboard_record_request& request,
            call_options options = {}) const;

    /// Lists the records of a leaderboard. With `owner_ids` and without `limit` only `owner_records` come
    /// back.
    /// `GET /v2/leaderboard/{leaderboard_id}`. Needs a session. Idempotent.
    asio::awaitable<leaderboard_record_list> list_leaderboard_records(
            const session& session, const list_leaderboard_records_request& request,
            call_options options = {}) const;

    /// Lists the records of a leaderboard next to that of one owner. An owner without a record gives an empty
    /// list.
    /// `GET /v2/leaderboard/{leaderboard_id}/owner/{owner_id}`. Needs a session. Idempotent.
    asio::awaitable<leaderboard_record_list> list_leaderboard_records_around_owner(
            const session& session, const list_leaderboard_records_around_owner_request& request,
            call_options options = {}) const;

    /// Writes the caller's score to a leaderboard and answers the record as it is then. Where the best score
    /// counts, that may be the old one.
    /// `POST /v2/leaderboard/{leaderboard_id}`. Needs a session. Not idempotent.
    asio::awaitable<leaderboard_record> write_leaderboard_record(
            const session& session, const write_leaderboard_record_request& request,
            call_options options = {}) const;

    // Tournaments: joining them, and the records in them.

    /// Deletes the caller's record from a tournament. That there is none is no error, an authoritative or
    /// unknown tournament fails with `internal`.
    /// `DELETE /v2/tournament/{tournament_id}`. Needs a session. Idempotent.
    asio::awaitable<void> delete_tournament_record(
            const session& session, const delete_tournament_record_request& request,
            call_options options = {}) const;

    /// Joins a tournament, also one that is still to start. Joining again succeeds; a full one is
    /// `invalid_argument`.
    /// `POST /v2/tournament/{tournament_id}/join`. Needs a session. Idempotent.
    asio::awaitable<void> join_tournament(
            const session& session, const join_tournament_request& request, call_options options = {}) const;

    /// Lists tournaments, by default without those past their end time. One that is over but has no end time
    /// stays listed, without `can_enter`.
    /// `GET /v2/tournament`. Needs a session. Idempotent.
    asio::awaitable<tournament_list> list_tournaments(
            const session& session, const list_tournaments_request& request = {},
            call_options options = {}) const;

    /// Lists the records of a tournament. With `owner_ids` a page of `records` comes along.
    /// `GET /v2/tournament/{tournament_id}`. Needs a session. Idempotent.
    asio::awaitable<tournament_record_list> list_tournament_records(
            const session& session, const list_tournament_records_request& request,
            call_options options = {}) const;

    /// Lists the records of a tournament next to that of one owner. An owner without a record gives an empty
    /// list.
    /// `GET /v2/tournament/{tournament_id}/owner/{owner_id}`. Needs a session. Idempotent.
    asio::awaitable<tournament_record_list> list_tournament_records_around_owner(
            const session& session, const list_tournament_records_around_owner_request& request,
            call_options options = {}) const;

    /// Writes the caller's score to a tournament and answers the record as it is then. Past the allowed
    /// number of scores that is the unchanged record where joining is required, else `failed_precondition`.
    /// `PUT /v2/tournament/{tournament_id}` or `POST /v2/tournament/{tournament_id}`. Needs a session. Not
    /// idempotent.
    asio::awaitable<leaderboard_record> write_tournament_record(
            const session& session, const write_tournament_record_request& request,
            call_options options = {}) const;

    // Chat channels: their messages, now and before.

    /// Lists the kept messages of a channel, oldest first unless told otherwise. The next page must keep the
    /// direction.
    /// `GET /v2/channel/{channel_id}`. Needs a session. Idempotent.
    asio::awaitable<channel_message_list> list_channel_messages(
            const session& session, const list_channel_messages_request& request,
            call_options options = {}) const;

    // Matches: finding them and playing in them.

    /// Lists running matches. The listing lags behind by up to a second.
    /// `GET /v2/match`. Needs a session. Idempotent.
    asio::awaitable<match_list> list_matches(
            const session& session, const list_matches_request& request = {},
            call_options options = {}) const;

    // The matchmaker: tickets, and figures about it.

    /// Tells how many tickets wait in the matchmaker and how long recently completed ones took.
    /// `GET /v2/matchmaker/stats`. Needs a session. Idempotent.
    asio::awaitable<matchmaker_stats> get_matchmaker_stats(
            const session& session, call_options options = {}) const;

    // Parties: finding, joining and leading them.

    /// Lists parties that are not hidden. The next page must repeat `query`, `limit` and `open`; leaving
    /// `open` out there ends the server process (3.40.0).
    /// `GET /v2/party`. Needs a session. Idempotent.
    asio::awaitable<party_list> list_parties(
            const session& session, const list_parties_request& request = {},
            call_options options = {}) const;

    // Validation of purchases and subscriptions with the stores.

    /// Fetches the caller's subscription to a product. Its `refund_time` is left out even if it was refunded,
    /// unlike in listings.
    /// `GET /v2/iap/subscription/{product_id}`. Needs a session. Idempotent.
    asio::awaitable<validated_subscription> get_subscription(
            const session& session, const get_subscription_request& request, call_options options = {}) const;

    /// Lists the caller's subscriptions, latest first. Every page after the first lacks its first row
    /// (3.40.0).
    /// `POST /v2/iap/subscription`. Needs a session. Idempotent.
    asio::awaitable<subscription_list> list_subscriptions(
            const session& session, const list_subscriptions_request& request = {},
            call_options options = {}) const;

    /// Has a purchase in the App Store of Apple validated.
    /// `POST /v2/iap/purchase/apple`. Needs a session. Not idempotent.
    asio::awaitable<validate_purchase_response> validate_purchase_apple(
            const session& session, const validate_purchase_apple_request& request,
            call_options options = {}) const;

    /// Has a subscription in the App Store of Apple validated.
    /// `POST /v2/iap/subscription/apple`. Needs a session. Idempotent.
    asio::awaitable<validate_subscription_response> validate_subscription_apple(
            const session& session, const validate_subscription_apple_request& request,
            call_options options = {}) const;

    /// Has a purchase in Google Play validated.
    /// `POST /v2/iap/purchase/google`. Needs a session. Not idempotent.
    asio::awaitable<validate_purchase_response> validate_purchase_google(
            const session& session, const validate_purchase_google_request& request,
            call_options options = {}) const;

    /// Has a subscription in Google Play validated.
    /// `POST /v2/iap/subscription/google`. Needs a session. Idempotent.
    asio::awaitable<validate_subscription_response> validate_subscription_google(
            const session& session, const validate_subscription_google_request& request,
            call_options options = {}) const;

    /// Has a purchase in the AppGallery of Huawei validated.
    /// `POST /v2/iap/purchase/huawei`. Needs a session. Not idempotent.
    asio::awaitable<validate_purchase_response> validate_purchase_huawei(
            const session& session, const validate_purchase_huawei_request& request,
            call_options options = {}) const;

    /// Has a purchase in a Facebook Instant Game validated.
    /// `POST /v2/iap/purchase/facebookinstant`. Needs a session. Not idempotent.
    asio::awaitable<validate_purchase_response> validate_purchase_facebook_instant(
            const session& session, const validate_purchase_facebook_instant_request& request,
            call_options options = {}) const;

    /// Has a purchase in the Galaxy Store of Samsung validated.
    /// `POST /v2/iap/purchase/samsung`. Needs a session. Not idempotent.
    asio::awaitable<validate_purchase_response> validate_purchase_samsung(
            const session& session, const validate_purchase_samsung_request& request,
            call_options options = {}) const;

    // Events for the server's runtime.

    /// Hands an event to the server's runtime. It succeeds also if nothing there listens.
    /// `POST /v2/event`. Needs a session. Not idempotent.
    asio::awaitable<void> event(
            const session& session, const event_request& request = {}, call_options options = {}) const;

    // The server itself.

    /// Succeeds while the server takes requests.
    /// `GET /healthcheck`. Needs no credentials. Idempotent.
    asio::awaitable<void> healthcheck(call_options options = {}) const;

protected:
    explicit operations(std::shared_ptr<call::pipeline> pipeline) noexcept;
    ~operations();
    operations(operations&&) noexcept;
    operations& operator=(operations&&) noexcept;

    std::shared_ptr<call::pipeline> pipeline_;
};

} // namespace nakama
