#include "sandbox/seed/seed.hpp"

#include <limits>

namespace nakama::sandbox {

void seed_notifications(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        const std::string user = state.user_id(from.need("user"));
        new_notification notice;
        notice.subject = from.need("subject").text();
        if (const auto given = from.find("content")) notice.content = given->json_text();
        if (const auto given = from.find("code"))
            notice.code = static_cast<std::int32_t>(given->integer(std::numeric_limits<std::int32_t>::min(),
                                                                   std::numeric_limits<std::int32_t>::max()));
        if (const auto given = from.find("sender")) notice.sender_id = state.user_id(*given);
        from.finish();
        seeding::put(entry, [&] { state.to.notifications().send(user, notice); });
    }
}

} // namespace nakama::sandbox
