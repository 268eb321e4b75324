#include "sandbox/board_view.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/leaderboards.hpp>

namespace nakama::sandbox {
namespace {

const board* find_leaderboard(const world& world, std::string_view id) {
    const board* found = world.boards.find(std::string{id});
    return found && !found->is_tournament() ? found : nullptr;
}

} // namespace

bool leaderboards::create(const new_leaderboard& board) {
    const auto world = running(world_);
    return world->boards.create({.id = board.id,
                                 .authoritative = board.authoritative,
                                 .order = board.order,
                                 .operator_ = board.operator_,
                                 .reset_schedule = board.reset_schedule,
                                 .metadata = json_object(board.metadata),
                                 .enable_ranks = board.enable_ranks},
                                world->now());
}

bool leaderboards::remove(std::string_view id) {
    const auto world = running(world_);
    return find_leaderboard(*world, id) && world->boards.remove(std::string{id});
}

std::vector<leaderboard> leaderboards::list() const {
    std::vector<leaderboard> result;
    if (const auto world = world_.lock())
        for (const board* one : world->boards.leaderboards())
            result.push_back(one->as_leaderboard(world->now()));
    return result;
}

std::optional<leaderboard> leaderboards::find(std::string_view id) const {
    const auto world = world_.lock();
    const board* found = world ? find_leaderboard(*world, id) : nullptr;
    if (!found) return {};
    return found->as_leaderboard(world->now());
}

leaderboard_record leaderboards::write(std::string_view id, const new_score& score) {
    const auto world = running(world_);
    return act_on_board([&] {
        return world->boards.leaderboard(std::string{id})
            .write(submission_of(score), author::server, world->now());
    });
}

void leaderboards::remove_record(std::string_view id, std::string_view owner_id) {
    const auto world = running(world_);
    act_on_board([&] {
        world->boards.leaderboard(std::string{id}).erase(uuid_of(owner_id), author::server, world->now());
    });
}

std::vector<leaderboard_record> leaderboards::records(std::string_view id,
                                                      std::optional<timestamp> expiry) const {
    const auto world = world_.lock();
    const board* found = world ? find_leaderboard(*world, id) : nullptr;
    if (!found) return {};
    return all_records(*found, expiry, world->now());
}

std::optional<leaderboard_record> leaderboards::record(std::string_view id, std::string_view owner_id) const {
    const auto world = world_.lock();
    const board* found = world ? find_leaderboard(*world, id) : nullptr;
    if (!found) return {};
    return record_of(*found, owner_id, world->now());
}

} // namespace nakama::sandbox
