// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/matches.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/matches.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<listed_match>() {
    static constexpr std::array fields{
        member<&listed_match::match_id>("match_id"),
        member<&listed_match::authoritative>("authoritative"),
        member<&listed_match::label>("label"),
        member<&listed_match::size>("size"),
        member<&listed_match::tick_rate>("tick_rate"),
        member<&listed_match::handler_name>("handler_name"),
    };
    static constexpr schema layout{"match", fields};
    return layout;
}

template <>
const schema& schema_of<match_list>() {
    static constexpr std::array fields{
        member<&match_list::matches>("matches"),
    };
    static constexpr schema layout{"match_list", fields};
    return layout;
}

template <>
const schema& schema_of<match>() {
    static constexpr std::array fields{
        member<&match::match_id>("match_id"),
        member<&match::authoritative>("authoritative"),
        member<&match::label>("label"),
        member<&match::size>("size"),
        member<&match::presences>("presences"),
        member<&match::self>("self"),
    };
    static constexpr schema layout{"match", fields};
    return layout;
}

template <>
const schema& schema_of<match_data>() {
    static constexpr std::array fields{
        member<&match_data::match_id>("match_id"),
        member<&match_data::presence>("presence"),
        member<&match_data::op_code>("op_code"),
        bytes_member<&match_data::data>("data"),
        member<&match_data::reliable>("reliable"),
    };
    static constexpr schema layout{"match_data", fields};
    return layout;
}

template <>
const schema& schema_of<match_presence_event>() {
    static constexpr std::array fields{
        member<&match_presence_event::match_id>("match_id"),
        member<&match_presence_event::joins>("joins"),
        member<&match_presence_event::leaves>("leaves"),
    };
    static constexpr schema layout{"match_presence_event", fields};
    return layout;
}

} // namespace nakama::wire
