// One match that runs on the server: its handler, its members and its loop.
#pragma once

#include "sandbox/world.hpp"

#include <nakama/sandbox/matches.hpp>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace nakama::sandbox {

class server_match final : public match_dispatcher, public std::enable_shared_from_this<server_match> {
public:
    server_match(world& world, std::string id, std::string handler_name,
                 std::unique_ptr<match_handler> handler);

    /// Throws what the handler throws, and std::invalid_argument for a start that cannot be.
    void start(const std::string& params);

    [[nodiscard]] const std::string& match_id() const noexcept override { return id_; }
    [[nodiscard]] const std::string& label() const noexcept override { return label_; }
    [[nodiscard]] std::int64_t tick() const noexcept override { return tick_; }
    [[nodiscard]] const std::vector<user_presence>& presences() const noexcept override { return members_; }
    [[nodiscard]] listed_match listed() const;
    [[nodiscard]] bool has_member(std::string_view session_id) const;

    /// Who is allowed in is a member from now on; that he joined is told by joined().
    [[nodiscard]] match_join_decision attempt(const match_join_attempt& attempt);
    void joined(const user_presence& who);
    void left(const user_presence& who);
    void hear(match_message message);
    /// Throws std::runtime_error if there is no answer.
    [[nodiscard]] std::string signal(const std::string& data);
    void terminate(std::chrono::seconds grace);
    /// The match is no more; nobody is told.
    void stop();

    void broadcast_message(const match_broadcast& message) override;
    void match_kick(const std::vector<user_presence>& members) override;
    void match_label_update(std::string label) override;
    void end() override;

private:
    void perform(std::function<void()> step);
    void fail(std::string_view why);
    void set_alarm();
    void run_loop();
    void require_running() const;

    world& world_;
    std::string id_;
    std::string handler_name_;
    std::unique_ptr<match_handler> handler_;
    std::unique_ptr<alarm> alarm_;

    int tick_rate_ = 1;
    std::string label_;
    std::int64_t tick_ = 0;
    nakama::clock::time_point next_loop_{};
    std::vector<user_presence> members_;
    std::vector<match_message> inbox_;

    std::deque<std::function<void()>> steps_; // what the handler is to be told, one after the other
    bool performing_ = false;
    bool ending_ = false;
    bool over_ = false;
};

/// Starts a match of a registered name. Throws as matches::create().
[[nodiscard]] std::string create_server_match(world& world, std::string_view name, const std::string& params);

/// Null if no such match runs.
[[nodiscard]] std::shared_ptr<server_match> find_server_match(const world& world, std::string_view id);

void end_all_matches(world& world) noexcept;

} // namespace nakama::sandbox
