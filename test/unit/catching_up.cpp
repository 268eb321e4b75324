// What a socket asks for that was said while it was away.
#include "support/scripted.hpp"
#include "support/spawned.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

std::string notices(const std::vector<std::string>& ids, const std::string& cursor) {
    std::string list;
    for (const auto& id : ids)
        list += (list.empty() ? "" : ",") + (R"({"id":")" + id + R"(","code":1,"persistent":true})");
    return R"({"notifications":[)" + list + R"(],"cacheable_cursor":")" + cursor + R"("})";
}

std::string message(const std::string& id) {
    return R"({"channel_id":"2...lobby","message_id":")" + id + R"(","code":0,"content":"{}"})";
}

std::string history(const std::vector<std::string>& ids, const std::string& cursor,
                    const std::string& next = "") {
    std::string list;
    for (const auto& id : ids) list += (list.empty() ? "" : ",") + message(id);
    return R"({"messages":[)" + list + R"(],"cacheable_cursor":")" + cursor + R"(","next_cursor":")" + next +
           R"("})";
}

/// A socket in one channel, on a line that can be lost, and the answers to what it asks for.
struct catching_up : scripted_world {
    client owner = make_client();
    std::optional<nakama::socket> socket;
    std::shared_ptr<scripted_line> line = script->next_line();
    std::string said, noticed;
    std::vector<resume_report> reports;

    /// Takes where the two histories stand at first.
    explicit catching_up(std::string channel_place, std::string notification_place = notices({}, "n1")) {
        socket.emplace(owner.create_socket(
            {.heartbeat = {.interval = 0ms}, .reconnect = reconnects::with(retries::fixed(1000, 1s))}));
        socket->on_channel_message([this](const channel_message& each) { said += each.message_id + ' '; });
        socket->on_notifications([this](const notifications& some) {
            for (const auto& each : some.notifications) noticed += each.id + ' ';
        });
        socket->on_resumed([this](const resume_report& report) { reports.push_back(report); });
        script->answer(200, std::move(notification_place));
        run(socket->connect(session));
        settle(io);
        script->answer(200, std::move(channel_place));
        spawned<channel> joined;
        joined.start(io, socket->channel_join({.target = "lobby"}));
        answer_join(1);
        REQUIRE(joined.value);
    }

    void deliver(std::string text) {
        line->deliver(std::move(text));
        settle(io);
    }
    void say(const std::string& id) { deliver(R"({"channel_message":)" + message(id) + "}"); }
    void answer_join(int cid) {
        deliver(R"({"cid":")" + std::to_string(cid) + R"(","channel":{"id":"2...lobby"}})");
    }

    /// The line is lost, and another one there.
    void lose() {
        const auto present = std::exchange(line, script->next_line());
        present->cut("reset");
        settle(io);
        time->advance(1s);
        settle(io);
    }

    const std::string& asked(std::size_t index) const { return script->requests().at(index).target; }
};

} // namespace

TEST_CASE("what was missed comes in its place, once") {
    catching_up w{history({"m1"}, "c1"), notices({"old"}, "n1")};
    CHECK(w.asked(0) == "/v2/notification?limit=100");
    CHECK(w.asked(1) == "/v2/channel/2...lobby?limit=1&forward=false");
    w.say("m2");
    w.deliver(R"({"notifications":{"notifications":[{"id":"a","persistent":true},{"id":"x"}]}})");
    CHECK(w.said == "m2 ");
    CHECK(w.noticed == "a x ");

    w.script->answer(200, history({"m2", "m3"}, "c2", "more"));
    w.script->answer(200, history({"m4", "m5"}, "c3"));
    w.script->answer(200, notices({"a", "b"}, "n2"));
    w.lose();
    // Live ones, before the answer that lets the history be asked for: held back, and one of them is in it.
    w.say("m5");
    w.say("m6");
    w.deliver(
        R"({"notifications":{"notifications":[{"id":"b","persistent":true},{"id":"c","persistent":true}]}})");
    CHECK(w.said == "m2 ");
    w.answer_join(2);
    REQUIRE(w.reports.size() == 1);
    CHECK(w.said == "m2 m3 m4 m5 m6 ");
    CHECK(w.noticed == "a x b c ");
    CHECK(w.reports[0].missed_messages == 3);
    CHECK(w.reports[0].missed_notifications == 1);
    CHECK(w.reports[0].lost.empty());
    REQUIRE(w.script->requests().size() == 5);
    CHECK(w.asked(2) == "/v2/channel/2...lobby?limit=100&forward=true&cursor=c1");
    CHECK(w.asked(3) == "/v2/channel/2...lobby?limit=100&forward=true&cursor=c2");
    CHECK(w.asked(4) == "/v2/notification?limit=100&cacheable_cursor=n1");
}

