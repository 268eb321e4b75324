#include "realtime/outbox.hpp"

#include <nakama/clock.hpp>

#include <catch2/catch_test_macros.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace nakama;
using nakama::realtime::outbox;
namespace asio = boost::asio;

namespace {

/// An outbox whose messages all leave at once.
struct world {
    void flush() {
        ++flushes;
        while (!queued->queued().empty()) {
            sent.insert(sent.end(), queued->queued().begin(), queued->queued().end());
            queued->sent_first(queued->queued().size());
        }
    }
    void put(int number) {
        asio::co_spawn(io, queued->put(std::to_string(number), nullptr, deadlines, clock::time_point::max()),
                       [this, number](std::exception_ptr thrown) {
                           if (thrown) std::rethrow_exception(thrown);
                           completed.push_back(std::to_string(number));
                       });
    }
    void settle() {
        io.restart();
        io.poll();
    }

    asio::io_context io;
    call::deadlines deadlines{std::make_shared<virtual_clock>(), io.get_executor()};
    int flushes = 0;
    std::vector<std::string> sent, completed;
    std::optional<outbox> queued{std::in_place, io.get_executor(), 2, full_queue::wait, [this] { flush(); }};
};

} // namespace

TEST_CASE("senders who waited are let in, and go on, in their order and with one flush") {
    world all;
    all.queued->hold();
    std::vector<std::string> expected;
    for (int i = 0; i < 1000; ++i) {
        all.put(i);
        expected.push_back(std::to_string(i));
    }
    all.settle();
    CHECK(all.completed.empty());
    all.queued->release();
    all.settle();
    CHECK(all.sent == expected);
    CHECK(all.completed == expected);
    CHECK(all.flushes == 1);
    CHECK(all.queued->flushed.is_set());
}
