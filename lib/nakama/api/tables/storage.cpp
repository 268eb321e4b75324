// Generated from gen/api by nakama-gen; not to be edited.
// How the codec reads and writes what include/nakama/api/storage.hpp declares.
#include "wire/schema.hpp"

#include <nakama/api/storage.hpp>

#include <array>

namespace nakama::wire {

template <>
const schema& schema_of<storage_object>() {
    static constexpr std::array fields{
        member<&storage_object::collection>("collection"),
        member<&storage_object::key>("key"),
        member<&storage_object::user_id>("user_id"),
        member<&storage_object::value>("value"),
        member<&storage_object::version>("version"),
        member<&storage_object::permission_read>("permission_read"),
        member<&storage_object::permission_write>("permission_write"),
        member<&storage_object::create_time>("create_time"),
        member<&storage_object::update_time>("update_time"),
    };
    static constexpr schema layout{"storage_object", fields};
    return layout;
}

template <>
const schema& schema_of<storage_object_list>() {
    static constexpr std::array fields{
        member<&storage_object_list::objects>("objects"),
        member<&storage_object_list::cursor>("cursor"),
    };
    static constexpr schema layout{"storage_object_list", fields};
    return layout;
}

template <>
const schema& schema_of<storage_objects>() {
    static constexpr std::array fields{
        member<&storage_objects::objects>("objects"),
    };
    static constexpr schema layout{"storage_objects", fields};
    return layout;
}

template <>
const schema& schema_of<storage_object_ack>() {
    static constexpr std::array fields{
        member<&storage_object_ack::collection>("collection"),
        member<&storage_object_ack::key>("key"),
        member<&storage_object_ack::version>("version"),
        member<&storage_object_ack::user_id>("user_id"),
        member<&storage_object_ack::create_time>("create_time"),
        member<&storage_object_ack::update_time>("update_time"),
    };
    static constexpr schema layout{"storage_object_ack", fields};
    return layout;
}

template <>
const schema& schema_of<storage_object_acks>() {
    static constexpr std::array fields{
        member<&storage_object_acks::acks>("acks"),
    };
    static constexpr schema layout{"storage_object_acks", fields};
    return layout;
}

} // namespace nakama::wire
