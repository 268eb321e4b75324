// The official JavaScript client against the sandbox: somebody else's idea of what a server sends.
// NAKAMA_SANDBOX is the program. One process serves all tests; each has users of its own.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { createInterface } from "node:readline";
import { Client } from "@heroiclabs/nakama-js";
import { WebSocket } from "ws";

globalThis.WebSocket = WebSocket;

let server;
let port;

before(async () => {
  server = spawn(process.env.NAKAMA_SANDBOX, ["--port", "0", "--seed-file", process.env.NAKAMA_SEED_FILE], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: server.stdout })) {
    const found = line.match(/listens on .*:(\d+)/);
    if (found) {
      port = found[1];
      break;
    }
  }
  assert.ok(port, "the sandbox tells its port");
});

after(async () => {
  server.kill("SIGTERM");
  const [code] = await once(server, "exit");
  assert.equal(code, 0);
});

const newClient = () => new Client("defaultkey", "127.0.0.1", port, false);

async function enter(name) {
  const client = newClient();
  const session = await client.authenticateDevice(`device-of-${name}`, true, name);
  return { client, session, id: session.user_id, name };
}

async function enterWithSocket(name) {
  const user = await enter(name);
  user.socket = user.client.createSocket(false, false);
  await user.socket.connect(user.session, true);
  return user;
}

/** The next event of a kind for which `wanted` holds. */
const next = (socket, kind, wanted = () => true) =>
  new Promise((resolve) => {
    socket[kind] = (event) => wanted(event) && resolve(event);
  });

const status = (wanted) => (failure) => {
  assert.equal(failure.status, wanted);
  return true;
};

test("signs in, renews its session, links and logs out", async () => {
  const client = newClient();
  const made = await client.authenticateEmail("vera@example.com", "a good password", true, "vera");
  assert.equal(made.created, true);
  assert.equal(made.username, "vera");
  await client.updateAccount(made, { display_name: "Vera", location: "Rome" });
  await client.linkCustom(made, { id: "custom-of-vera" });
  const account = await client.getAccount(made);
  assert.equal(account.user.display_name, "Vera");
  assert.equal(account.custom_id, "custom-of-vera");
  const again = await client.authenticateCustom("custom-of-vera", false);
  assert.equal(again.user_id, made.user_id);
  const renewed = await client.sessionRefresh(again, { level: "3" });
  assert.equal(renewed.vars.level, "3");
  await client.unlinkCustom(renewed, { id: "custom-of-vera" });
  await assert.rejects(client.authenticateCustom("custom-of-vera", false), status(404));
  const users = await client.getUsers(renewed, [], ["vera"]);
  assert.equal(users.users[0].display_name, "Vera");
  await client.sessionLogout(renewed, renewed.token, renewed.refresh_token);
  await assert.rejects(client.getUsers(renewed, [], ["vera"]), status(401));
});

test("keeps objects in storage", async () => {
  const { client, session, id } = await enter("stella");
  const acks = await client.writeStorageObjects(session, [
    { collection: "saves", key: "one", value: { level: 1 }, permission_read: 2, permission_write: 1 },
    { collection: "saves", key: "two", value: { level: 2 } },
  ]);
  assert.equal(acks.acks.length, 2);
  const read = await client.readStorageObjects(session, {
    object_ids: [{ collection: "saves", key: "one", user_id: id }],
  });
  assert.deepEqual(read.objects[0].value, { level: 1 });
  assert.equal(read.objects[0].version, acks.acks[0].version);
  await assert.rejects(
    client.writeStorageObjects(session, [{ collection: "saves", key: "one", value: { level: 9 }, version: "*" }]),
    status(400),
  );
  const first = await client.listStorageObjects(session, "saves", id, 1);
  assert.equal(first.objects.length, 1);
  const second = await client.listStorageObjects(session, "saves", id, 1, first.cursor);
  assert.notEqual(second.objects[0].key, first.objects[0].key);
  await client.deleteStorageObjects(session, { object_ids: [{ collection: "saves", key: "one" }] });
  const left = await client.listStorageObjects(session, "saves", id, 10);
  assert.deepEqual(left.objects.map((one) => one.key), ["two"]);
});

