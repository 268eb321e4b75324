#include "support/failure.hpp"
#include "support/test_server.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

using namespace nakama;
using namespace nakama::test;

CO_TEST_CASE("objects are written, read and deleted by their version", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = server.unique("device")});
    const auto written = co_await client.write_storage_objects(
        session, {.objects = {{.collection = "saves", .key = "one", .value = R"({"b":1,"a":"ü"})"},
                              {.collection = "saves", .key = "two", .value = "{}"}}});
    REQUIRE(written.acks.size() == 2);
    CHECK(written.acks[1].key == "two");
    CHECK(written.acks[0].user_id == session.user_id());

    const auto read = co_await client.read_storage_objects(
        session, {.object_ids = {{.collection = "saves", .key = "one", .user_id = session.user_id()},
                                 {.collection = "saves", .key = "none", .user_id = session.user_id()}}});
    REQUIRE(read.objects.size() == 1);
    CHECK(read.objects[0].value == R"({"a": "ü", "b": 1})");
    CHECK(read.objects[0].version == written.acks[0].version);

    auto failure = co_await failure_of(client.write_storage_objects(
        session, {.objects = {{.collection = "saves", .key = "one", .value = "{}", .version = "0123"}}}));
    CHECK(failure.code() == grpc_code::invalid_argument);
    CHECK(failure.server_message() == "Storage write rejected - version check failed.");
    co_await client.delete_storage_objects(
        session, {.object_ids = {{.collection = "saves", .key = "one", .version = written.acks[0].version}}});
    failure = co_await failure_of(
        client.delete_storage_objects(session, {.object_ids = {{.collection = "saves", .key = "one"}}}));
    CHECK(failure.code() == grpc_code::invalid_argument);
}

CO_TEST_CASE("a collection is listed page by page, and others see what is public of it", "[live]") {
    test_server server{io};
    auto client = server.make_client();
    const auto ada = co_await client.authenticate_device({.id = server.unique("device")});
    const auto bob = co_await client.authenticate_device({.id = server.unique("device")});
    const auto collection = server.unique("shelf ü%");
    for (const char* key : {"a", "b", "c"})
        co_await client.write_storage_objects(ada, {.objects = {{.collection = collection,
                                                                 .key = key,
                                                                 .value = "{}",
                                                                 .permission_read = *key == 'a' ? 2 : 1}}});
    std::string keys, cursor;
    do {
        const auto page = co_await client.list_storage_objects(
            ada, {.user_id = ada.user_id(), .collection = collection, .limit = 2, .cursor = cursor});
        for (const auto& object : page.objects) keys += object.key;
        cursor = page.cursor;
    } while (!cursor.empty());
    CHECK(keys == "bca");
    const auto seen = co_await client.list_storage_objects(bob, {.collection = collection, .limit = 100});
    REQUIRE(seen.objects.size() == 1);
    CHECK(seen.objects[0].user_id == ada.user_id());
}

CO_TEST_CASE("a server puts objects in and looks at those of its users") {
    test_server server{io};
    auto client = server.make_client();
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    auto storage = server.sandbox().storage();
    storage.write({.collection = "config", .key = "shop", .value = R"({"open":true})", .permission_read = 2});
    const auto locked = storage.write({.collection = "saves",
                                       .key = "rank",
                                       .user_id = session.user_id(),
                                       .value = R"({"rank":1})",
                                       .permission_write = 0});

    const auto read = co_await client.read_storage_objects(
        session, {.object_ids = {{.collection = "config", .key = "shop"}}});
    REQUIRE(read.objects.size() == 1);
    CHECK(read.objects[0].value == R"({"open": true})");
    const auto failure = co_await failure_of(client.write_storage_objects(
        session, {.objects = {{.collection = "saves", .key = "rank", .value = "{}"}}}));
    CHECK(failure.server_message() == "Storage write rejected - permission denied.");

    storage.write({.collection = "saves",
                   .key = "rank",
                   .user_id = session.user_id(),
                   .value = R"({"rank":2})",
                   .version = locked.version,
                   .permission_write = 0});
    CHECK(storage.find("saves", "rank", session.user_id())->value == R"({"rank": 2})");
    CHECK(storage.list("saves").size() == 1);
    CHECK(storage.list("saves", session.user_id()).size() == 1);
    CHECK(storage.size() == 2);
    CHECK(storage.remove("saves", "rank", session.user_id()));
    CHECK(!storage.remove("saves", "rank", session.user_id()));
    CHECK(!storage.find("config", "shop", session.user_id()));

    CHECK_THROWS_AS(storage.write({.collection = "a", .key = "b", .value = "[]"}), std::invalid_argument);
    CHECK_THROWS_AS(storage.write({.collection = "a"}), std::invalid_argument);
    CHECK_THROWS_AS(storage.write({.collection = "a", .key = "b", .user_id = "ada"}), std::invalid_argument);
    CHECK_THROWS_AS(storage.write({.collection = "a", .key = "b", .permission_read = 3}),
                    std::invalid_argument);
    CHECK_THROWS_AS(storage.write({.collection = "config", .key = "shop", .version = "*"}),
                    std::invalid_argument);
    server.sandbox().stop();
    const auto executor = io.get_executor();
    while (storage.size() > 0) co_await asio::post(executor, asio::use_awaitable);
    CHECK_THROWS_AS(storage.write({.collection = "a", .key = "b"}), std::logic_error);
}

CO_TEST_CASE("large pages come compressed where that is asked for") {
    test_server server{io};
    auto config = server.config();
    config.compression = compression::always;
    const client client{io.get_executor(), config};
    const auto session = co_await client.authenticate_device({.id = "device-0000000001"});
    const auto value = R"({"text":")" + std::string(2000, 'x') + R"("})";
    for (int i = 0; i < 20; ++i)
        server.sandbox().storage().write(
            {.collection = "large", .key = std::to_string(i), .user_id = session.user_id(), .value = value});
    const auto page = co_await client.list_storage_objects(
        session, {.user_id = session.user_id(), .collection = "large", .limit = 100});
    REQUIRE(page.objects.size() == 20);
    CHECK(page.objects[19].value.size() == value.size() + 1);
}
