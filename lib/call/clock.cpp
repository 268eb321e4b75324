#include "net/event.hpp"

#include <nakama/clock.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <map>

namespace nakama {
namespace {

class real_alarm final : public alarm {
public:
    explicit real_alarm(const asio::any_io_executor& executor) : timer_{executor} {}

    void set(std::chrono::steady_clock::time_point when, std::function<void()> ring) override {
        timer_.expires_at(when);
        timer_.async_wait([this, alive = std::weak_ptr<int>{alive_}, set = ++sets_,
                           ring = std::move(ring)](const boost::system::error_code& failed) {
            // Setting or cancelling can come too late for a wait that is over but not yet delivered.
            if (failed || alive.expired() || set != sets_) return;
            ring();
        });
    }

    void cancel() override {
        ++sets_;
        timer_.cancel();
    }

private:
    asio::steady_timer timer_;
    unsigned sets_ = 0;
    std::shared_ptr<int> alive_ = std::make_shared<int>();
};

class steady_and_system_clock final : public clock {
public:
    time_point now() const override { return std::chrono::steady_clock::now(); }
    std::chrono::system_clock::time_point wall_now() const override {
        return std::chrono::system_clock::now();
    }
    std::unique_ptr<alarm> make_alarm(asio::any_io_executor executor) override {
        return std::make_unique<real_alarm>(executor);
    }
};

} // namespace

asio::awaitable<void> clock::sleep_until(time_point when) {
    const auto executor = co_await asio::this_coro::executor;
    net::event rung{executor};
    const auto alarm = make_alarm(executor);
    alarm->set(when, [&rung] { rung.set(); });
    co_await rung.wait();
}

std::shared_ptr<clock> real_clock() {
    static const auto clock = std::make_shared<steady_and_system_clock>();
    return clock;
}

/// Alarms by the time they ring; equal times ring in the order they were set.
class virtual_clock::state {
public:
    struct entry {
        std::uint64_t id;
        asio::any_io_executor executor;
        std::function<void()> ring;
    };

    clock::time_point now{};
    std::chrono::system_clock::time_point start{};
    std::multimap<clock::time_point, entry> alarms;
    std::map<std::uint64_t, bool> posted; // rings under way: whether they are still wanted
    std::uint64_t last_id = 0;

    void ring_due(const std::shared_ptr<state>& self) {
        while (!alarms.empty() && alarms.begin()->first <= now) {
            auto due = std::move(alarms.extract(alarms.begin()).mapped());
            posted.emplace(due.id, true);
            asio::post(due.executor, [self, id = due.id, ring = std::move(due.ring)] {
                const bool wanted = self->posted.at(id);
                self->posted.erase(id);
                if (wanted) ring();
            });
        }
    }

    void cancel(std::uint64_t id) {
        std::erase_if(alarms, [id](const auto& alarm) { return alarm.second.id == id; });
        if (const auto found = posted.find(id); found != posted.end()) found->second = false;
    }
};

namespace {

class virtual_alarm final : public alarm {
public:
    using set_function = std::function<std::uint64_t(clock::time_point, std::function<void()>)>;
    using cancel_function = std::function<void(std::uint64_t)>;

    virtual_alarm(set_function set, cancel_function cancel)
        : set_{std::move(set)}, cancel_{std::move(cancel)} {}
    ~virtual_alarm() override { cancel_(id_); }

    void set(clock::time_point when, std::function<void()> ring) override {
        cancel_(id_);
        id_ = set_(when, std::move(ring));
    }
    void cancel() override { cancel_(id_); }

private:
    set_function set_;
    cancel_function cancel_;
    std::uint64_t id_ = 0;
};

} // namespace

virtual_clock::virtual_clock(std::chrono::system_clock::time_point start)
    : state_{std::make_shared<state>()} {
    state_->start = start;
}

virtual_clock::~virtual_clock() = default;

clock::time_point virtual_clock::now() const {
    return state_->now;
}

std::chrono::system_clock::time_point virtual_clock::wall_now() const {
    return state_->start +
           std::chrono::duration_cast<std::chrono::system_clock::duration>(state_->now.time_since_epoch());
}

std::unique_ptr<alarm> virtual_clock::make_alarm(asio::any_io_executor executor) {
    return std::make_unique<virtual_alarm>(
        [state = state_, executor](time_point when, std::function<void()> ring) {
            const auto id = ++state->last_id;
            state->alarms.emplace(when, state::entry{id, executor, std::move(ring)});
            state->ring_due(state);
            return id;
        },
        [state = state_](std::uint64_t id) { state->cancel(id); });
}

void virtual_clock::advance(duration span) {
    state_->now += span;
    state_->ring_due(state_);
}

bool virtual_clock::advance_to_next() {
    if (state_->alarms.empty()) return false;
    state_->now = std::max(state_->now, state_->alarms.begin()->first);
    state_->ring_due(state_);
    return true;
}

std::size_t virtual_clock::pending() const noexcept {
    return state_->alarms.size();
}

} // namespace nakama
