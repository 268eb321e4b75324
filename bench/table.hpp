// What is told: a table for people, or one JSON object.
#pragma once

#include "measure.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace bench {

class table {
public:
    enum class form { text, json };
    /// `conditions` of the measurement are told first.
    table(form form, std::string_view conditions);

    /// Work that was done by both; `promised` is the largest ratio, 0 for none.
    void add(std::string_view name, std::string_view title, const comparison& found, double promised = 0);
    /// Something else that the title names; `promised` is the most of it, 0 for none.
    void add(std::string_view name, std::string_view title, double library, double plain,
             double promised = 0);
    void finish();

    std::size_t missed() const noexcept { return missed_; } ///< promises

private:
    void line(std::string_view name, std::string_view title, const std::string& json);

    form form_;
    std::size_t rows_ = 0;
    std::size_t missed_ = 0;
};

} // namespace bench
