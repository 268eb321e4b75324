// One thing to cancel any number of operations with.
#pragma once

#include <nakama/config.hpp>

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace nakama {

namespace asio = boost::asio;

/// For whoever wants to stop what belongs together - all that a screen of a game has asked for, say - without a
/// cancellation slot for each. Operations are run by it:
///
///     auto account = co_await leaving.run(client.get_account(session));
///     ...
///     leaving.cancel();
///
/// They end with errc::cancelled then, their I/O and waits are aborted. To be used from the executor that they
/// run on. Destroying it cancels nothing.
class NAKAMA_API cancellation_source {
public:
    cancellation_source();
    ~cancellation_source();
    cancellation_source(cancellation_source&&) noexcept;
    cancellation_source& operator=(cancellation_source&&) noexcept;

    /// Ends what is under way; what is run later ends at once, before it begins.
    void cancel() noexcept;
    bool is_cancelled() const noexcept;
    /// Lets operations run again.
    void reset() noexcept;

    /// Completes as `operation` does. Its caller's own cancellation works as ever.
    template <class T>
    asio::awaitable<T> run(asio::awaitable<T> operation) const {
        return run_one(shared_, std::move(operation));
    }

private:
    struct state;

    template <class T>
    static asio::awaitable<T> run_one(std::shared_ptr<state> shared, asio::awaitable<T> operation) {
        if constexpr (std::is_void_v<T>) {
            co_await run_any(std::move(shared), std::move(operation));
        } else {
            std::optional<T> result;
            auto kept = keep(std::move(operation), result);
            co_await run_any(std::move(shared), std::move(kept));
            co_return std::move(*result);
        }
    }

    template <class T>
    static asio::awaitable<void> keep(asio::awaitable<T> operation, std::optional<T>& result) {
        result.emplace(co_await std::move(operation));
    }

    static asio::awaitable<void> run_any(std::shared_ptr<state> shared, asio::awaitable<void> operation);

    std::shared_ptr<state> shared_;
};

} // namespace nakama
