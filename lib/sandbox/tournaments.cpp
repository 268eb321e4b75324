#include "sandbox/board_view.hpp"
#include "sandbox/running.hpp"
#include "sandbox/world.hpp"

#include <nakama/sandbox/tournaments.hpp>

#include <stdexcept>
#include <utility>

namespace nakama::sandbox {
namespace {

std::int64_t seconds_of(timestamp time) {
    return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

const board* find_tournament(const world& world, std::string_view id) {
    const board* found = world.boards.find(std::string{id});
    return found && found->is_tournament() ? found : nullptr;
}

} // namespace

bool tournaments::create(const new_tournament& tournament) {
    const auto world = running(world_);
    if (tournament.duration <= std::chrono::seconds{})
        throw std::invalid_argument{"a tournament's duration is above zero"};
    board_settings settings{.id = tournament.id,
                            .authoritative = tournament.authoritative,
                            .order = tournament.order,
                            .operator_ = tournament.operator_,
                            .reset_schedule = tournament.reset_schedule,
                            .metadata = json_object(tournament.metadata),
                            .enable_ranks = tournament.enable_ranks,
                            .title = tournament.title,
                            .description = tournament.description,
                            .category = tournament.category,
                            .start_time = seconds_of(tournament.start_time),
                            .end_time = seconds_of(tournament.end_time),
                            .duration = tournament.duration.count(),
                            .join_required = tournament.join_required};
    if (tournament.max_size != 0) settings.max_size = tournament.max_size;
    if (tournament.max_num_score != 0) settings.max_num_score = tournament.max_num_score;
    return world->boards.create(std::move(settings), world->now());
}

bool tournaments::remove(std::string_view id) {
    const auto world = running(world_);
    return find_tournament(*world, id) && world->boards.remove(std::string{id});
}

std::vector<tournament> tournaments::list() const {
    std::vector<tournament> result;
    if (const auto world = world_.lock())
        for (const board* one : world->boards.tournaments())
            result.push_back(one->as_tournament(world->now()));
    return result;
}

std::optional<tournament> tournaments::find(std::string_view id) const {
    const auto world = world_.lock();
    const board* found = world ? find_tournament(*world, id) : nullptr;
    if (!found) return {};
    return found->as_tournament(world->now());
}

void tournaments::join(std::string_view id, std::string_view user_id, std::string_view username) {
    const auto world = running(world_);
    act_on_board([&] {
        world->boards.tournament(std::string{id}).join(uuid_of(user_id), std::string{username}, world->now());
    });
}

leaderboard_record tournaments::write(std::string_view id, const new_score& score) {
    const auto world = running(world_);
    return act_on_board([&] {
        return world->boards.tournament(std::string{id})
            .compete(submission_of(score), author::server, world->now());
    });
}

void tournaments::add_attempts(std::string_view id, std::string_view owner_id, std::int32_t count) {
    const auto world = running(world_);
    if (count < 1) throw std::invalid_argument{"attempts are only added"};
    act_on_board([&] {
        world->boards.tournament(std::string{id}).add_attempts(uuid_of(owner_id), count, world->now());
    });
}

void tournaments::remove_record(std::string_view id, std::string_view owner_id) {
    const auto world = running(world_);
    act_on_board([&] {
        world->boards.tournament(std::string{id}).erase(uuid_of(owner_id), author::server, world->now());
    });
}

std::vector<leaderboard_record> tournaments::records(std::string_view id,
                                                     std::optional<timestamp> expiry) const {
    const auto world = world_.lock();
    const board* found = world ? find_tournament(*world, id) : nullptr;
    if (!found) return {};
    return all_records(*found, expiry, world->now());
}

std::optional<leaderboard_record> tournaments::record(std::string_view id, std::string_view owner_id) const {
    const auto world = world_.lock();
    const board* found = world ? find_tournament(*world, id) : nullptr;
    if (!found) return {};
    return record_of(*found, owner_id, world->now());
}

} // namespace nakama::sandbox
