// A handle to a function that is called for events.
#pragma once

#include <nakama/config.hpp>

#include <functional>
#include <utility>

namespace nakama {

/// Takes a listener off again. Letting it go does nothing: the listener stays as long as its socket.
class NAKAMA_API listener {
public:
    listener() = default;
    explicit listener(std::function<void()> remove) : remove_{std::move(remove)} {}

    /// The listener is not called any more. Does nothing the second time or after the socket's end.
    void remove() {
        if (auto remove = std::exchange(remove_, nullptr)) remove();
    }

private:
    std::function<void()> remove_;
};

} // namespace nakama
