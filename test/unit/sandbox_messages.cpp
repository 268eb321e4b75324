#include "sandbox/http/refusal.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/messages.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace nakama::sandbox;
using nakama::channel_message;
using nakama::channel_message_list;

namespace {

constexpr wall_time now{std::chrono::seconds{1795396900}};

/// A room with as many messages, whose ids are their numbers.
struct room {
    message_book book{};
    channel_address address = room_channel("lobby");

    explicit room(int size) {
        for (int i = 0; i < size; ++i) {
            const auto time = book.moment(now);
            book.keep(address, {.message_id = std::to_string(i),
                                .code = 0,
                                .sender_id = i % 2 == 0 ? "ada" : "bob",
                                .content = "{}",
                                .create_time = time,
                                .update_time = time});
        }
    }
};

std::string ids(const channel_message_list& page) {
    std::string result;
    for (const channel_message& one : page.messages) result += one.message_id;
    return result;
}

} // namespace

TEST_CASE("a history reads the same in pages of any size, there and back") {
    for (int size = 1; size <= 7; ++size) {
        const room room{size};
        for (const bool forward : {true, false}) {
            std::string whole = ids(room.book.list(room.address, 100, forward, ""));
            CHECK(whole.size() == static_cast<std::size_t>(size));
            CHECK(whole.front() == (forward ? '0' : static_cast<char>('0' + size - 1)));
            for (std::size_t limit = 1; limit <= 8; ++limit) {
                CAPTURE(size, forward, limit);
                auto page = room.book.list(room.address, limit, forward, "");
                CHECK(page.prev_cursor.empty());
                std::string there = ids(page);
                while (!page.next_cursor.empty()) {
                    page = room.book.list(room.address, limit, forward, page.next_cursor);
                    there += ids(page);
                }
                CHECK(there == whole);
                std::string back = ids(page);
                while (!page.prev_cursor.empty()) {
                    page = room.book.list(room.address, limit, forward, page.prev_cursor);
                    back = ids(page) + back;
                }
                CHECK(back == whole);
            }
        }
    }
}

TEST_CASE("a cacheable cursor finds what came since, in either direction") {
    room room{3};
    const std::string forward = room.book.list(room.address, 9, true, "").cacheable_cursor;
    CHECK(room.book.list(room.address, 9, true, forward).cacheable_cursor == forward);
    CHECK(room.book.list(room.address, 9, true, forward).messages.empty());
    const auto time = room.book.moment(now);
    room.book.keep(room.address,
                   {.message_id = "3", .content = "{}", .create_time = time, .update_time = time});
    CHECK(ids(room.book.list(room.address, 9, true, forward)) == "3");
    CHECK(room.book.list(room_channel("empty"), 9, true, "").cacheable_cursor.empty());
}

TEST_CASE("a cursor is good for its channel and its direction") {
    const room room{3};
    const std::string cursor = room.book.list(room.address, 1, true, "").next_cursor;
    CHECK_THROWS_AS(room.book.list(room.address, 1, false, cursor), refusal);
    CHECK_THROWS_AS(room.book.list(room_channel("other"), 1, true, cursor), refusal);
    CHECK_THROWS_AS(room.book.list(room.address, 1, true, "???"), refusal);
    CHECK_THROWS_AS(room.book.list(room.address, 1, true, "AAAA"), refusal);
}

TEST_CASE("who has sent a message may change and remove it, and takes all along who goes") {
    room room{4};
    CHECK_FALSE(room.book.change("0", "bob", "bob", "{}", room.book.moment(now)));
    CHECK_FALSE(room.book.remove("0", "bob"));
    const channel_message* changed =
        room.book.change("0", "ada", "countess", R"({"bb":1,"a":2})", room.book.moment(now));
    REQUIRE(changed);
    CHECK(changed->content == R"({"a": 2, "bb": 1})");
    CHECK(changed->username == "countess");
    CHECK(changed->update_time > changed->create_time);
    CHECK(room.book.remove("3", "bob"));
    CHECK_FALSE(room.book.remove("3", "bob"));
    CHECK(ids(room.book.list(room.address, 9, true, "")) == "012");
    room.book.forget("ada");
    CHECK(ids(room.book.list(room.address, 9, true, "")) == "1");
    CHECK_FALSE(room.book.remove("0", "ada"));
}

TEST_CASE("a channel's id says what it is") {
    const std::string low = "11111111-2222-4333-8444-555555555555";
    const std::string high = "a67c1f6d-bfbb-4021-aee9-49fdaf9ff3ba";
    CHECK(read_channel_id("2...a.b")->room_name == "a.b");
    CHECK(read_channel_id("3." + low + "..")->group_id == low);
    CHECK(read_channel_id("4." + low + '.' + high + '.')->user_id_two == high);
    CHECK(direct_channel(high, low).id() == "4." + low + '.' + high + '.');
    const auto shouted = read_channel_id("3.A67C1F6D-BFBB-4021-AEE9-49FDAF9FF3BA..");
    CHECK(shouted->group_id == high);
    CHECK(shouted->written == "3.A67C1F6D-BFBB-4021-AEE9-49FDAF9FF3BA..");
    CHECK(shouted->id() == group_channel(high).id());
    CHECK(read_channel_id("3...")->group_id == nil_uuid);
    CHECK(read_channel_id("4...")->id() == "4...");
    for (const char* none : {"", "nope", "9...x", "2...", "2.x..y", "3.x..", "3...x", "4...x", "4.x.."})
        CHECK_FALSE(read_channel_id(none));
    CHECK_FALSE(read_channel_id("2..." + std::string(65, 'x')));
}
