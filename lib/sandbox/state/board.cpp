#include "sandbox/state/board.hpp"

#include "sandbox/json/stored_json.hpp"
#include "sandbox/state/record_cursor.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace nakama::sandbox {
namespace {

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

timestamp at_seconds(std::int64_t seconds) {
    return timestamp{std::chrono::seconds{seconds}};
}

/// As the database gives it back.
std::string stored(const std::string& metadata) {
    if (metadata.empty()) return {};
    auto kept = storable(metadata);
    if (!kept) throw board_refusal{board_error::not_storable};
    return std::move(*kept);
}

std::uint32_t as_uint32(std::int64_t number) {
    return static_cast<std::uint32_t>(number);
}

void check(const board_settings& settings) {
    const auto require = [](bool holds, const char* what) {
        if (!holds) throw std::invalid_argument{what};
    };
    require(!settings.id.empty() && settings.id.size() <= 128, "a board's id has 1 to 128 bytes");
    require(settings.operator_ >= leaderboard_operator::best &&
                settings.operator_ <= leaderboard_operator::decrement,
            "a board's operator is best, set, increment or decrement");
    require(characters(settings.title) <= 255 && characters(settings.description) <= 255,
            "title and description have at most 255 characters");
    require(settings.category >= 0 && settings.category <= 127, "a category is 0 to 127");
    require(settings.start_time >= 0 && settings.end_time >= 0 && settings.duration >= 0,
            "times and durations are not negative");
    require(settings.end_time == 0 || settings.end_time >= settings.start_time,
            "a tournament does not end before it starts");
    require(settings.max_size > 0 && settings.max_num_score > 0, "limits are above zero");
}

} // namespace

const char* board_refusal::what() const noexcept {
    switch (error_) {
    case board_error::not_found:
        return "there is no such leaderboard or tournament";
    case board_error::authoritative:
        return "only the server writes here";
    case board_error::outside_duration:
        return "the tournament is not active";
    case board_error::full:
        return "the tournament is full";
    case board_error::attempts_used:
        return "the owner has written as often as he may";
    case board_error::join_required:
        return "the owner has not joined the tournament";
    case board_error::bad_cursor:
        return "the cursor is none, or that of another board or period";
    case board_error::not_storable:
        break;
    }
    return "the score cannot be stored";
}

board::board(board_settings settings, wall_time now)
    : settings_{std::move(settings)}, create_time_{unix_seconds(now)}, nothing_{settings_.order} {
    check(settings_);
    if (is_tournament() && settings_.start_time == 0) settings_.start_time = create_time_;
    if (settings_.reset_schedule.empty()) return;
    schedule_.emplace(settings_.reset_schedule);
    const std::int64_t first = schedule_->next(is_tournament() ? settings_.start_time : create_time_);
    if (first == 0) throw std::invalid_argument{"the reset schedule never comes"};
    if (settings_.end_time > 0 && settings_.end_time <= first)
        throw std::invalid_argument{"a tournament does not end before its first reset"};
}

std::int64_t board::next_reset(wall_time now) const {
    return schedule_ ? schedule_->next(unix_seconds(now)) : 0;
}

active_period board::period(wall_time at) const {
    const std::int64_t now = unix_seconds(at);
    const std::int64_t starts = settings_.start_time;
    const std::int64_t ends = settings_.end_time;
    active_period result{starts, starts + settings_.duration, ends};
    const auto begin = [&](std::int64_t start) {
        result.start = start;
        result.expiry = schedule_->next(start);
        result.end = std::min(start + settings_.duration, result.expiry);
    };
    if (schedule_) {
        if (now < starts) begin(schedule_->next(starts));
        else begin(schedule_->next(now - 1) == now ? now : schedule_->last(now));
        // It may start between two resets: within the one period it is part of that, else it waits.
        if (starts > result.end) begin(schedule_->next(starts));
        else result.start = std::max(result.start, starts);
        if (ends > 0) result.expiry = std::min(result.expiry, ends);
    }
    if (ends > 0) result.end = std::min(result.end, result.expiry);
    return result;
}

bool board::has_ended(wall_time now) const {
    return settings_.end_time > 0 && settings_.end_time <= unix_seconds(now);
}

nakama::leaderboard board::as_leaderboard(wall_time now) const {
    nakama::leaderboard result;
    result.id = settings_.id;
    result.sort_order = static_cast<std::uint32_t>(settings_.order);
    result.operator_ = settings_.operator_;
    result.prev_reset = as_uint32(schedule_ ? schedule_->last(unix_seconds(now)) : 0);
    result.next_reset = as_uint32(next_reset(now));
    result.metadata = settings_.metadata;
    result.create_time = at_seconds(create_time_);
    result.authoritative = settings_.authoritative;
    return result;
}

