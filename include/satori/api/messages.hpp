// Generated from gen/api by nakama-gen; not to be edited.
// Messages that were sent to an identity.
#pragma once

#include <nakama/list_view.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace satori {

/// A message to the identity.
struct message {
    std::string id{}; ///< for updating and deleting it
    std::string schedule_id{}; ///< of the schedule that sent it
    std::string title{}; ///< for people
    std::string text{}; ///< for people; the body of the message
    std::string image_url{}; ///< of a picture to show with it
    std::map<std::string, std::string> metadata{}; ///< further details, by name
    std::int64_t send_time{}; ///< when it is due, Unix time
    std::int64_t create_time{}; ///< when it was made, Unix time
    std::int64_t update_time{}; ///< when it was changed last, Unix time
    std::int64_t read_time{}; ///< Unix time; 0 while it is unread
    std::int64_t consume_time{}; ///< Unix time; 0 until the player has made use of it

    bool operator==(const message&) const = default;
};

/// A page of messages.
struct get_message_list_response {
    std::vector<message> messages{}; ///< in the order asked for
    std::string next_cursor{}; ///< for the next page; empty on the last one
    std::string prev_cursor{}; ///< for the previous page; empty on the first one
    std::string cacheable_cursor{}; ///< to ask later for what is newer; may be stored, unlike the others

    bool operator==(const get_message_list_response&) const = default;
};

/// List messages.
struct get_message_list_request {
    std::int32_t limit{}; ///< most messages to a page; 1 to 100
    bool forward{}; ///< from older to newer; otherwise from newer to older
    std::string_view cursor{}; ///< `next_cursor`, `prev_cursor` or `cacheable_cursor` of a page
    nakama::text_list message_ids{}; ///< only these messages; empty means any
};

/// Mark a message as read or consumed.
struct update_message_request {
    std::string_view id{}; ///< as in `Message`; required
    std::int64_t read_time{}; ///< when it was read, Unix time
    std::int64_t consume_time{}; ///< when the player made use of it, Unix time
};

/// Delete a message.
struct delete_message_request {
    std::string_view id{}; ///< as in `Message`; required
};

} // namespace satori
