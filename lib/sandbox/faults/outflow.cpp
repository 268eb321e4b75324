#include "sandbox/faults/outflow.hpp"

#include <algorithm>

namespace nakama::sandbox {

std::vector<outflow_step> outflow::next(std::size_t size) {
    using kind = outflow_step::kind;
    std::vector<outflow_step> steps;
    for (;;) {
        if (limit_ && passed_ >= *limit_) {
            steps.push_back({.what = resets_ ? kind::reset : kind::cut});
            return steps;
        }
        if (size == 0) return steps;
        std::size_t bytes = size;
        if (drip_.bytes != 0) bytes = std::min(bytes, drip_.bytes);
        if (limit_) bytes = std::min(bytes, *limit_ - passed_);
        steps.push_back({.what = kind::send, .bytes = bytes});
        passed_ += bytes;
        size -= bytes;
        if (size > 0 && drip_.pause.count() > 0) steps.push_back({.what = kind::wait, .pause = drip_.pause});
    }
}

} // namespace nakama::sandbox
