#include "token_life.hpp"

#include <algorithm>

namespace nakama::call {

token_life token_life::kept(const wire::jwt_claims& claims) {
    token_life result;
    result.begin_ = wire::time_of(claims.iat);
    result.end_ = wire::time_of(claims.exp);
    if (claims.iat != 0 && result.end_ > result.begin_) result.length_ = result.end_ - result.begin_;
    return result;
}

token_life token_life::issued(const wire::jwt_claims& claims, time_point now, const token_life& before) {
    token_life result = kept(claims);
    const duration left = result.end_ - now;
    const bool is_renewed = claims.iat != 0 && before.begin_ == result.begin_;
    if (!is_renewed) {
        // Without a time of issue our own clock has to do.
        if (claims.iat == 0) result.length_ = left;
        result.is_measured_ = true;
    } else {
        result.length_ = std::min(before.length_, result.end_ - result.begin_);
        result.is_measured_ = before.is_measured_;
        // A token of an earlier run may have been renewed before: its length is then too much, but our
        // clock's word, if it makes sense, is not.
        if (!result.is_measured_ && left > duration::zero() && left < result.length_) result.length_ = left;
    }
    if (result.length_ <= duration::zero()) return kept(claims);
    result.skew_ = result.end_ - result.length_ - now;
    return result;
}

bool token_life::is_due(time_point now, double lead) const noexcept {
    if (end_ == time_point{}) return false;
    return left(now) <= std::chrono::duration_cast<duration>(lead * length_);
}

} // namespace nakama::call
