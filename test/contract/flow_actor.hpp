// One socket of a flow: our client's, and the scripted server's that it talks to.
#pragma once

#include "flow_answer.hpp"
#include "flow_ending.hpp"
#include "flow_expected.hpp"
#include "flow_message.hpp"
#include "flow_peer.hpp"
#include "flow_requests.hpp"
#include "flow_wait.hpp"
#include "wire/utf8.hpp"

#include <nakama/clock.hpp>

namespace nakama::test {

/// Plays what is recorded of a label, whose sockets come one after the other.
class flow_actor {
public:
    flow_actor(asio::io_context& io, flow_report& report) : io_{io}, report_{report} {}

    void open(const json::object& entry) {
        if (is_open_) cut();
        if (!socket_) {
            socket_.emplace(client_.create_socket({.max_message_bytes = std::size_t{1} << 24U}));
            user_->listen_to(*socket_);
        }
        user_->ends.clear();
        peer_.hang_up();
        const recorded_handshake asked{entry.at("request").as_object()};
        const auto connecting = begin(socket_->connect({asked.token(), ""}, asked.options()));
        wait("a handshake of our client",
             [&] { return connecting->is_over || (peer_.line() && !peer_.line()->request().empty()); });
        if (connecting->is_over) throw flow_stuck{"connecting: " + connecting->text()};
        check_handshake(asked);
        line().write(answer_to_handshake(entry, line().request()));
        const auto status = static_cast<int>(entry.at("status").as_int64());
        if (status != 101) line().finish();
        wait("the end of connecting", [&] { return connecting->is_over; });
        if (status != 101) return check_refusal(*connecting, status, text_in(entry, "body"));
        if (connecting->failed) throw flow_stuck{"connecting: " + connecting->text()};
        is_open_ = true;
    }

    void send(const json::object& entry) {
        flow_request request{.recorded_cid = recorded_cid(entry)};
        try {
            send(entry, request);
            ++report_.sent;
        } catch (const inexpressible& why) {
            report_.skipped(report_.sent_inexpressible, why.what());
        }
        const bool is_answered =
            request.kind != "match_data_send" && (request.recorded_cid || !request.kind.empty());
        if (is_answered) requests_.add(std::move(request));
    }

    void receive(const json::object& entry) {
        if (!is_open_ || server_closed_) return unreceivable("the connection has ended by then");
        const auto* message = entry.if_contains("message");
        if (!message || !message->is_object() || !entry.contains("raw"))
            return unreceivable("no message of the JSON format");
        auto text = text_in(entry, "raw");
        const auto request = requests_.take(message->get_object());
        auto wanted = message->get_object();
        const bool has_cid = wanted.erase("cid") > 0;
        if (request && request->own_cid) {
            text = with_cid(text, *request->own_cid);
            expect({request->kind, as_told(request->kind, wanted)}, report_.answers);
        } else if (!request && !has_cid && is_event(kind_of(wanted))) {
            expect({"listeners", wanted}, report_.events);
        } else {
            // The recorded cid may be one that ours has given to a request of its own.
            if (has_cid) text = with_cid(text, "none of ours: " + recorded_cid(entry).value_or(""));
            report_.note("this is for nobody");
            ++report_.for_nobody;
            if (!closing_) ++played_;
        }
        line().write_frame(sandbox::opcode::text, text);
    }

    void ping(const json::object& entry) {
        const auto payload = text_in(entry, "payload");
        if (text_in(entry, "by") == "client") return unanswerable("a ping by the client");
        if (!is_open_ || server_closed_ || closing_) return unanswerable("the connection has ended by then");
        line().write_frame(sandbox::opcode::ping, payload);
        const auto pong = hear(sandbox::incoming::type::pong, "a pong");
        if (pong.payload != payload) report_.differs("the pong brings \"" + pong.payload + '"');
        ++report_.pings;
    }

    /// The client's pongs are awaited where the server pings.
    void pong(const json::object& entry) {
        if (text_in(entry, "by") == "server" && is_open_)
            line().write_frame(sandbox::opcode::pong, text_in(entry, "payload"));
    }

    void close(const json::object& entry) {
        const auto* code = entry.if_contains("close_code");
        const close_frame frame{code ? static_cast<std::uint16_t>(code->as_int64()) : close_frame::no_code,
                                text_in(entry, "close_reason")};
        if (!is_open_)
            return report_.skipped(report_.closes_inexpressible, "the connection has ended by then");
        if (text_in(entry, "by") != "client") return close_by_server(frame);
        if (!text_in(entry, "how").empty()) {
            cut();
            ++report_.ends;
        } else {
            close_by_client(frame);
        }
    }

