#include "history.hpp"

#include <nakama/api/operations.hpp>
#include <nakama/session.hpp>

#include <utility>

namespace nakama {
namespace {

class listed_history final : public realtime::history, private operations {
public:
    explicit listed_history(std::shared_ptr<call::pipeline> pipeline) : operations{std::move(pipeline)} {}

    asio::awaitable<channel_message_list> messages(std::shared_ptr<call::session_state> session,
                                                   page_request page) override {
        return list_channel_messages(call::session_access::handle<nakama::session>(std::move(session)),
                                     {.channel_id = page.channel_id,
                                      .limit = page.limit,
                                      .forward = page.forward,
                                      .cursor = page.cursor},
                                     {.timeout = page.timeout});
    }

    asio::awaitable<notification_list> notices(std::shared_ptr<call::session_state> session,
                                               page_request page) override {
        return list_notifications(call::session_access::handle<nakama::session>(std::move(session)),
                                  {.limit = page.limit, .cacheable_cursor = page.cursor},
                                  {.timeout = page.timeout});
    }
};

} // namespace

std::shared_ptr<realtime::history> make_history(std::shared_ptr<call::pipeline> pipeline) {
    return std::make_shared<listed_history>(std::move(pipeline));
}

} // namespace nakama
