// Generated from gen/api by nakama-gen; not to be edited.
// The names of what the sandbox serves.
#include "sandbox/api/catalogue.hpp"

#include <array>

namespace nakama::sandbox {

std::span<const api_operation> satori_operations() {
    static constexpr std::array operations{
        api_operation{"healthcheck", "GET", "/healthcheck"},
        api_operation{"readycheck", "GET", "/readycheck"},
        api_operation{"authenticate", "POST", "/v1/authenticate"},
        api_operation{"authenticate_logout", "POST", "/v1/authenticate/logout"},
        api_operation{"authenticate_refresh", "POST", "/v1/authenticate/refresh"},
        api_operation{"identify", "PUT", "/v1/identify"},
        api_operation{"delete_identity", "DELETE", "/v1/identity"},
        api_operation{"event", "POST", "/v1/event"},
        api_operation{"server_event", "POST", "/v1/server-event"},
        api_operation{"get_experiments", "GET", "/v1/experiment"},
        api_operation{"get_flags", "GET", "/v1/flag"},
        api_operation{"get_flag_overrides", "GET", "/v1/flag/override"},
        api_operation{"get_live_events", "GET", "/v1/live-event"},
        api_operation{"join_live_event", "POST", "/v1/live-event/{id}/participation"},
        api_operation{"get_message_list", "GET", "/v1/message"},
        api_operation{"update_message", "PUT", "/v1/message/{id}"},
        api_operation{"delete_message", "DELETE", "/v1/message/{id}"},
        api_operation{"list_properties", "GET", "/v1/properties"},
        api_operation{"update_properties", "PUT", "/v1/properties"},
    };
    return operations;
}

} // namespace nakama::sandbox
