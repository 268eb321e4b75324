#include "sandbox/http/refusal.hpp"
#include "sandbox/json/stored_json.hpp"
#include "sandbox/state/ids.hpp"
#include "sandbox/state/storage.hpp"

#include <catch2/catch_test_macros.hpp>

#include <chrono>
#include <functional>

using namespace nakama;
using namespace nakama::sandbox;
using namespace std::chrono_literals;

namespace {

const wall_time noon{1'795'396'900s + 123'456'789ns};

struct shelf {
    id_source ids{1};
    account_book users{ids, noon};
    storage_book book{users};
    std::string ada = users.make("ada", noon).account.user.id;
    std::string bob = users.make("bob", noon).account.user.id;

    object_write object(std::string key, std::string value = "{}", std::string version = {}) const {
        return {.where = {"shelf", std::move(key), ada},
                .value = std::move(value),
                .version = std::move(version)};
    }
    std::vector<storage_object_ack> write(const std::vector<object_write>& writes, wall_time now = noon) {
        return book.write(storage_actor::user(ada), writes, now);
    }
    storage_object_list list(const storage_actor& actor, std::optional<std::string> owner,
                             std::size_t limit = 100, std::string cursor = {}) const {
        return book.list(actor, {"shelf", std::move(owner), limit, std::move(cursor)});
    }
    [[nodiscard]] std::string keys(const storage_object_list& page) const {
        std::string all;
        for (const storage_object& one : page.objects) all += one.key;
        return all;
    }
};

std::string refusal_of(const std::function<void()>& act) {
    try {
        act();
    } catch (const refusal& refused) {
        return std::to_string(refused.code()) + ' ' + refused.what();
    }
    return "none";
}

const std::string version_failed = "3 Storage write rejected - version check failed.";
const std::string denied = "3 Storage write rejected - permission denied.";

} // namespace

TEST_CASE("a version is made from the text as sent, a value is read as the database keeps it") {
    shelf shelf;
    const auto acks = shelf.write({shelf.object("ws", R"( { "b" : 1 ,  "a" : 2 } )")});
    REQUIRE(acks.size() == 1);
    CHECK(acks[0].version == "ece5b782ed0bedf7ead97f1132dd795f");
    const auto read = shelf.book.read(storage_actor::user(shelf.ada), {{"shelf", "ws", shelf.ada}});
    REQUIRE(read.size() == 1);
    CHECK(read[0].value == R"({"a": 2, "b": 1})");
    CHECK(read[0].version == acks[0].version);
}

TEST_CASE("acks tell microseconds, objects whole seconds") {
    shelf shelf;
    const auto ack = shelf.write({shelf.object("a")}).front();
    CHECK(ack.create_time == timestamp{1'795'396'900s + 123'456us});
    CHECK(shelf.list(storage_actor::server(), shelf.ada).objects.at(0).create_time ==
          timestamp{1'795'396'900s});
}

TEST_CASE("writing the same again changes nothing, also not its time") {
    shelf shelf;
    shelf.write({shelf.object("a", R"({"n":1})")});
    const auto same = shelf.write({shelf.object("a", R"({"n":1})")}, noon + 5s).front();
    CHECK(same.update_time == same.create_time);
    auto hidden = shelf.object("a", R"({"n":1})");
    hidden.permission_read = 0;
    const auto other = shelf.write({hidden}, noon + 5s).front();
    CHECK(other.update_time == other.create_time + 5s);
}

TEST_CASE("one refused object refuses all, and what was written before it is taken back") {
    shelf shelf;
    shelf.write({shelf.object("a", R"({"n":1})")});
    CHECK(refusal_of([&] {
              shelf.write({shelf.object("z", "{}", "0123"), shelf.object("a", R"({"n":2})"),
                           shelf.object("b", "{}")});
          }) == version_failed);
    const auto left = shelf.list(storage_actor::server(), shelf.ada);
    REQUIRE(shelf.keys(left) == "a");
    CHECK(left.objects[0].value == R"({"n": 1})");
    CHECK(refusal_of([&] {
              shelf.book.remove(storage_actor::user(shelf.ada),
                                {{.where = {"shelf", "a", shelf.ada}}, {.where = {"shelf", "b", shelf.ada}}});
          }) == "3 Storage delete rejected - not found, version check failed, or permission denied.");
    CHECK(shelf.book.size() == 1);
}

TEST_CASE("acks come in the order of the request, and of two writes of one object the later stays") {
    shelf shelf;
    const auto acks =
        shelf.write({shelf.object("b"), shelf.object("a", R"({"v":1})"), shelf.object("a", R"({"v":2})")});
    CHECK(acks.at(0).key == "b");
    CHECK(acks.at(1).version != acks.at(2).version);
    CHECK(shelf.list(storage_actor::server(), shelf.ada).objects.at(0).version == acks[2].version);
}

TEST_CASE("versions are checked: of what is there, of what is not, and for what must not be there") {
    shelf shelf;
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", "{}", "0123")}); }) == version_failed);
    const auto first = shelf.write({shelf.object("a", "{}", "*")}).front();
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", "{}", "*")}); }) == version_failed);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", "{}", "0123")}); }) == version_failed);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", R"({"n":1})", first.version)}); }) == "none");
}

