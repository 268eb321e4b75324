#include "sandbox/http/cross_origin.hpp"

#include <algorithm>
#include <array>

namespace nakama::sandbox {
namespace {

using texts = std::array<std::string_view, 3>;

constexpr std::array<std::string_view, 5> methods{"GET", "HEAD", "POST", "PUT", "DELETE"};
constexpr texts methods_needing_no_word{"GET", "HEAD", "POST"};
constexpr texts headers{"Authorization", "Content-Type", "User-Agent"};
constexpr std::array<std::string_view, 4> headers_needing_no_word{"Accept", "Accept-Language",
                                                                  "Content-Language", "Origin"};

template <class Texts>
bool has(const Texts& texts, std::string_view text) {
    return std::ranges::find(texts, text) != texts.end();
}

http_answer bare(int status) {
    return {.status = status, .body = {}, .content_type = {}, .plain = true};
}

} // namespace

http_answer preflight(const http_request& request) {
    if (request.header("origin").empty() || request.header("origin").front().empty()) return bare(200);
    const auto asked = request.header("access-control-request-method");
    if (asked.empty()) return bare(400);
    const std::string& method = asked.front();
    if (!has(methods, method)) return bare(405);

    std::string allowed;
    const auto listed = request.header("access-control-request-headers");
    std::string_view rest = listed.empty() ? std::string_view{} : std::string_view{listed.front()};
    while (!rest.empty()) {
        const auto one = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        const std::string name = canonical_header(one);
        if (name.empty() || has(headers_needing_no_word, name)) continue;
        if (!has(headers, name)) return bare(403);
        allowed += (allowed.empty() ? "" : ",") + name;
    }

    http_answer answer = bare(200);
    if (!allowed.empty()) answer.headers.emplace_back("Access-Control-Allow-Headers", allowed);
    if (!has(methods_needing_no_word, method))
        answer.headers.emplace_back("Access-Control-Allow-Methods", method);
    allow_origin(request, answer);
    return answer;
}

void allow_origin(const http_request& request, http_answer& answer) {
    const auto origin = request.header("origin");
    if (!origin.empty() && !origin.front().empty())
        answer.headers.emplace_back("Access-Control-Allow-Origin", "*");
}

} // namespace nakama::sandbox