    void end(const json::object& entry) {
        if (!is_open_) return;
        const auto how = text_in(entry, "how");
        if (how == "fin") line().finish();
        else if (!how.ends_with("client hangs up")) line().reset();
        check_end();
    }

    /// Waits until what has been played is delivered, and compares.
    void settle() {
        if (is_open_) {
            try {
                wait("all that is recorded being delivered", [&] {
                    return line().is_ended() || (user_->messages >= played_ && expected_.is_met_by(*user_));
                });
            } catch (const flow_stuck&) {
                expected_.compare(*user_, report_);
                throw;
            }
        }
        expected_.compare(*user_, report_);
        if (is_open_ && !line().heard.empty())
            report_.differs("our client sent unasked: " + described(line().heard.front()));
        user_->messages = played_ = 0;
    }

    /// What a recording leaves open may just end.
    void leave() {
        if (is_open_) cut();
    }

private:
    struct outcome {
        bool is_over = false;
        std::optional<error> failed{};

        std::string text() const { return failed ? failed->what() : "it succeeded"; }
    };

    client_config config() const {
        client_config result;
        result.port = peer_.port();
        result.clock = std::make_shared<virtual_clock>();
        result.observer = user_;
        result.refresh_lead = 0; // recorded tokens have ended long ago
        return result;
    }

    void unreceivable(const std::string& why) { report_.skipped(report_.unreceivable, why); }
    void unanswerable(const std::string& why) { report_.skipped(report_.pings_inexpressible, why); }

    void expect(delivery expected, int& counter) {
        if (closing_) {
            expected_.may_come(std::move(expected));
            return unreceivable("it comes after our close()");
        }
        expected_.must_come(std::move(expected));
        ++counter;
        ++played_;
    }

    flow_line& line() const { return *peer_.line(); }

    template <class Done>
    void wait(const std::string& what, Done done) {
        await(io_, what, done);
    }

    std::shared_ptr<outcome> begin(asio::awaitable<void> operation) {
        auto result = std::make_shared<outcome>();
        asio::co_spawn(io_, as_result(std::move(operation)),
                       [result](const std::exception_ptr& thrown, const auto& ended) {
                           if (thrown) std::rethrow_exception(thrown);
                           result->is_over = true;
                           if (!ended) result->failed = ended.error();
                       });
        return result;
    }

    void check_handshake(const recorded_handshake& asked) {
        if (const auto& why = asked.inexpressible_because(); !why.empty())
            return report_.skipped(report_.handshakes_inexpressible, "a handshake with " + why);
        ++report_.handshakes;
        if (const auto what = asked.difference(line().request()); !what.empty())
            report_.differs("our handshake: " + what);
    }

    void check_refusal(const outcome& connecting, int status, std::string text) {
        text = wire::excerpt(text);
        while (text.ends_with('\n')) text.pop_back();
        const auto& failed = connecting.failed;
        if (!failed || failed->code() != errc::upgrade_refused || failed->http_status() != status ||
            failed->server_message() != text)
            report_.differs("refused with " + std::to_string(status) + ", \"" + text +
                            "\"; connecting: " + connecting.text());
        peer_.hang_up();
    }

    void send(const json::object& entry, flow_request& request) {
        if (!is_open_ || server_closed_ || closing_) throw inexpressible{"the connection has ended by then"};
        const bool is_continued = is_fragmented_;
        is_fragmented_ = is_incomplete_after(entry, is_fragmented_);
        const auto message = sent_message(entry);
        request.kind = kind_of(message);
        if (is_continued) throw inexpressible{"a message within another"};
        const auto sender = std::ranges::find(recorded_messages(), request.kind, &recorded_message::kind);
        if (sender == recorded_messages().end()) throw inexpressible{"no message of a client"};
        if (!message.at(request.kind).is_object()) throw inexpressible{request.kind + " is not an object"};
        parameters in{message.at(request.kind).get_object()};
        const auto start = sender->send(*socket_, in);
        in.require_all_used();
        start(io_, user_->receiver(request.kind));
        wait("our client sending " + request.kind,
             [&] { return !line().heard.empty() || !user_->unsent.empty() || line().is_ended(); });
        if (!user_->unsent.empty()) {
            const std::string why = user_->unsent.front().what();
            user_->unsent.clear();
            throw inexpressible{"our client refuses: " + why};
        }
        const auto frame = hear(sandbox::incoming::type::text, request.kind);
        auto own = json::parse(frame.payload).as_object();
        if (const auto* cid = own.if_contains("cid")) request.own_cid = std::string{cid->as_string()};
        if (request.own_cid.has_value() != (request.kind != "match_data_send"))
            report_.differs("a cid where none belongs, or none where one does");
        own.erase("cid");
        auto wanted = message;
        wanted.erase("cid");
        if (!same(own, wanted))
            report_.differs("recorded " + json::serialize(wanted) + "\n    sent     " + json::serialize(own));
    }

