// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/leaderboards.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/leaderboards.hpp>

#include <array>

namespace nakama::wire {

template <>
std::span<const enum_name> names_of<leaderboard_operator>() {
    static constexpr std::array names{
        enum_name{"NO_OVERRIDE", 0},
        enum_name{"BEST", 1},
        enum_name{"SET", 2},
        enum_name{"INCREMENT", 3},
        enum_name{"DECREMENT", 4},
    };
    return names;
}

template <>
const schema& schema_of<leaderboard_record>() {
    static constexpr std::array fields{
        member<&leaderboard_record::leaderboard_id>("leaderboard_id"),
        member<&leaderboard_record::owner_id>("owner_id"),
        member<&leaderboard_record::username>("username"),
        member<&leaderboard_record::score>("score"),
        member<&leaderboard_record::subscore>("subscore"),
        member<&leaderboard_record::num_score>("num_score"),
        member<&leaderboard_record::metadata>("metadata"),
        member<&leaderboard_record::create_time>("create_time"),
        member<&leaderboard_record::update_time>("update_time"),
        member<&leaderboard_record::expiry_time>("expiry_time"),
        member<&leaderboard_record::rank>("rank"),
        member<&leaderboard_record::max_num_score>("max_num_score"),
    };
    static constexpr schema layout{"leaderboard_record", fields};
    return layout;
}

template <>
const schema& schema_of<leaderboard_record_list>() {
    static constexpr std::array fields{
        member<&leaderboard_record_list::records>("records"),
        member<&leaderboard_record_list::owner_records>("owner_records"),
        member<&leaderboard_record_list::next_cursor>("next_cursor"),
        member<&leaderboard_record_list::prev_cursor>("prev_cursor"),
        member<&leaderboard_record_list::rank_count>("rank_count"),
    };
    static constexpr schema layout{"leaderboard_record_list", fields};
    return layout;
}

template <>
const schema& schema_of<leaderboard>() {
    static constexpr std::array fields{
        member<&leaderboard::id>("id"),
        member<&leaderboard::sort_order>("sort_order"),
        member<&leaderboard::operator_>("operator"),
        member<&leaderboard::prev_reset>("prev_reset"),
        member<&leaderboard::next_reset>("next_reset"),
        member<&leaderboard::metadata>("metadata"),
        member<&leaderboard::create_time>("create_time"),
        member<&leaderboard::authoritative>("authoritative"),
    };
    static constexpr schema layout{"leaderboard", fields};
    return layout;
}

template <>
const schema& schema_of<leaderboard_list>() {
    static constexpr std::array fields{
        member<&leaderboard_list::leaderboards>("leaderboards"),
        member<&leaderboard_list::cursor>("cursor"),
    };
    static constexpr schema layout{"leaderboard_list", fields};
    return layout;
}

} // namespace nakama::wire
