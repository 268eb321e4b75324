#include <nakama/http_headers.hpp>

#include <catch2/catch_test_macros.hpp>

#include <iterator>
#include <string>
#include <utility>
#include <vector>

using namespace nakama;

namespace {

std::vector<std::pair<std::string, std::string>> listed(const http_headers& headers) {
    std::vector<std::pair<std::string, std::string>> result;
    for (const auto& [name, value] : headers) result.emplace_back(name, value);
    return result;
}

} // namespace

static_assert(std::forward_iterator<http_headers::iterator>);

TEST_CASE("headers are found whatever the case of their name, the first of several") {
    const http_headers headers{{"Retry-After", "2"}, {"Via", ""}, {"retry-after", "3"}};
    CHECK(headers.find("RETRY-AFTER") == "2");
    CHECK(headers.find("via") == "");
    CHECK(!headers.find("Retry"));
    CHECK(!headers.find("Retry-After2"));
    CHECK(!headers.find(""));
    CHECK(!http_headers{}.find("Via"));
    // Of letters alone: these two differ by the same bit.
    CHECK(!http_headers{{"X[", "1"}}.find("X{"));
}

TEST_CASE("headers stay in their order and spelling") {
    http_headers headers;
    CHECK(headers.empty());
    CHECK(headers.begin() == headers.end());
    headers.append("B", "1");
    headers.append("a", "");
    headers.append("B", "2");
    CHECK(!headers.empty());
    CHECK(listed(headers) == listed({{"B", "1"}, {"a", ""}, {"B", "2"}}));
    CHECK(headers == http_headers{{"B", "1"}, {"a", ""}, {"B", "2"}});
    CHECK(headers != http_headers{{"b", "1"}, {"a", ""}, {"B", "2"}});
    CHECK(headers != http_headers{{"a", ""}, {"B", "1"}, {"B", "2"}});
    CHECK(headers != http_headers{{"B", "1"}, {"a", ""}});
}

TEST_CASE("all headers of a name are removed, wherever they stand") {
    http_headers headers{{"x", "1"}, {"X", "2"}, {"Y", "3"}, {"x", "4"}, {"Z", "5"}, {"X", "6"}};
    headers.erase("none");
    CHECK(listed(headers).size() == 6);
    headers.erase("X");
    CHECK(headers == http_headers{{"Y", "3"}, {"Z", "5"}});
    headers.erase("z");
    headers.erase("Y");
    CHECK(headers.empty());
}

TEST_CASE("no text in a header passes for another one") {
    using namespace std::string_literals;
    const std::vector<std::string> texts{"",
                                         "1\r\nSet-Cookie: a=b\r\n\r\n",
                                         "\0\0\0\0"s,
                                         "\x01\0\0\0\x01\0\0\0ab"s,
                                         std::string(300, ':'),
                                         std::string(70'000, '\n')};
    for (const auto& name : texts)
        for (const auto& value : texts) {
            http_headers headers{{"First", "1"}};
            headers.append(name, value);
            headers.append("Last", "2");
            CHECK(std::ranges::distance(headers) == 3);
            CHECK(headers.find("Last") == "2");
            CHECK(headers.find(name) == value);
            CHECK(!headers.find("Set-Cookie"));
            headers.erase(name);
            CHECK(headers == http_headers{{"First", "1"}, {"Last", "2"}});
        }
}