    sandbox::incoming hear(sandbox::incoming::type wanted, const std::string& what) {
        wait(what + " of our client", [&] { return !line().heard.empty() || line().is_ended(); });
        if (line().heard.empty())
            throw flow_stuck{"our client ended the connection instead of sending " + what};
        auto first = std::move(line().heard.front());
        line().heard.pop_front();
        if (first.what != wanted)
            throw flow_stuck{"instead of " + what + " our client sent " + described(first)};
        return first;
    }

    void close_by_client(const close_frame& frame) {
        if (server_closed_) return; // ours has answered the server's by itself
        if (frame.code != 1000 || !frame.reason.empty())
            report_.skipped(report_.closes_inexpressible, "a close by the client with " +
                                                              std::to_string(frame.code) + " \"" +
                                                              frame.reason + '"');
        if (frame.code != 1000) return cut();
        closing_ = begin(socket_->close());
        const auto said = hear(sandbox::incoming::type::closing, "a close frame");
        if (said.code != 1000 || !said.payload.empty())
            report_.differs("our client closed with " + std::to_string(said.code) + " \"" + said.payload +
                            '"');
    }

    void close_by_server(const close_frame& frame) {
        std::string bytes;
        sandbox::append_close_frame(bytes, frame.code == close_frame::no_code ? std::uint16_t{} : frame.code,
                                    frame.reason);
        line().write(bytes);
        server_closed_ = frame;
        if (!closing_) hear(sandbox::incoming::type::closing, "an answer to the close frame");
    }

    /// Our socket knows why it has ended, and so do the requests that it had under way.
    void check_end() {
        wait("the end of our socket", [&] { return !socket_->is_connected() && !user_->ends.empty(); });
        check_requests();
        if (closing_) wait("the end of close()", [&] { return closing_->is_over; });
        if (closing_ && closing_->failed) report_.differs("close(): " + closing_->text());
        const auto last = socket_->last_close();
        if (user_->ends.size() != 1 || last != user_->ends.front())
            report_.differs("on_close and last_close() do not agree");
        const flow_ending ending{.by_us = closing_ != nullptr, .server_said = server_closed_};
        if (last && !ending.is_told_by(*last)) report_.differs("last_close() tells " + described(*last));
        ++report_.ends;
        forget();
    }

    void check_requests() {
        const auto unanswered = requests_.give_up();
        const auto forsaken = [&] { return unanswered + expected_.late_answers(*user_); };
        wait("every pending request failing with errc::closed", [&] { return user_->closed >= forsaken(); });
        if (user_->closed != forsaken()) report_.differs("a request that was over failed with errc::closed");
        expected_.forget_late();
    }

    /// Destroying a socket cuts its connection.
    void cut() {
        socket_.reset();
        wait("the connection being cut", [&] { return line().is_ended(); });
        check_requests();
        forget();
    }

    void forget() {
        is_open_ = is_fragmented_ = false;
        server_closed_.reset();
        closing_.reset();
        user_->closed = 0;
        peer_.hang_up();
    }

    asio::io_context& io_;
    flow_report& report_;
    flow_peer peer_{io_};
    std::shared_ptr<deliveries> user_ = std::make_shared<deliveries>();
    nakama::client client_{io_.get_executor(), config()};
    std::optional<nakama::socket> socket_;

    bool is_open_ = false;       // neither side has ended the connection for good
    bool is_fragmented_ = false; // a recorded message is not complete
    std::optional<close_frame> server_closed_;
    std::shared_ptr<outcome> closing_; // our close(), if we are the first to close
    flow_requests requests_;
    flow_expected expected_;
    int played_ = 0;
};

} // namespace nakama::test
