#include "support/co_test.hpp"

#include <nakama/clock.hpp>

#include <catch2/generators/catch_generators.hpp>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/system/system_error.hpp>

#include <string>

using namespace nakama;
using namespace std::chrono_literals;

TEST_CASE("a virtual clock rings alarms in order as time is moved") {
    boost::asio::io_context io;
    virtual_clock clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23}};
    std::string rung;
    const auto a = clock.make_alarm(io.get_executor()), b = clock.make_alarm(io.get_executor()),
               c = clock.make_alarm(io.get_executor());
    a->set(clock.now() + 3h, [&] { rung += 'a'; });
    b->set(clock.now() + 1h, [&] { rung += 'b'; });
    c->set(clock.now() + 2h, [&] { rung += 'c'; });
    CHECK(clock.pending() == 3);

    clock.advance(59min);
    test::settle(io);
    CHECK(rung == "");
    clock.advance(1h + 1min);
    test::settle(io);
    CHECK(rung == "bc");
    CHECK(clock.advance_to_next());
    test::settle(io);
    CHECK(rung == "bca");
    CHECK(clock.now().time_since_epoch() == 3h);
    CHECK(clock.wall_now() == std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} + 3h);
    CHECK(!clock.advance_to_next());
}

TEST_CASE("an alarm that was set anew, cancelled or destroyed does not ring, not even on its way") {
    boost::asio::io_context io;
    virtual_clock clock;
    std::string rung;
    auto moved = clock.make_alarm(io.get_executor()), stopped = clock.make_alarm(io.get_executor()),
         gone = clock.make_alarm(io.get_executor());
    moved->set(clock.now() + 1s, [&] { rung += "early"; });
    stopped->set(clock.now() + 1s, [&] { rung += "stopped"; });
    gone->set(clock.now() + 1s, [&] { rung += "gone"; });
    clock.advance(1s); // rings are posted now
    moved->set(clock.now() + 1s, [&] { rung += "late"; });
    stopped->cancel();
    gone.reset();
    test::settle(io);
    CHECK(rung == "");
    clock.advance(1s);
    test::settle(io);
    CHECK(rung == "late");
}

TEST_CASE("coroutines sleep on a virtual clock without waiting") {
    boost::asio::io_context io;
    virtual_clock clock;
    const auto started = std::chrono::steady_clock::now();
    test::run(io, clock, clock.sleep_for(24h));
    CHECK(clock.now().time_since_epoch() == 24h);
    CHECK(std::chrono::steady_clock::now() - started < 1h);
}

TEST_CASE("a cancelled sleep ends with operation_aborted") {
    boost::asio::io_context io;
    const auto clock = GENERATE(0, 1) == 0
                           ? real_clock()
                           : std::shared_ptr<nakama::clock>{std::make_shared<virtual_clock>()};
    boost::asio::cancellation_signal cancel;
    boost::system::error_code code;
    boost::asio::co_spawn(io, clock->sleep_for(1h),
                          boost::asio::bind_cancellation_slot(cancel.slot(), [&](std::exception_ptr thrown) {
                              try {
                                  if (thrown) std::rethrow_exception(thrown);
                              } catch (const boost::system::system_error& failure) {
                                  code = failure.code();
                              }
                          }));
    test::settle(io);
    cancel.emit(boost::asio::cancellation_type::terminal);
    test::settle(io);
    CHECK(code == boost::asio::error::operation_aborted);
}

TEST_CASE("the real clock rings on its executor once the time has come") {
    boost::asio::io_context io;
    const auto clock = real_clock();
    const auto alarm = clock->make_alarm(io.get_executor());
    std::string rung;
    alarm->set(clock->now() + 1ms, [&] { rung += "first"; });
    alarm->set(clock->now() + 2ms, [&] { rung += "second"; });
    io.run();
    CHECK(rung == "second");
    CHECK(std::chrono::abs(clock->wall_now() - std::chrono::system_clock::now()) < 1h);
}
