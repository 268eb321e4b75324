#include "support/scripted.hpp"
#include "support/tokens.hpp"

#include <nakama/session_store.hpp>

#include <map>
#include <optional>

using namespace nakama;
using namespace nakama::test;
using namespace std::chrono_literals;

namespace {

constexpr std::int64_t begin = 1'000'000;

/// A store in memory that can be made to fail.
class memory_store final : public session_store {
public:
    std::optional<stored_session> load(std::string_view name) override {
        if (damaged) throw error{errc::storage_failed, "damaged"};
        const auto found = kept.find(std::string{name});
        return found == kept.end() ? std::nullopt : std::optional{found->second};
    }
    void save(std::string_view name, const stored_session& session) override {
        if (full) throw error{errc::storage_failed, "full"};
        kept[std::string{name}] = session;
        ++saves;
    }
    void remove(std::string_view name) override { kept.erase(std::string{name}); }

    std::map<std::string, stored_session> kept;
    bool damaged = false, full = false;
    int saves = 0;
};

struct restoring_world : scripted_world {
    restoring_world() {
        time = std::make_shared<virtual_clock>(session::time_point{std::chrono::seconds{begin}});
    }

    std::optional<nakama::session> restore(client& client, std::string_view name = "ada") {
        std::optional<nakama::session> result;
        run([](class client& c, std::shared_ptr<session_store> from, std::string called,
               std::optional<nakama::session>& to) -> asio::awaitable<void> {
            to = co_await c.restore_session(from, called);
        }(client, store, std::string{name}, result));
        return result;
    }

    std::shared_ptr<memory_store> store = std::make_shared<memory_store>();
    const std::string token = make_token(begin - 10, begin + 50, "first");
    const std::string old_token = make_token(begin - 100, begin - 40, "old");
    const std::string refresh_token = make_token(begin - 10, begin + 3590, "refresh");
    const std::string new_token = make_token(begin, begin + 60, "new");
    const std::string new_refresh_token = make_token(begin, begin + 3600, "new refresh");
};

} // namespace

TEST_CASE("a session whose token is good is restored without a word to the server") {
    restoring_world world;
    auto client = world.make_client();
    world.store->kept["ada"] = {world.token, world.refresh_token};
    const auto session = world.restore(client);
    REQUIRE(session);
    CHECK(session->token() == world.token);
    CHECK(session->user_id() == "user");
    CHECK(world.script->requests().empty());
    CHECK(!world.restore(client, "bob"));
}

TEST_CASE("a session whose token is over is renewed, and the store has the new tokens") {
    restoring_world world;
    auto client = world.make_client();
    world.store->kept["ada"] = {world.old_token, world.refresh_token};
    world.script->answer(200, tokens_answer(world.new_token, world.new_refresh_token));
    const auto session = world.restore(client);
    REQUIRE(session);
    CHECK(session->token() == world.new_token);
    CHECK(world.store->kept["ada"] == stored_session{world.new_token, world.new_refresh_token});
    // And what comes later as well.
    world.time->advance(50s);
    const auto later = make_token(begin + 50, begin + 110, "later");
    world.script->answer(200, tokens_answer(later, world.new_refresh_token)).answer(200, "{}");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        co_await c.get_account(s);
    }(client, *session));
    CHECK(world.store->kept["ada"].token == later);
}

TEST_CASE("a session that is spent is not restored") {
    restoring_world world;
    auto client = world.make_client();
    world.store->kept["ada"] = {world.old_token, world.refresh_token};
    world.script->answer(401, R"({"code":16,"message":"Refresh token invalid or expired."})");
    CHECK(!world.restore(client));
}

TEST_CASE("a session that cannot be renewed for now is an error, unless its token is still good") {
    restoring_world world;
    auto client = world.make_client();
    world.store->kept["ada"] = {world.old_token, world.refresh_token};
    world.script->fail(error{errc::connect_failed, "refused"});
    try {
        world.restore(client);
        FAIL("restored");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::connect_failed);
        CHECK(failure.operation() == "restore_session");
    }
    CHECK(world.store->kept["ada"].token == world.old_token);
    world.store->kept["ada"] = {make_token(begin - 55, begin + 5), world.refresh_token};
    world.script->fail(error{errc::connect_failed, "refused"});
    CHECK(world.restore(client));
}

TEST_CASE("a store that fails is not taken for an empty one") {
    restoring_world world;
    auto client = world.make_client();
    world.store->damaged = true;
    try {
        world.restore(client);
        FAIL("restored");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::storage_failed);
    }
    // Nor what it has for tokens.
    world.store->damaged = false;
    world.store->kept["ada"] = {"no token", "none either"};
    try {
        world.restore(client);
        FAIL("restored");
    } catch (const error& failure) {
        CHECK(failure.code() == errc::invalid_argument);
    }
    CHECK(world.store->kept["ada"].token == "no token");
    CHECK_THROWS_AS(keep_session(world.session, nullptr, "ada"), error);
}

TEST_CASE("a store that fails later does not disturb the call, and whoever asked is told") {
    restoring_world world;
    auto client = world.make_client();
    const nakama::session session{world.old_token, world.refresh_token};
    std::vector<std::string> told;
    keep_session(session, world.store, "ada",
                 [&](const error& failure) { told.push_back(failure.message()); });
    CHECK(world.store->kept["ada"].token == world.old_token);
    world.store->full = true;
    world.script->answer(200, tokens_answer(world.new_token, world.new_refresh_token)).answer(200, "{}");
    world.run([](class client& c, nakama::session s) -> asio::awaitable<void> {
        co_await c.get_account(s);
    }(client, session));
    CHECK(told == std::vector<std::string>{"full"});
    CHECK(session.token() == world.new_token);
    CHECK(world.store->kept["ada"].token == world.old_token);
    CHECK_THROWS_AS(keep_session(session, world.store, "bob"), error);
}