nakama::tournament board::as_tournament(wall_time at) const {
    const std::int64_t now = unix_seconds(at);
    const active_period current = period(at);
    const std::int32_t joined = size(current, at);
    nakama::tournament result;
    result.id = settings_.id;
    result.title = settings_.title;
    result.description = settings_.description;
    result.category = as_uint32(settings_.category);
    result.sort_order = static_cast<std::uint32_t>(settings_.order);
    result.size = as_uint32(joined);
    result.max_size = as_uint32(settings_.max_size);
    result.max_num_score = as_uint32(settings_.max_num_score);
    // At its very end a tournament still says so, though it takes no more scores.
    result.can_enter = current.start <= now && now <= current.end && joined < settings_.max_size;
    result.end_active = as_uint32(current.end);
    result.next_reset = as_uint32(current.expiry);
    result.metadata = settings_.metadata;
    result.create_time = at_seconds(create_time_);
    result.start_time = at_seconds(settings_.start_time);
    result.end_time = at_seconds(settings_.end_time);
    result.duration = as_uint32(settings_.duration);
    result.start_active = as_uint32(current.start);
    if (schedule_ && settings_.start_time <= now) result.prev_reset = as_uint32(schedule_->last(now));
    result.operator_ = settings_.operator_;
    result.authoritative = settings_.authoritative;
    result.join_required = settings_.join_required;
    return result;
}

std::int32_t board::size(const active_period& at, wall_time now) const {
    const bool over = at.expiry != 0 && at.expiry <= unix_seconds(now);
    return at.expiry == size_expiry_ && !over ? size_ : 0;
}

void board::resize(const active_period& at, std::int32_t change, wall_time now) {
    if (!has_max_size()) return;
    size_ = size(at, now) + change;
    size_expiry_ = at.expiry;
}

const standings& board::records_of(std::int64_t expiry) const {
    const auto found = periods_.find(expiry);
    return found == periods_.end() ? nothing_ : found->second;
}

standings& board::records_of(std::int64_t expiry) {
    return periods_.try_emplace(expiry, settings_.order).first->second;
}

bool board::has_ranks(std::int64_t expiry, wall_time now) const {
    return settings_.enable_ranks && (expiry == 0 || expiry > unix_seconds(now));
}

leaderboard_operator board::operator_for(const submission& score) const {
    if (score.operator_ == leaderboard_operator::no_override) return settings_.operator_;
    if (score.operator_ < leaderboard_operator::best || score.operator_ > leaderboard_operator::decrement)
        throw board_refusal{board_error::not_storable};
    return score.operator_;
}

leaderboard_record board::first_record(const submission& score, points at, std::int64_t expiry,
                                       wall_time now) const {
    leaderboard_record record;
    record.leaderboard_id = settings_.id;
    record.owner_id = score.owner_id;
    if (!score.username.empty()) record.username = score.username;
    record.score = at.score;
    record.subscore = at.subscore;
    record.num_score = 1;
    record.metadata = score.metadata.empty() ? "{}" : score.metadata;
    record.create_time = record.update_time = at_seconds(unix_seconds(now));
    record.expiry_time = at_seconds(expiry);
    record.max_num_score = as_uint32(settings_.max_num_score);
    return record;
}

leaderboard_record board::further_record(const leaderboard_record& old, const submission& score,
                                         wall_time now) const {
    const auto sum = combined(operator_for(score), settings_.order, {old.score, old.subscore}, score.given);
    if (!sum) throw board_refusal{board_error::not_storable};
    leaderboard_record record = old;
    if (!score.username.empty()) record.username = score.username;
    record.score = sum->score;
    record.subscore = sum->subscore;
    ++record.num_score;
    if (!score.metadata.empty()) record.metadata = score.metadata;
    record.update_time = at_seconds(unix_seconds(now));
    return record;
}

leaderboard_record board::ranked(std::int64_t expiry, const std::string& owner_id, wall_time now) const {
    const standings& records = records_of(expiry);
    leaderboard_record record = *records.find(owner_id);
    if (has_ranks(expiry, now)) record.rank = records.rank(owner_id);
    return record;
}

leaderboard_record board::write(submission score, author by, wall_time now) {
    if (settings_.authoritative && by == author::player) throw board_refusal{board_error::authoritative};
    const leaderboard_operator how = operator_for(score);
    // The database looks at what would be a new record even if there is an old one.
    const auto first = first_points(how, score.given);
    if (!first) throw board_refusal{board_error::not_storable};
    score.metadata = stored(score.metadata);

    const std::int64_t expiry = next_reset(now);
    standings& records = records_of(expiry);
    if (const leaderboard_record* old = records.find(score.owner_id); !old) {
        leaderboard_record record = first_record(score, *first, expiry, now);
        record.max_num_score = as_uint32(board_settings{}.max_num_score); // even of a tournament
        records.put(std::move(record));
    } else if (counts(how, settings_.order, {old->score, old->subscore}, score.given)) {
        records.put(further_record(*old, score, now));
    }
    return ranked(expiry, score.owner_id, now);
}

