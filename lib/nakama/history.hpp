// What sockets have missed, by the operations of the client.
#pragma once

#include "call/pipeline.hpp"
#include "realtime/history.hpp"

#include <memory>

namespace nakama {

/// Ends with the client: after that it fails with errc::closed.
std::shared_ptr<realtime::history> make_history(std::shared_ptr<call::pipeline> pipeline);

} // namespace nakama
