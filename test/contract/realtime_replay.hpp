// Recorded messages of the socket, sent and read by ours.
#pragma once

#include "message_kind.hpp"
#include "nakama_caller.hpp"
#include "plain_request.hpp"
#include "realtime/envelope.hpp"
#include "replay_counts.hpp"

#include <iostream>
#include <set>

namespace nakama::test {

namespace json = boost::json;

class realtime_replay {
public:
    realtime_replay(replay_counts& count, bool list) : count_{count}, list_{list} {
        for (const auto& each : recorded_messages()) senders_[std::string{each.kind}] = &each;
        for (const auto& each : wire::schema_of<realtime::envelope>().fields) received_.emplace(each.name);
    }

    void replay(const std::string& where, const json::object& entry) {
        const auto* message = entry.if_contains("message");
        if (!message || !message->is_object() || entry.contains("frame_base64")) return;
        const auto direction = text_in(entry, "dir");
        if (direction == "send") sent(where, message->get_object());
        if (direction == "recv") received(where, message->get_object());
    }

private:
    void fail(const std::string& where, const std::string& what) {
        ++count_.failed;
        std::cout << where << ": " << what << '\n';
    }

    void sent(const std::string& where, const json::object& message) {
        try {
            send(where, message);
            ++count_.frames_sent;
        } catch (const inexpressible& why) {
            ++count_.frames_inexpressible;
            if (list_) std::cout << where << ": " << why.what() << '\n';
        }
    }

    void send(const std::string& where, const json::object& message) {
        const auto kind = kind_of(message);
        const auto sender = senders_.find(kind);
        if (sender == senders_.end()) throw inexpressible{"no message of a client"};
        if (!message.at(kind).is_object()) throw inexpressible{kind + " is not an object"};
        nakama_caller caller;
        const auto line = caller.script->next_line();
        auto socket = caller.client.create_socket({.max_message_bytes = 1U << 24U});
        const nakama::session session{token, token};
        asio::co_spawn(caller.io, socket.connect(session), asio::detached);
        caller.io.poll();
        parameters in{message.at(kind).get_object()};
        const auto start = sender->second->send(socket, in);
        in.require_all_used();
        start(caller.io, {});
        caller.io.poll();
        if (line->sent().size() != 1) return fail(where, kind + " was not sent");
        auto own = json::parse(line->sent().front()).as_object();
        const bool answered = kind != "match_data_send";
        if (own.contains("cid") != answered) fail(where, "a cid where none belongs, or none where one does");
        own.erase("cid");
        auto wanted = message;
        wanted.erase("cid");
        if (!same(own, wanted))
            fail(where, "recorded " + json::serialize(wanted) + "\n    sent     " + json::serialize(own));
    }

    void received(const std::string& where, const json::object& message) {
        const auto kind = kind_of(message);
        // The server can be made to send what only clients send.
        if (!kind.empty() && !received_.contains(kind)) return sent(where, message);
        const auto text = json::serialize(message);
        realtime::envelope envelope;
        if (const auto failure = wire::read_json(text, envelope))
            return fail(where, failure->where + ": " + failure->what);
        const auto again = json::parse(wire::to_json(envelope));
        if (again != json::value(message))
            fail(where, "recorded " + text + "\n    read     " + json::serialize(again));
        ++count_.frames_received;
    }

    static inline const std::string token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.c2lnbmVk";

    replay_counts& count_;
    bool list_;
    std::map<std::string, const recorded_message*> senders_;
    std::set<std::string> received_;
};

} // namespace nakama::test
