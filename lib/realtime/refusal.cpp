#include "refusal.hpp"

#include <boost/asio/error.hpp>

#include <utility>

namespace nakama::realtime {

error closed(std::string_view operation, const std::string& why, bool maybe_sent) {
    return error{
        errc::closed,
        error_details{.message = why, .operation = std::string{operation}, .maybe_sent = maybe_sent}};
}

error refused(std::string_view operation, const realtime_error& said) {
    const auto code =
        said.code == 0 ? realtime_code::runtime_exception : static_cast<realtime_code>(said.code);
    return error{code, error_details{.operation = std::string{operation},
                                     .server_message = said.message,
                                     .attempts = 1,
                                     .maybe_sent = true,
                                     .context = said.context}};
}

error translated(const std::exception& thrown, std::string_view operation, bool maybe_sent) {
    if (const auto* known = dynamic_cast<const error*>(&thrown)) {
        error_details details = known->details();
        details.operation = operation;
        details.attempts = 1;
        return error{known->code(), std::move(details)};
    }
    const auto* system = dynamic_cast<const boost::system::system_error*>(&thrown);
    const bool cancelled = system && system->code() == asio::error::operation_aborted;
    return error{cancelled ? errc::cancelled : errc::connection_lost,
                 error_details{.message = cancelled ? "" : thrown.what(),
                               .operation = std::string{operation},
                               .attempts = 1,
                               .maybe_sent = maybe_sent}};
}

} // namespace nakama::realtime