TEST_CASE("what only the server may write, its owner may not, whatever the version") {
    shelf shelf;
    auto locked = shelf.object("a");
    locked.permission_write = 0;
    const auto ack = shelf.write({locked}).front();
    CHECK(refusal_of([&] { shelf.write({shelf.object("a")}); }) == denied);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", "{}", ack.version)}); }) == denied);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", "{}", "0123")}); }) == denied);
    CHECK(refusal_of([&] {
              shelf.book.write(storage_actor::server(), {shelf.object("a", R"({"n":1})")}, noon);
          }) == "none");
    CHECK(refusal_of([&] { // which opened it
              shelf.book.remove(storage_actor::user(shelf.ada), {{.where = {"shelf", "a", shelf.ada}}});
          }) == "none");
}

TEST_CASE("what the database does not take is an internal error") {
    shelf shelf;
    const std::string failed = "13 Error writing storage objects.";
    CHECK(refusal_of([&] { shelf.write({shelf.object(std::string(128, 'k'))}); }) == "none");
    std::string long_in_bytes;
    for (int i = 0; i < 128; ++i) long_in_bytes += "ü";
    CHECK(refusal_of([&] { shelf.write({shelf.object(long_in_bytes)}); }) == "none");
    CHECK(refusal_of([&] { shelf.write({shelf.object(long_in_bytes + 'k')}); }) == failed);
    CHECK(refusal_of([&] { shelf.write({shelf.object(std::string{"a\0b", 3})}); }) == failed);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", R"({"x":["\u0000"]})")}); }) == failed);
    CHECK(refusal_of([&] { shelf.write({shelf.object("a", R"({"x":"\ud800"})")}); }) == failed);
    object_write orphan = shelf.object("a");
    orphan.where.user_id = "11111111-2222-4333-8444-555555555555";
    CHECK(refusal_of([&] { shelf.write({orphan}); }) == failed);
    orphan.where.user_id = nil_uuid;
    CHECK(refusal_of([&] { shelf.book.write(storage_actor::server(), {orphan}, noon); }) == "none");
}

TEST_CASE("everybody sees what is public, the owner what is his, the server all") {
    shelf shelf;
    for (const std::int32_t permission : {2, 1, 0}) {
        auto object = shelf.object(std::to_string(permission));
        object.permission_read = permission;
        shelf.write({object});
    }
    const auto ada = storage_actor::user(shelf.ada);
    const auto bob = storage_actor::user(shelf.bob);
    CHECK(shelf.keys(shelf.list(ada, shelf.ada)) == "12");
    CHECK(shelf.keys(shelf.list(ada, {})) == "2");
    CHECK(shelf.keys(shelf.list(bob, shelf.ada)) == "2");
    CHECK(shelf.keys(shelf.list(bob, shelf.bob)).empty());
    CHECK(shelf.keys(shelf.list(storage_actor::server(), {})) == "012");
    const std::vector<object_place> all{
        {"shelf", "0", shelf.ada}, {"shelf", "1", shelf.ada}, {"shelf", "2", shelf.ada}};
    CHECK(shelf.book.read(ada, all).size() == 2);
    CHECK(shelf.book.read(bob, all).size() == 1);
    CHECK(shelf.book.read(storage_actor::server(), all).size() == 3);
}

TEST_CASE("pages of any size make up the whole, in the order of permission, key and owner") {
    shelf shelf;
    for (const char* key : {"d", "b", "a", "c", "e"}) {
        auto object = shelf.object(key);
        object.permission_read = *key == 'b' || *key == 'e' ? 2 : 1;
        shelf.write({object});
    }
    for (std::size_t limit = 1; limit <= 6; ++limit) {
        std::string all;
        std::string cursor;
        do {
            const auto page = shelf.list(storage_actor::user(shelf.ada), shelf.ada, limit, cursor);
            CHECK(page.objects.size() <= limit);
            all += shelf.keys(page);
            cursor = page.cursor;
        } while (!cursor.empty());
        CHECK(all == "acdbe");
    }
    for (const char* bad : {"???", "AAAA", "c3RvcmFnZSA"})
        CHECK(refusal_of([&] { (void)shelf.list(storage_actor::server(), {}, 1, bad); }) ==
              "3 Malformed cursor was used.");
}

TEST_CASE("reading gives what was changed last at last, and each object once") {
    shelf shelf;
    shelf.write({shelf.object("a")});
    shelf.write({shelf.object("b")});
    shelf.write({shelf.object("a", R"({"n":1})")});
    const object_place a{"shelf", "a", shelf.ada};
    const auto read = shelf.book.read(storage_actor::user(shelf.ada), {a, {"shelf", "b", shelf.ada}, a});
    REQUIRE(read.size() == 2);
    CHECK(read[0].key == "b");
}

TEST_CASE("a user who is forgotten leaves no objects") {
    shelf shelf;
    shelf.write({shelf.object("a"), shelf.object("b")});
    shelf.book.write(storage_actor::server(), {{.where = {"shelf", "a", shelf.bob}, .value = "{}"}}, noon);
    shelf.book.forget(shelf.ada);
    CHECK(shelf.book.size() == 1);
}

TEST_CASE("numbers keep their digits and lose their exponents") {
    CHECK(normalised(R"({"n":[1.50,1e3,-0,-0.0,1.5E-3,12.34e1,-2e+0,0.001e3,100]})") ==
          R"({"n": [1.50, 1000, 0, 0.0, 0.0015, 123.4, -2, 1, 100]})");
    CHECK_THROWS_AS(normalised("1e999999"), malformed);
}