test("makes and loses friends, and hears of it", async () => {
  const fay = await enterWithSocket("fay");
  const gus = await enterWithSocket("gus");
  const asked = next(gus.socket, "onnotification");
  await fay.client.addFriends(fay.session, [], ["gus"]);
  assert.equal((await asked).sender_id, fay.id);
  const waiting = await gus.client.listFriends(gus.session, 2);
  assert.equal(waiting.friends[0].user.username, "fay");
  await gus.client.addFriends(gus.session, [fay.id]);
  const friends = await fay.client.listFriends(fay.session, 0);
  assert.equal(friends.friends[0].user.id, gus.id);
  assert.equal(friends.friends[0].user.online, true);
  const notifications = await fay.client.listNotifications(fay.session, 10);
  assert.equal(notifications.notifications[0].code, -3);
  await fay.client.deleteNotifications(fay.session, [notifications.notifications[0].id]);
  assert.equal((await fay.client.listNotifications(fay.session, 10)).notifications.length, 0);
  await fay.client.blockFriends(fay.session, [gus.id]);
  assert.equal((await fay.client.listFriends(fay.session, 3)).friends.length, 1);
  await fay.client.deleteFriends(fay.session, [gus.id]);
  assert.equal((await fay.client.listFriends(fay.session)).friends.length, 0);
  fay.socket.disconnect(false);
  gus.socket.disconnect(false);
});

test("runs a group and chats in it", async () => {
  const hal = await enterWithSocket("hal");
  const ida = await enterWithSocket("ida");
  const group = await hal.client.createGroup(hal.session, { name: "The Larks", open: true, max_count: 10 });
  await ida.client.joinGroup(ida.session, group.id);
  await hal.client.promoteGroupUsers(hal.session, group.id, [ida.id]);
  const members = await hal.client.listGroupUsers(hal.session, group.id);
  assert.deepEqual(members.group_users.map((one) => [one.user.username, one.state]), [["hal", 0], ["ida", 1]]);
  const found = await ida.client.listGroups(ida.session, "the%", undefined, 10);
  assert.equal(found.groups[0].edge_count, 2);
  const channel = await hal.socket.joinChat(group.id, 3, true, false);
  await ida.socket.joinChat(group.id, 3, true, false);
  const heard = next(ida.socket, "onchannelmessage");
  await hal.socket.writeChatMessage(channel.id, { text: "welcome" });
  assert.equal((await heard).content.text, "welcome");
  await hal.client.kickGroupUsers(hal.session, group.id, [ida.id]);
  assert.equal((await ida.client.listUserGroups(ida.session, ida.id)).user_groups.length, 0);
  await hal.client.deleteGroup(hal.session, group.id);
  hal.socket.disconnect(false);
  ida.socket.disconnect(false);
});

test("writes and reads scores", async () => {
  const jan = await enter("jan");
  const kim = await enter("kim");
  await jan.client.writeLeaderboardRecord(jan.session, "points", { score: "10", metadata: { map: "sea" } });
  await kim.client.writeLeaderboardRecord(kim.session, "points", { score: "30" });
  await kim.client.writeLeaderboardRecord(kim.session, "points", { score: "20" });
  const records = await jan.client.listLeaderboardRecords(jan.session, "points", [], 10);
  assert.deepEqual(records.records.map((one) => [one.username, one.score, one.rank]), [["kim", 30, 1], ["jan", 10, 2]]);
  const around = await jan.client.listLeaderboardRecordsAroundOwner(jan.session, "points", jan.id, 1);
  assert.equal(around.records[0].owner_id, jan.id);
  await jan.client.joinTournament(jan.session, "cup");
  await jan.client.writeTournamentRecord(jan.session, "cup", { score: "5" });
  const cups = await jan.client.listTournaments(jan.session, 0, 127, undefined, undefined, 10);
  assert.equal(cups.tournaments[0].size, 1);
  const cup = await jan.client.listTournamentRecords(jan.session, "cup", [], 10);
  assert.equal(cup.records[0].username, "jan");
});