TEST_CASE("a history that cannot be had is told as lost, and the socket is back all the same") {
    catching_up w{history({}, "")};
    w.script->answer(500, R"({"code":13,"message":"broken"})"); // the channel's
    w.script->answer(200, history({}, ""));                     // its new position
    w.script->answer(503, "");                                  // the notifications'
    w.lose();
    w.answer_join(2);
    REQUIRE(w.reports.size() == 1);
    REQUIRE(w.reports[0].lost.size() == 2);
    CHECK(w.reports[0].lost[0].kind == "channel_history");
    CHECK(w.reports[0].lost[0].id == "2...lobby");
    CHECK(w.reports[0].lost[0].reason.http_status() == 500);
    CHECK(w.reports[0].lost[1].kind == "notifications");
    CHECK(w.socket->is_connected());
}

TEST_CASE("a history is asked for from a place that moves along with what comes") {
    catching_up w{history({}, "c1")};
    w.script->answer(200, history({"m199"}, "c2"));
    for (int i = 0; i < 200; ++i) w.say("m" + std::to_string(i));
    REQUIRE(w.script->requests().size() == 3);
    w.script->answer(200, history({"m399"}, "c3"));
    for (int i = 200; i < 400; ++i) w.say("m" + std::to_string(i));
    REQUIRE(w.script->requests().size() == 4);

    w.script->answer(200, history({"m398", "m399", "new"}, "c4"));
    w.script->answer(200, notices({}, "n1"));
    w.lose();
    w.answer_join(2);
    // Not the latest place: what was on its way when that was asked for might have been lost.
    CHECK(w.asked(4) == "/v2/channel/2...lobby?limit=100&forward=true&cursor=c2");
    REQUIRE(w.reports.size() == 1);
    CHECK(w.reports[0].missed_messages == 1);
}

TEST_CASE("a line that is lost between two pages of a history loses none of it") {
    catching_up w{history({}, "c1")};
    w.script->answer(200, history({"m1"}, "c2", "more"));
    w.script->hang();
    w.lose();
    w.answer_join(2);
    CHECK(w.said.empty());
    w.script->answer(200, history({"m1"}, "c2", "more"));
    w.script->answer(200, history({"m2"}, "c3"));
    w.script->answer(200, notices({}, "n1"));
    w.lose();
    w.answer_join(3);
    CHECK(w.said == "m1 m2 ");
    CHECK(w.socket->is_connected());
}

TEST_CASE("a channel that was left is not asked about any more") {
    catching_up w{history({}, "c1")};
    spawned<bool> left;
    left.start(w.io, [](nakama::socket& socket) -> asio::awaitable<bool> {
        co_await socket.channel_leave({.channel_id = "2...lobby"});
        co_return true;
    }(*w.socket));
    w.deliver(R"({"cid":"2"})");
    REQUIRE(left.value);
    w.script->answer(200, notices({}, "n1"));
    w.lose();
    CHECK(w.socket->is_connected());
    REQUIRE(w.script->requests().size() == 3);
    CHECK(w.asked(2) == "/v2/notification?limit=100&cacheable_cursor=n1");
}
