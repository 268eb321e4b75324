// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/parties.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/parties.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<listed_party>() {
    static constexpr std::array fields{
        member<&listed_party::party_id>("party_id"),
        member<&listed_party::open>("open"),
        member<&listed_party::hidden>("hidden"),
        member<&listed_party::max_size>("max_size"),
        member<&listed_party::label>("label"),
    };
    static constexpr schema layout{"party", fields};
    return layout;
}

template <>
const schema& schema_of<party_list>() {
    static constexpr std::array fields{
        member<&party_list::parties>("parties"),
        member<&party_list::cursor>("cursor"),
    };
    static constexpr schema layout{"party_list", fields};
    return layout;
}

template <>
const schema& schema_of<party>() {
    static constexpr std::array fields{
        member<&party::party_id>("party_id"),
        member<&party::open>("open"),
        member<&party::hidden>("hidden"),
        member<&party::max_size>("max_size"),
        member<&party::self>("self"),
        member<&party::leader>("leader"),
        member<&party::presences>("presences"),
        member<&party::label>("label"),
    };
    static constexpr schema layout{"party", fields};
    return layout;
}

template <>
const schema& schema_of<party_leader>() {
    static constexpr std::array fields{
        member<&party_leader::party_id>("party_id"),
        member<&party_leader::presence>("presence"),
    };
    static constexpr schema layout{"party_leader", fields};
    return layout;
}

template <>
const schema& schema_of<party_close>() {
    static constexpr std::array fields{
        member<&party_close::party_id>("party_id"),
    };
    static constexpr schema layout{"party_close", fields};
    return layout;
}

template <>
const schema& schema_of<party_join_requests>() {
    static constexpr std::array fields{
        member<&party_join_requests::party_id>("party_id"),
        member<&party_join_requests::presences>("presences"),
    };
    static constexpr schema layout{"party_join_request", fields};
    return layout;
}

template <>
const schema& schema_of<party_matchmaker_ticket>() {
    static constexpr std::array fields{
        member<&party_matchmaker_ticket::party_id>("party_id"),
        member<&party_matchmaker_ticket::ticket>("ticket"),
    };
    static constexpr schema layout{"party_matchmaker_ticket", fields};
    return layout;
}

template <>
const schema& schema_of<party_data>() {
    static constexpr std::array fields{
        member<&party_data::party_id>("party_id"),
        member<&party_data::presence>("presence"),
        member<&party_data::op_code>("op_code"),
        bytes_member<&party_data::data>("data"),
    };
    static constexpr schema layout{"party_data", fields};
    return layout;
}

template <>
const schema& schema_of<party_presence_event>() {
    static constexpr std::array fields{
        member<&party_presence_event::party_id>("party_id"),
        member<&party_presence_event::joins>("joins"),
        member<&party_presence_event::leaves>("leaves"),
    };
    static constexpr schema layout{"party_presence_event", fields};
    return layout;
}

template <>
const schema& schema_of<party_update>() {
    static constexpr std::array fields{
        member<&party_update::party_id>("party_id"),
        member<&party_update::label>("label"),
        member<&party_update::open>("open"),
        member<&party_update::hidden>("hidden"),
    };
    static constexpr schema layout{"party_update", fields};
    return layout;
}

} // namespace nakama::wire
