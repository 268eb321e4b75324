#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

namespace nakama::sandbox {

void seed_notifications(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        const std::string user = state.user_id(from.need("user"));
        new_notification notice;
        notice.subject = from.need("subject").text();
        read_json(from, "content", notice.content);
        read_number(from, "code", notice.code);
        if (const auto given = from.find("sender")) notice.sender_id = state.user_id(*given);
        from.finish();
        seeding::put(entry, [&] { state.to.notifications().send(user, notice); });
    }
}

} // namespace nakama::sandbox
