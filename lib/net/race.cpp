#include "race.hpp"

#include "event.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <utility>

namespace nakama::net {
namespace {

using tcp = asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds head_start{250};

/// Shared with the handlers of its attempts, which may outlive whoever waits.
class race : public std::enable_shared_from_this<race> {
public:
    race(const asio::any_io_executor& executor, std::vector<tcp::endpoint> addresses, nakama::clock& clock)
        : decided{executor}, executor_{executor}, addresses_{std::move(addresses)}, clock_{clock},
          alarm_{clock.make_alarm(executor)} {}

    void start_next() {
        if (decided.is_set() || sockets_.size() == addresses_.size()) return;
        const auto number = sockets_.size();
        sockets_.emplace_back(executor_);
        if (sockets_.size() < addresses_.size())
            alarm_->set(clock_.now() + head_start, [weak = weak_from_this()] {
                if (const auto self = weak.lock()) self->start_next();
            });
        sockets_.back().async_connect(
            addresses_[number],
            [self = shared_from_this(), number](error_code failed) { self->connected(number, failed); });
    }

    /// Nobody waits any more.
    void give_up() {
        alarm_.reset();
        for (auto& socket : sockets_) {
            error_code ignored;
            socket.close(ignored);
        }
    }

    event decided;
    std::optional<tcp::socket> winner;
    error_code first_failure;

private:
    void connected(std::size_t number, error_code failed) {
        if (decided.is_set() || !alarm_) return;
        if (!failed) {
            winner = std::move(sockets_[number]);
            decided.set();
            return;
        }
        if (!first_failure) first_failure = failed;
        error_code ignored;
        sockets_[number].close(ignored);
        ++failures_;
        if (failures_ == addresses_.size()) decided.set();
        else start_next();
    }

    asio::any_io_executor executor_;
    std::vector<tcp::endpoint> addresses_;
    nakama::clock& clock_; // held by whoever waits
    std::unique_ptr<alarm> alarm_;
    std::deque<tcp::socket> sockets_; // of the attempts, in their order
    std::size_t failures_ = 0;
};

} // namespace

std::vector<tcp::endpoint> in_turn(const std::vector<tcp::endpoint>& found) {
    std::deque<tcp::endpoint> first, second;
    for (const auto& address : found)
        (address.protocol() == found.front().protocol() ? first : second).push_back(address);
    std::vector<tcp::endpoint> result;
    while (!first.empty() || !second.empty())
        for (auto* family : {&first, &second}) {
            if (family->empty()) continue;
            result.push_back(family->front());
            family->pop_front();
        }
    return result;
}

asio::awaitable<tcp::socket> connect_to_first(std::vector<tcp::endpoint> addresses,
                                              std::shared_ptr<clock> clock) {
    const auto executor = co_await asio::this_coro::executor;
    const auto running = std::make_shared<race>(executor, std::move(addresses), *clock);
    struct end_of_race {
        explicit end_of_race(race& of) : ended{of} {}
        ~end_of_race() { ended.give_up(); }
        race& ended;
    };
    const end_of_race whatever_happens{*running};
    running->start_next();
    co_await running->decided.wait();
    if (!running->winner) throw boost::system::system_error{running->first_failure};
    co_return std::move(*running->winner);
}

} // namespace nakama::net