test("chats in a room whose history stays", async () => {
  const lea = await enterWithSocket("lea");
  const max = await enterWithSocket("max");
  const room = await lea.socket.joinChat("parlour", 1, true, false);
  const comes = next(lea.socket, "onchannelpresence", (event) => event.joins?.some((one) => one.username === "max"));
  await max.socket.joinChat("parlour", 1, true, false);
  await comes;
  const heard = next(max.socket, "onchannelmessage");
  const sent = await lea.socket.writeChatMessage(room.id, { text: "hello" });
  assert.equal((await heard).message_id, sent.message_id);
  await lea.socket.updateChatMessage(room.id, sent.message_id, { text: "hello, Max" });
  const gone = await lea.socket.writeChatMessage(room.id, { text: "a slip" });
  await lea.socket.removeChatMessage(room.id, gone.message_id);
  const history = await max.client.listChannelMessages(max.session, room.id, 10, true);
  assert.deepEqual(history.messages.map((one) => one.content), [{ text: "hello, Max" }]);
  lea.socket.disconnect(false);
  max.socket.disconnect(false);
});

test("plays a relayed match", async () => {
  const ned = await enterWithSocket("ned");
  const oda = await enterWithSocket("oda");
  const match = await ned.socket.createMatch();
  const comes = next(ned.socket, "onmatchpresence", (event) => event.joins?.some((one) => one.username === "oda"));
  const joined = await oda.socket.joinMatch(match.match_id);
  assert.deepEqual(joined.presences.map((one) => one.username), ["ned"]);
  await comes;
  const move = next(oda.socket, "onmatchdata");
  await ned.socket.sendMatchState(match.match_id, 7, "a move");
  const heard = await move;
  assert.equal(heard.op_code, 7);
  assert.equal(new TextDecoder().decode(heard.data), "a move");
  const leaves = next(ned.socket, "onmatchpresence", (event) => event.leaves?.some((one) => one.username === "oda"));
  await oda.socket.leaveMatch(match.match_id);
  await leaves;
  ned.socket.disconnect(false);
  oda.socket.disconnect(false);
});

test("plays in a party", async () => {
  const pia = await enterWithSocket("pia");
  const quy = await enterWithSocket("quy");
  const party = await pia.socket.createParty(true, 4);
  const comes = next(pia.socket, "onpartypresence", (event) => event.joins?.some((one) => one.username === "quy"));
  const inside = next(quy.socket, "onparty");
  await quy.socket.joinParty(party.party_id);
  assert.equal((await inside).leader.user_id, pia.id);
  const presence = (await comes).joins.find((one) => one.user_id === quy.id);
  const said = next(quy.socket, "onpartydata");
  await pia.socket.sendPartyData(party.party_id, 3, "ready?");
  assert.equal(new TextDecoder().decode((await said).data), "ready?");
  const leads = next(quy.socket, "onpartyleader");
  await pia.socket.promotePartyMember(party.party_id, presence);
  assert.equal((await leads).presence.user_id, quy.id);
  pia.socket.disconnect(false);
  quy.socket.disconnect(false);
});

test("finds a match through the matchmaker", async () => {
  const ray = await enterWithSocket("ray");
  const sue = await enterWithSocket("sue");
  const found = [ray, sue].map((one) => next(one.socket, "onmatchmakermatched"));
  await ray.socket.addMatchmaker("+properties.mode:duel", 2, 2, { mode: "duel" }, { rank: 8 });
  await sue.socket.addMatchmaker("+properties.rank:>=5", 2, 2, { mode: "duel" }, { rank: 9 });
  const [first, second] = await Promise.all(found);
  assert.equal(first.token === undefined, second.token === undefined);
  const match = await ray.socket.joinMatch(null, first.token);
  const again = await sue.socket.joinMatch(null, second.token);
  assert.equal(match.match_id, again.match_id);
  ray.socket.disconnect(false);
  sue.socket.disconnect(false);
});

test("calls functions", async () => {
  const tom = await enterWithSocket("tom");
  const answer = await tom.client.rpc(tom.session, "echo", { n: 21 });
  assert.deepEqual(answer.payload, { n: 21 });
  const heard = await tom.socket.rpc("echo", '{"n":42}');
  assert.equal(heard.payload, '{"n":42}');
  await assert.rejects(tom.client.rpc(tom.session, "no such function", {}), status(404));
  tom.socket.disconnect(false);
});

test("deletes its account", async () => {
  const { client, session } = await enter("uma");
  await client.deleteAccount(session);
  await assert.rejects(client.authenticateDevice("device-of-uma", false), status(404));
});
