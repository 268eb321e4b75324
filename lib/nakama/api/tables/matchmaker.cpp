// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/matchmaker.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/matchmaker.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<matchmaker_completion_stats>() {
    static constexpr std::array fields{
        member<&matchmaker_completion_stats::create_time>("create_time"),
        member<&matchmaker_completion_stats::complete_time>("complete_time"),
    };
    static constexpr schema layout{"matchmaker_completion_stats", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_stats>() {
    static constexpr std::array fields{
        member<&matchmaker_stats::ticket_count>("ticket_count"),
        member<&matchmaker_stats::oldest_ticket_create_time>("oldest_ticket_create_time"),
        member<&matchmaker_stats::completions>("completions"),
    };
    static constexpr schema layout{"matchmaker_stats", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_user>() {
    static constexpr std::array fields{
        member<&matchmaker_user::presence>("presence"),
        member<&matchmaker_user::party_id>("party_id"),
        member<&matchmaker_user::string_properties>("string_properties"),
        member<&matchmaker_user::numeric_properties>("numeric_properties"),
    };
    static constexpr schema layout{"matchmaker_user", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_matched>() {
    static constexpr std::array fields{
        member<&matchmaker_matched::ticket>("ticket"),
        member<&matchmaker_matched::match_id>("match_id"),
        member<&matchmaker_matched::token>("token"),
        member<&matchmaker_matched::users>("users"),
        member<&matchmaker_matched::self>("self"),
    };
    static constexpr schema layout{"matchmaker_matched", fields};
    return layout;
}

template <>
const schema& schema_of<matchmaker_ticket>() {
    static constexpr std::array fields{
        member<&matchmaker_ticket::ticket>("ticket"),
    };
    static constexpr schema layout{"matchmaker_ticket", fields};
    return layout;
}

} // namespace nakama::wire
