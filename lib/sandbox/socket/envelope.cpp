#include "sandbox/socket/envelope.hpp"

namespace nakama::sandbox {

std::string envelope_start(std::string_view cid) {
    std::string text = "{";
    wire::json_writer writer{text};
    writer.member("cid", cid);
    return text;
}

std::string error_envelope(std::string_view cid, int code, std::string message) {
    return envelope(cid, "error", realtime_error{.code = code, .message = std::move(message), .context = {}});
}

} // namespace nakama::sandbox
