#include "table.hpp"

#include <iomanip>
#include <iostream>
#include <sstream>

namespace bench {
namespace {

std::string number(double value, int digits) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(digits) << value;
    return text.str();
}

std::string latency(const cost& side) {
    if (side.median == 0) return "-";
    return number(side.median, 1) + '/' + number(side.p95, 1) + '/' + number(side.p99, 1);
}

std::string json_of(const cost& side) {
    return R"({"microseconds":)" + number(side.microseconds, 3) + R"(,"allocations":)" +
           number(side.allocations, 3) + R"(,"latency_median":)" + number(side.median, 2) +
           R"(,"latency_p95":)" + number(side.p95, 2) + R"(,"latency_p99":)" + number(side.p99, 2) + '}';
}

/// One line of the table, whose columns are all texts.
struct cells {
    std::string_view name{}, title{};
    std::string library{}, plain{}, ratio{}, promised{}, allocations{}, plain_allocations{}, latency{},
        plain_latency{};
};

std::ostream& operator<<(std::ostream& out, const cells& row) {
    return out << std::left << std::setw(5) << row.name << std::setw(38) << row.title << std::right
               << std::setw(10) << row.library << std::setw(10) << row.plain << std::setw(8) << row.ratio
               << std::setw(9) << row.promised << std::setw(9) << row.allocations << std::setw(9)
               << row.plain_allocations << std::setw(22) << row.latency << std::setw(22) << row.plain_latency;
}

} // namespace

table::table(form form, std::string_view conditions) : form_{form} {
    if (form_ == form::json) {
        std::cout << R"({"conditions":")" << conditions << R"(","workloads":[)";
        return;
    }
    std::cout << "processor time in us an operation, latency as median/p95/p99 in us; " << conditions << '\n'
              << cells{.library = "library",
                       .plain = "plain",
                       .ratio = "ratio",
                       .promised = "at most",
                       .allocations = "allocs",
                       .plain_allocations = "plain",
                       .latency = "latency",
                       .plain_latency = "plain"}
              << std::endl;
}

void table::line(std::string_view name, std::string_view title, const std::string& json) {
    std::cout << (rows_ == 0 ? "\n" : ",\n") << R"({"name":")" << name << R"(","title":")" << title << '"'
              << json << '}';
}

void table::add(std::string_view name, std::string_view title, const comparison& found, double promised) {
    if (promised > 0 && found.ratio > promised) ++missed_;
    if (form_ == form::json)
        line(name, title,
             R"(,"ratio":)" + number(found.ratio, 3) +
                 (promised > 0 ? R"(,"promised":)" + number(promised, 2) : "") + R"(,"library":)" +
                 json_of(found.library) + R"(,"plain":)" + json_of(found.plain));
    else
        std::cout << cells{.name = name,
                           .title = title,
                           .library = number(found.library.microseconds, 2),
                           .plain = number(found.plain.microseconds, 2),
                           .ratio = number(found.ratio, 2),
                           .promised = promised > 0 ? number(promised, 2) : "",
                           .allocations = number(found.library.allocations, 2),
                           .plain_allocations = number(found.plain.allocations, 2),
                           .latency = latency(found.library),
                           .plain_latency = latency(found.plain)}
                  << std::endl;
    ++rows_;
}

void table::add(std::string_view name, std::string_view title, double library, double plain,
                double promised) {
    if (promised > 0 && library > promised) ++missed_;
    if (form_ == form::json)
        line(name, title,
             R"(,"amount":{"library":)" + number(library, 1) + R"(,"plain":)" + number(plain, 1) + '}' +
                 (promised > 0 ? R"(,"promised":)" + number(promised, 0) : ""));
    else
        std::cout << cells{.name = name,
                           .title = title,
                           .library = number(library, 0),
                           .plain = number(plain, 0),
                           .ratio = plain > 0 ? number(library / plain, 2) : "-",
                           .promised = promised > 0 ? number(promised, 0) : ""}
                  << std::endl;
    ++rows_;
}

void table::finish() {
    if (form_ == form::json) std::cout << "\n]}\n";
}

} // namespace bench
