// What stands around a recorded flow that the flow itself does not hold.
#pragma once

#include "contract/sandbox_replay.hpp"

#include <memory>
#include <string>

namespace replay {

class flow_surroundings {
public:
    flow_surroundings() = default;
    virtual ~flow_surroundings() = default;
    flow_surroundings(const flow_surroundings&) = delete;
    flow_surroundings& operator=(const flow_surroundings&) = delete;

    /// Before each entry; the clock shows its time.
    virtual void before(stage&, const cast&, const json::object& entry) { (void)entry; }
};

/// The recorded server was asked, out of sight, to send envelopes as they are to a stream that the flow's
/// user is in.
class raw_envelopes final : public flow_surroundings {
public:
    void before(stage& stage, const cast& cast, const json::object& entry) override {
        if (text(entry, "dir") == "send") read_stream(entry);
        if (text(entry, "dir") != "recv" || !joined_) return;
        if (text(entry.at("message").as_object(), "cid") == cid_) answered_ = true;
        else if (answered_) stage.server.streams().send_raw(stream_, cast.translate(text(entry, "raw")));
    }

private:
    void read_stream(const json::object& entry) {
        const json::object& message = entry.at("message").as_object();
        const json::object& rpc = message.at("rpc").as_object();
        if (text(rpc, "id") != "variant.stream_join") return;
        const json::value payload = json::parse(text(rpc, "payload"));
        const json::object& fields = payload.at("stream").as_object();
        stream_ = {.mode = static_cast<std::int32_t>(fields.at("mode").as_int64()),
                   .subject = text(fields, "subject")};
        cid_ = text(message, "cid");
        joined_ = true;
    }

    nakama::stream stream_{};
    std::string cid_;
    bool joined_ = false;
    bool answered_ = false;
};

inline std::unique_ptr<flow_surroundings> surroundings_of_flow(const std::string& name) {
    if (name == "raw-envelopes") return std::make_unique<raw_envelopes>();
    return std::make_unique<flow_surroundings>();
}

} // namespace replay
