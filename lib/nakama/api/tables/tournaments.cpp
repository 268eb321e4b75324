// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/tournaments.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/tournaments.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<tournament>() {
    static constexpr std::array fields{
        member<&tournament::id>("id"),
        member<&tournament::title>("title"),
        member<&tournament::description>("description"),
        member<&tournament::category>("category"),
        member<&tournament::sort_order>("sort_order"),
        member<&tournament::size>("size"),
        member<&tournament::max_size>("max_size"),
        member<&tournament::max_num_score>("max_num_score"),
        member<&tournament::can_enter>("can_enter"),
        member<&tournament::end_active>("end_active"),
        member<&tournament::next_reset>("next_reset"),
        member<&tournament::metadata>("metadata"),
        member<&tournament::create_time>("create_time"),
        member<&tournament::start_time>("start_time"),
        member<&tournament::end_time>("end_time"),
        member<&tournament::duration>("duration"),
        member<&tournament::start_active>("start_active"),
        member<&tournament::prev_reset>("prev_reset"),
        member<&tournament::operator_>("operator"),
        member<&tournament::authoritative>("authoritative"),
        member<&tournament::join_required>("join_required"),
    };
    static constexpr schema layout{"tournament", fields};
    return layout;
}

template <>
const schema& schema_of<tournament_list>() {
    static constexpr std::array fields{
        member<&tournament_list::tournaments>("tournaments"),
        member<&tournament_list::cursor>("cursor"),
    };
    static constexpr schema layout{"tournament_list", fields};
    return layout;
}

template <>
const schema& schema_of<tournament_record_list>() {
    static constexpr std::array fields{
        member<&tournament_record_list::records>("records"),
        member<&tournament_record_list::owner_records>("owner_records"),
        member<&tournament_record_list::next_cursor>("next_cursor"),
        member<&tournament_record_list::prev_cursor>("prev_cursor"),
        member<&tournament_record_list::rank_count>("rank_count"),
    };
    static constexpr schema layout{"tournament_record_list", fields};
    return layout;
}

} // namespace nakama::wire
