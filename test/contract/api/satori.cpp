// Generated from gen/api by nakama-gen; not to be edited.
// Calls of every operation with recorded parameters, for the contract tests.
#include "contract/satori_caller.hpp"

namespace nakama::test {

using caller = satori_caller;

template <>
void read_element(parameters& in, satori::event& value) {
    in.read("name", value.name);
    in.read("id", value.id);
    in.read("metadata", value.metadata);
    in.read("value", value.value);
    in.read("timestamp", value.timestamp);
    in.read("identity_id", value.identity_id);
    in.read("session_id", value.session_id);
    in.read("session_issued_at", value.session_issued_at);
    in.read("session_expires_at", value.session_expires_at);
}

template <>
const std::vector<recorded_call<caller>>& recorded_calls<caller>() {
    static const std::vector<recorded_call<caller>> calls{
        {"Healthcheck", "none", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.healthcheck());
        }},
        {"Readycheck", "none", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.readycheck());
        }},
        {"Authenticate", "server_key", [](caller& from, parameters& in) {
            satori::authenticate_request request{};
            in.read("id", request.id);
            in.read("no_session", request.no_session);
            in.read("default", request.default_);
            in.read("custom", request.custom);
            return from.outcome(from.client.authenticate(request));
        }},
        {"AuthenticateLogout", "session", [](caller& from, parameters& in) {
            (void)in;
            in.read_token("token", from.token);
            in.read_token("refresh_token", from.refresh_token);
            return from.outcome(from.client.authenticate_logout(from.session()));
        }},
        {"AuthenticateRefresh", "server_key", [](caller& from, parameters& in) {
            (void)in;
            in.read_token("refresh_token", from.refresh_token);
            return from.outcome(from.client.authenticate_refresh(from.session()));
        }},
        {"Identify", "session", [](caller& from, parameters& in) {
            satori::identify_request request{};
            in.read("id", request.id);
            in.read("default", request.default_);
            in.read("custom", request.custom);
            return from.outcome(from.client.identify(from.session(), request));
        }},
        {"DeleteIdentity", "session", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.delete_identity(from.session()));
        }},
        {"Event", "session", [](caller& from, parameters& in) {
            satori::event_request request{};
            in.read("events", request.events);
            return from.outcome(from.client.event(from.session(), request));
        }},
        {"ServerEvent", "server_key", [](caller& from, parameters& in) {
            satori::server_event_request request{};
            in.read("events", request.events);
            return from.outcome(from.client.server_event(request));
        }},
        {"GetExperiments", "session", [](caller& from, parameters& in) {
            satori::get_experiments_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            return from.outcome(from.client.get_experiments(from.session(), request));
        }},
        {"GetFlags", "session", [](caller& from, parameters& in) {
            satori::get_flags_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            return from.outcome(from.client.get_flags(from.session(), request));
        }},
        {"GetFlags", "server_key", [](caller& from, parameters& in) {
            satori::get_flags_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            return from.outcome(from.client.get_flags_without_session(request));
        }},
        {"GetFlagOverrides", "session", [](caller& from, parameters& in) {
            satori::get_flag_overrides_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            return from.outcome(from.client.get_flag_overrides(from.session(), request));
        }},
        {"GetFlagOverrides", "server_key", [](caller& from, parameters& in) {
            satori::get_flag_overrides_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            return from.outcome(from.client.get_flag_overrides_without_session(request));
        }},
        {"GetLiveEvents", "session", [](caller& from, parameters& in) {
            satori::get_live_events_request request{};
            in.read("names", request.names);
            in.read("labels", request.labels);
            in.read("past_run_count", request.past_run_count);
            in.read("future_run_count", request.future_run_count);
            in.read("start_time_sec", request.start_time_sec);
            in.read("end_time_sec", request.end_time_sec);
            return from.outcome(from.client.get_live_events(from.session(), request));
        }},
        {"JoinLiveEvent", "session", [](caller& from, parameters& in) {
            satori::join_live_event_request request{};
            in.read("id", request.id);
            return from.outcome(from.client.join_live_event(from.session(), request));
        }},
        {"GetMessageList", "session", [](caller& from, parameters& in) {
            satori::get_message_list_request request{};
            in.read("limit", request.limit);
            in.read("forward", request.forward);
            in.read("cursor", request.cursor);
            in.read("message_ids", request.message_ids);
            return from.outcome(from.client.get_message_list(from.session(), request));
        }},
        {"UpdateMessage", "session", [](caller& from, parameters& in) {
            satori::update_message_request request{};
            in.read("id", request.id);
            in.read("read_time", request.read_time);
            in.read("consume_time", request.consume_time);
            return from.outcome(from.client.update_message(from.session(), request));
        }},
        {"DeleteMessage", "session", [](caller& from, parameters& in) {
            satori::delete_message_request request{};
            in.read("id", request.id);
            return from.outcome(from.client.delete_message(from.session(), request));
        }},
        {"ListProperties", "session", [](caller& from, parameters& in) {
            (void)in;
            return from.outcome(from.client.list_properties(from.session()));
        }},
        {"UpdateProperties", "session", [](caller& from, parameters& in) {
            satori::update_properties_request request{};
            in.read("recompute", request.recompute);
            in.read("default", request.default_);
            in.read("custom", request.custom);
            return from.outcome(from.client.update_properties(from.session(), request));
        }},
    };
    return calls;
}