leaderboard_record board::compete(submission score, author by, wall_time at) {
    if (settings_.authoritative && by == author::player) throw board_refusal{board_error::authoritative};
    const std::int64_t now = unix_seconds(at);
    const active_period current = period(at);
    if (current.start > now || current.end <= now) throw board_refusal{board_error::outside_duration};
    const leaderboard_operator how = operator_for(score);

    standings& records = records_of(current.expiry);
    const leaderboard_record* old = records.find(score.owner_id);
    const bool used = old && as_uint32(old->num_score) >= old->max_num_score;
    if (settings_.join_required) {
        if (!old) throw board_refusal{board_error::join_required};
        score.metadata = stored(score.metadata);
        if (!used) records.put(further_record(*old, score, at));
        return ranked(current.expiry, score.owner_id, at);
    }
    const auto first = first_points(how, score.given);
    if (!first) throw board_refusal{board_error::not_storable};
    score.metadata = stored(score.metadata);
    if (old) {
        leaderboard_record further = further_record(*old, score, at);
        if (used) throw board_refusal{board_error::attempts_used};
        records.put(std::move(further));
    } else {
        if (size(current, at) >= settings_.max_size) throw board_refusal{board_error::full};
        resize(current, 1, at);
        records.put(first_record(score, *first, current.expiry, at));
    }
    return ranked(current.expiry, score.owner_id, at);
}

void board::join(const std::string& user_id, const std::string& username, wall_time now) {
    if (!settings_.join_required) return;
    const active_period current = period(now);
    if (current.end <= unix_seconds(now)) throw board_refusal{board_error::outside_duration};
    standings& records = records_of(current.expiry);
    if (records.find(user_id)) return;
    if (size(current, now) >= settings_.max_size) throw board_refusal{board_error::full};
    resize(current, 1, now);
    leaderboard_record record =
        first_record({.owner_id = user_id, .username = username}, {}, current.expiry, now);
    record.num_score = 0;
    records.put(std::move(record));
}

void board::add_attempts(const std::string& owner_id, std::int32_t count, wall_time now) {
    const active_period current = period(now);
    if (current.end <= unix_seconds(now)) throw board_refusal{board_error::outside_duration};
    standings& records = records_of(current.expiry);
    const leaderboard_record* old = records.find(owner_id);
    if (!old) return;
    leaderboard_record record = *old;
    record.max_num_score += as_uint32(count);
    records.put(std::move(record));
}

void board::erase(const std::string& owner_id, author by, wall_time now) {
    if (settings_.authoritative && by == author::player) throw board_refusal{board_error::authoritative};
    if (!is_tournament()) {
        records_of(next_reset(now)).erase(owner_id);
        return;
    }
    const active_period current = period(now);
    if (records_of(current.expiry).erase(owner_id)) resize(current, -1, now);
}

void board::forget(const std::string& user_id) {
    for (auto& [expiry, records] : periods_) records.erase(user_id);
}

std::optional<std::int64_t> board::expiry_of(const record_query& query, wall_time now) const {
    if (query.expiry != 0) return query.expiry;
    if (!is_tournament()) return next_reset(now);
    const std::int64_t expiry = period(now).expiry;
    if (expiry != 0 && expiry <= unix_seconds(now)) return {};
    return expiry;
}

leaderboard_record_list board::answer(record_page page, std::int64_t expiry, wall_time now) const {
    leaderboard_record_list result;
    result.records = std::move(page.records);
    if (page.next) result.next_cursor = write_cursor(*page.next, settings_.id, expiry);
    if (page.previous) result.prev_cursor = write_cursor(*page.previous, settings_.id, expiry);
    if (has_ranks(expiry, now)) result.rank_count = static_cast<std::int64_t>(records_of(expiry).size());
    return result;
}

leaderboard_record_list board::list(const record_query& query, wall_time now) const {
    const auto expiry = expiry_of(query, now);
    if (!expiry) return {};
    const standings& records = records_of(*expiry);
    record_page page;
    if (query.limit) {
        std::optional<record_cursor> from;
        if (!query.cursor.empty()) {
            from = read_cursor(query.cursor, settings_.id, *expiry);
            if (!from) throw board_refusal{board_error::bad_cursor};
        }
        page = records.list(*query.limit, from);
    }
    leaderboard_record_list result = answer(std::move(page), *expiry, now);
    result.owner_records = records.of(query.owner_ids, has_ranks(*expiry, now));
    return result;
}

leaderboard_record_list board::around(const std::string& owner_id, const record_query& query,
                                      wall_time now) const {
    if (!query.cursor.empty()) return list(query, now);
    const auto expiry = expiry_of(query, now);
    if (!expiry || !records_of(*expiry).find(owner_id)) return {};
    return answer(records_of(*expiry).around(owner_id, query.limit.value(), has_ranks(*expiry, now)), *expiry,
                  now);
}

} // namespace nakama::sandbox
