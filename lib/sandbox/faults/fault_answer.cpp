#include "sandbox/faults/fault_answer.hpp"

#include "sandbox/json/json_output.hpp"

namespace nakama::sandbox {
namespace {

/// The gRPC code that is told most often with a status.
int code_of(int status) {
    switch (status) {
    case 400:
        return 3;
    case 401:
        return 16;
    case 403:
        return 7;
    case 404:
        return 5;
    case 409:
        return 6;
    case 429:
        return 8;
    case 499:
        return 1;
    case 500:
        return 13;
    case 501:
        return 12;
    case 503:
        return 14;
    case 504:
        return 4;
    default:
        return 2;
    }
}

} // namespace

std::optional<http_answer> ordered_answer(const fault& fault) {
    if (fault.status == 0 && !fault.code && !fault.body) return {};
    http_answer answer;
    answer.status = fault.status != 0 ? fault.status : fault.code ? http_status(*fault.code) : 200;
    if (fault.body) answer.body = *fault.body;
    else if (answer.status < 400) answer.body = "{}";
    else
        answer.body = error_body(fault.code.value_or(code_of(answer.status)),
                                 fault.message.empty() ? "a fault on order" : fault.message);
    if (answer.status == 401) answer.headers.emplace_back("Www-Authenticate", fault.message);
    if (fault.retry_after)
        answer.headers.emplace_back("Retry-After", std::to_string(fault.retry_after->count()));
    return answer;
}

} // namespace nakama::sandbox