const std::map<std::string, reread>& satori_answers() {
    static const std::map<std::string, reread> answers{
        {"Healthcheck", read_and_write<call::nothing>},
        {"Readycheck", read_and_write<call::nothing>},
        {"Authenticate", read_and_write<satori::session_tokens>},
        {"AuthenticateLogout", read_and_write<call::nothing>},
        {"AuthenticateRefresh", read_and_write<satori::session_tokens>},
        {"Identify", read_and_write<satori::session_tokens>},
        {"DeleteIdentity", read_and_write<call::nothing>},
        {"Event", read_and_write<call::nothing>},
        {"ServerEvent", read_and_write<call::nothing>},
        {"GetExperiments", read_and_write<satori::experiment_list>},
        {"GetFlags", read_and_write<satori::flag_list>},
        {"GetFlagOverrides", read_and_write<satori::flag_override_list>},
        {"GetLiveEvents", read_and_write<satori::live_event_list>},
        {"JoinLiveEvent", read_and_write<call::nothing>},
        {"GetMessageList", read_and_write<satori::get_message_list_response>},
        {"UpdateMessage", read_and_write<call::nothing>},
        {"DeleteMessage", read_and_write<call::nothing>},
        {"ListProperties", read_and_write<satori::properties>},
        {"UpdateProperties", read_and_write<call::nothing>},
    };
    return answers;
}

const std::map<std::string, const wire::schema*>& satori_schemas() {
    static const std::map<std::string, const wire::schema*> schemas{
        {"properties", &wire::schema_of<satori::properties>()},
        {"session_tokens", &wire::schema_of<satori::session_tokens>()},
        {"experiment", &wire::schema_of<satori::experiment>()},
        {"experiment_list", &wire::schema_of<satori::experiment_list>()},
        {"flag_value_change_reason", &wire::schema_of<satori::flag_value_change_reason>()},
        {"flag", &wire::schema_of<satori::flag>()},
        {"flag_list", &wire::schema_of<satori::flag_list>()},
        {"flag_override_value", &wire::schema_of<satori::flag_override_value>()},
        {"flag_override", &wire::schema_of<satori::flag_override>()},
        {"flag_override_list", &wire::schema_of<satori::flag_override_list>()},
        {"live_event", &wire::schema_of<satori::live_event>()},
        {"live_event_list", &wire::schema_of<satori::live_event_list>()},
        {"message", &wire::schema_of<satori::message>()},
        {"get_message_list_response", &wire::schema_of<satori::get_message_list_response>()},
    };
    return schemas;
}

const std::map<std::string, std::span<const wire::enum_name>>& satori_enumerations() {
    static const std::map<std::string, std::span<const wire::enum_name>> enumerations{
        {"Flag.ValueChangeReason.Type", wire::names_of<satori::flag_value_change_reason_type>()},
        {"FlagOverride.Type", wire::names_of<satori::flag_override_type>()},
        {"LiveEvent.Status", wire::names_of<satori::live_event_status>()},
    };
    return enumerations;
}

} // namespace nakama::test
