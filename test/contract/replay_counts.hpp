// What the last line of a replay says.
#pragma once

namespace nakama::test {

struct replay_counts {
    int sent = 0, inexpressible = 0, answers = 0, errors = 0, frames_sent = 0, frames_inexpressible = 0,
        frames_received = 0, excepted = 0, failed = 0;
};

} // namespace nakama::test
