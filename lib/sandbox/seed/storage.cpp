#include "sandbox/seed/members.hpp"
#include "sandbox/seed/seed.hpp"

#include <nakama/sandbox/storage.hpp>

namespace nakama::sandbox {

void seed_storage(seeding& state, const document_value& section) {
    for (const document_value& entry : section.items()) {
        document_object from = entry.object();
        new_storage_object object;
        object.collection = from.need("collection").text();
        object.key = from.need("key").text();
        if (const auto given = from.find("user")) object.user_id = state.user_id(*given);
        read_json(from, "value", object.value);
        read_number(from, "permission_read", object.permission_read);
        read_number(from, "permission_write", object.permission_write);
        from.finish();
        seeding::put(entry, [&] { state.to.storage().write(object); });
    }
}

} // namespace nakama::sandbox
