#include "sandbox/faults/fault_file.hpp"

#include "sandbox/faults/fault_ledger.hpp"
#include "sandbox/json/document.hpp"

#include <limits>
#include <utility>

namespace nakama::sandbox {
namespace {

constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();

std::size_t read_count(const document_value& value) {
    return static_cast<std::size_t>(value.integer(0, most));
}

std::size_t read_byte(const document_value& value) {
    if (value.kind() != json_kind::string) return read_count(value);
    if (value.text() == "before") return fault::before;
    if (value.text() == "middle") return fault::middle;
    if (value.text() == "after") return fault::after;
    value.wrong("wants a number of bytes, \"before\", \"middle\" or \"after\"");
}

fault::drip_rate read_drip(const document_value& value) {
    document_object from = value.object();
    fault::drip_rate drip;
    drip.bytes = static_cast<std::size_t>(from.need("bytes").integer(1, most));
    if (const auto pause = from.find("pause")) drip.pause = pause->duration();
    from.finish();
    return drip;
}

fault read_fault(const document_value& value) {
    document_object from = value.object();
    fault result;
    const auto flag = [&](std::string_view name, bool& to) {
        if (const auto given = from.find(name)) to = given->flag();
    };
    const auto text = [&](std::string_view name, std::string& to) {
        if (const auto given = from.find(name)) to = given->text();
    };
    if (const auto given = from.find("status")) result.status = static_cast<int>(given->integer(200, 599));
    if (const auto given = from.find("code")) result.code = static_cast<int>(given->integer(0, 16));
    text("message", result.message);
    if (const auto given = from.find("body"))
        result.body = given->kind() == json_kind::object ? given->json_text() : given->text();
    if (const auto given = from.find("retry_after"))
        result.retry_after = std::chrono::ceil<std::chrono::seconds>(given->duration());
    flag("acts", result.acts);
    if (const auto given = from.find("delay")) result.delay = given->duration();
    if (const auto given = from.find("refuse")) {
        if (given->text() == "reset") result.refuse = fault::refusal::reset;
        else if (given->text() == "silence") result.refuse = fault::refusal::silence;
        else given->wrong("wants \"reset\" or \"silence\"");
    }
    if (const auto given = from.find("lose")) {
        if (given->text() == "request") result.lose = fault::loss::request;
        else if (given->text() == "answer") result.lose = fault::loss::answer;
        else given->wrong("wants \"request\" or \"answer\"");
    }
    if (const auto given = from.find("cut_at")) result.cut_at = read_byte(*given);
    if (const auto given = from.find("reset_at")) result.reset_at = read_byte(*given);
    if (const auto given = from.find("drip")) result.drip = read_drip(*given);
    flag("duplicate", result.duplicate);
    flag("reorder", result.reorder);
    flag("stop_reading", result.stop_reading);
    flag("ignore_pings", result.ignore_pings);
    flag("stop_pinging", result.stop_pinging);
    if (const auto given = from.find("close_code"))
        result.close_code = static_cast<std::uint16_t>(given->integer(1000, 4999));
    text("close_reason", result.close_reason);
    from.finish();
    return result;
}

fault_order read_order(const document_value& value) {
    document_object from = value.object();
    fault_order order;
    for (const auto& [name, to] :
         {std::pair{"operation", &order.operation}, std::pair{"method", &order.method},
          std::pair{"path", &order.path}, std::pair{"message", &order.message},
          std::pair{"event", &order.event}, std::pair{"username", &order.username}})
        if (const auto given = from.find(name)) *to = given->text();
    if (const auto given = from.find("connection")) order.connection = read_count(*given);
    if (const auto given = from.find("skip")) order.skip = read_count(*given);
    if (const auto given = from.find("times")) order.times = read_count(*given);
    const auto script = from.find("script");
    if (script) {
        for (const document_value& step : script->items())
            order.script.push_back(step.kind() == json_kind::null ? std::nullopt
                                                                  : std::optional{read_fault(step)});
        if (from.find("fault")) script->wrong("contradicts fault: one of them says what happens");
    } else {
        order.fault = read_fault(from.need("fault"));
    }
    from.finish();
    try {
        check_order(order);
    } catch (const bad_order& bad) {
        value.wrong(bad.what());
    }
    return order;
}

} // namespace

std::vector<fault_order> read_faults(std::string_view json, std::string_view name) {
    const document read{json, name};
    document_object root = read.root().object();
    std::vector<fault_order> orders;
    for (const document_value& one : root.need("faults").items()) orders.push_back(read_order(one));
    root.finish();
    return orders;
}

} // namespace nakama::sandbox
