#include "tls_stream.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <limits>
#include <new>
#include <utility>

namespace nakama::net {

namespace {

constexpr std::size_t most_at_once = std::size_t{64} * 1024;
constexpr std::size_t most_gathered = 4 * most_at_once;
constexpr std::size_t small = 1024;

struct free_bio {
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
};

void free_large(std::string& text) noexcept {
    if (text.empty() && text.capacity() > small) std::string{}.swap(text);
}

int int_size(std::size_t size) noexcept {
    return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

} // namespace

/// What lies between OpenSSL and the network.
struct tls_stream::memory {
    std::string come;      // from the network, and not all taken
    std::size_t taken = 0; // of it
    std::string gathered;  // next to be sent
    std::string leaving;   // being sent
    std::size_t sent = 0;  // of it

    static memory& of(BIO* bio) noexcept { return *static_cast<memory*>(BIO_get_data(bio)); }

    bool has_unread() const noexcept { return taken < come.size(); }
    bool has_unsent() const noexcept { return !leaving.empty() || !gathered.empty(); }

    /// Takes in what has come, which OpenSSL sees with its next step.
    void add(asio::const_buffer bytes) { come.append(static_cast<const char*>(bytes.data()), bytes.size()); }
    asio::const_buffer rest() {
        if (leaving.empty()) {
            leaving.swap(gathered);
            sent = 0;
        }
        return asio::buffer(leaving) + sent;
    }
    /// Whether all of it has gone.
    bool went(std::size_t bytes) noexcept {
        sent += bytes;
        if (sent == leaving.size()) leaving.clear();
        return !has_unsent();
    }

    static int read(BIO* bio, char* to, int size) noexcept {
        BIO_clear_retry_flags(bio);
        memory& self = of(bio);
        const std::size_t some = std::min(self.come.size() - self.taken, static_cast<std::size_t>(size));
        if (some == 0) {
            BIO_set_retry_read(bio);
            return -1;
        }
        self.come.copy(to, some, self.taken);
        self.taken += some;
        if (self.taken == self.come.size()) {
            self.come.clear();
            self.taken = 0;
        }
        return static_cast<int>(some);
    }
    static int write(BIO* bio, const char* from, int size) noexcept {
        BIO_clear_retry_flags(bio);
        std::string& gathered = of(bio).gathered;
        // Nobody who is asked for so many answers without ever reading them means well.
        if (gathered.size() > most_gathered) return -1;
        try {
            gathered.append(from, static_cast<std::size_t>(size));
            return size;
        } catch (const std::bad_alloc&) {
            return -1;
        }
    }
    static long control(BIO*, int command, long, void*) noexcept { return command == BIO_CTRL_FLUSH ? 1 : 0; }

    /// Never freed: a static client may use it until the very end.
    static const BIO_METHOD* method() {
        static const BIO_METHOD* const made = [] {
            BIO_METHOD* const method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "text");
            if (!method) throw std::bad_alloc{};
            BIO_meth_set_read(method, read);
            BIO_meth_set_write(method, write);
            BIO_meth_set_ctrl(method, control);
            return method;
        }();
        return made;
    }
};

namespace {

/// Completes where its handler wants to be.
struct elsewhere : direct_handler {
    void operator()(error_code failed, std::size_t bytes) {
        const auto executor = asio::get_associated_executor(done, fallback);
        asio::dispatch(executor,
                       [to = std::move(done), failed, bytes]() mutable { std::move(to)(failed, bytes); });
    }

    asio::any_io_executor fallback;
};

/// A step on the way to `done`. Remembers that it was cancelled, for when there is nothing to cancel just
/// now.
struct step : direct_handler {
    step(stream::handler to, tls_stream* stream)
        : direct_handler{std::move(to)}, self{stream},
          cancellation{asio::get_associated_cancellation_slot(done)} {}

    cancellation_slot_type get_cancellation_slot() const noexcept { return cancellation.slot(); }
    bool is_cancelled() const noexcept { return cancellation.cancelled() != asio::cancellation_type::none; }

    tls_stream* self;
    asio::cancellation_state cancellation;
};

} // namespace

struct tls_stream::reading : step {
    reading(stream::handler to, tls_stream* stream, asio::mutable_buffer buffer)
        : step{std::move(to), stream}, into{buffer} {}
    void operator()(error_code failed, std::size_t bytes) { self->came(std::move(*this), failed, bytes); }

    asio::mutable_buffer into;
};

struct tls_stream::writing : step {
    using step::step;
    void operator()(error_code failed, std::size_t bytes) { self->went(std::move(*this), failed, bytes); }
};

tls_stream::tls_stream(asio::ip::tcp::socket socket, std::shared_ptr<ssl_ctx_st> context)
    : socket_{std::move(socket)}, context_{std::move(context)}, memory_{std::make_unique<memory>()},
      session_{SSL_new(context_.get())} {
    std::unique_ptr<BIO, free_bio> bio{BIO_new(memory::method())};
    if (!session_ || !bio) throw std::bad_alloc{};
    BIO_set_data(bio.get(), memory_.get());
    BIO_set_init(bio.get(), 1);
    SSL_set_bio(session_.get(), bio.get(), bio.get());
    static_cast<void>(bio.release()); // the session's now, in both directions
    SSL_set_connect_state(session_.get());
    SSL_set_mode(session_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_AUTO_RETRY);
    // Else a write might have to wait for a read. Nobody renegotiates any more.
    SSL_set_options(session_.get(), SSL_OP_NO_RENEGOTIATION);
}

// Connections end by closing the socket. For OpenSSL that would spoil the session, as TLS 1.0 wanted it.
tls_stream::~tls_stream() {
    SSL_set_shutdown(session_.get(), SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
}

void tls_stream::free_session::operator()(ssl_st* session) const noexcept {
    SSL_free(session);
}

asio::awaitable<error_code> tls_stream::shake_hands() {
    std::array<char, 4096> bytes;
    for (;;) {
        ERR_clear_error();
        const int result = SSL_do_handshake(session_.get());
        const error_code state = result == 1 ? error_code{} : reason(result);
        error_code failed;
        while (memory_->has_unsent() && !failed) {
            const std::size_t sent = co_await socket_.async_write_some(
                memory_->rest(), asio::redirect_error(asio::use_awaitable, failed));
            memory_->went(sent);
        }
        if (state && state != asio::error::would_block) co_return state;
        if (failed || !state) co_return failed;
        const std::size_t come = co_await socket_.async_read_some(
            asio::buffer(bytes), asio::redirect_error(asio::use_awaitable, failed));
        if (failed) co_return failed;
        memory_->add(asio::buffer(bytes, come));
    }
}

bool tls_stream::is_idle() noexcept {
    return !memory_->has_unread() && SSL_has_pending(session_.get()) == 0 && net::is_idle(socket_);
}

bool tls_stream::tls_resumed() const noexcept {
    return SSL_session_reused(session_.get()) == 1;
}

void tls_stream::close() noexcept {
    error_code ignored;
    socket_.close(ignored);
}

void tls_stream::trim() noexcept {
    free_large(memory_->come);
    free_large(memory_->gathered);
    free_large(memory_->leaving);
}

void tls_stream::read_here(asio::mutable_buffer into, handler done) {
    // As much as is decrypted at a time may have come; more would only make memory grow.
    into = asio::buffer(into, most_at_once);
    if (memory_->has_unread() || SSL_has_pending(session_.get()) != 0 || is_over_ || into.size() == 0) {
        error_code failed;
        const std::size_t bytes = into.size() == 0 ? 0 : open(into, failed);
        if (failed != asio::error::would_block) return complete(std::move(done), failed, bytes);
    }
    socket_.async_read_some(into, reading{std::move(done), this, into});
}

/// What has come lies where its meaning is to lie.
void tls_stream::came(reading operation, error_code failed, std::size_t bytes) {
    if (!failed) {
        memory_->add(asio::buffer(operation.into, bytes));
        bytes = open(operation.into, failed);
        if (failed == asio::error::would_block) {
            const auto into = operation.into;
            if (socket_.is_open() && !operation.is_cancelled())
                return socket_.async_read_some(into, std::move(operation));
            failed = asio::error::operation_aborted;
        }
    } else if (failed == asio::error::eof &&
               (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) == 0) {
        failed = asio::ssl::error::stream_truncated;
    }
    std::move(operation.done)(failed, bytes);
}

void tls_stream::write_here(asio::const_buffer from, handler done) {
    if (sealed_ == 0) {
        from = asio::buffer(from, most_at_once);
        error_code failed;
        seal(from, failed);
        if (failed || from.size() == 0) return complete(std::move(done), failed, 0);
    }
    is_writing_ = true;
    const auto rest = memory_->rest();
    socket_.async_write_some(rest, writing{std::move(done), this});
}

void tls_stream::went(writing operation, error_code failed, std::size_t bytes) {
    has_left_ = has_left_ || bytes > 0;
    if (!failed && !memory_->went(bytes)) {
        const auto rest = memory_->rest();
        if (socket_.is_open() && !operation.is_cancelled())
            return socket_.async_write_some(rest, std::move(operation));
        failed = asio::error::operation_aborted;
    }
    // What has left in part may have been understood in part.
    if (failed) return std::move(operation.done)(failed, has_left_ ? sealed_ : 0);
    is_writing_ = false;
    std::move(operation.done)(failed, std::exchange(sealed_, 0));
}

/// What leaves only in part is reported by the asynchronous write that follows.
std::size_t tls_stream::write_now(asio::const_buffer from) noexcept {
    if (sealed_ > 0 || is_writing_) return 0;
    error_code failed;
    seal(asio::buffer(from, most_at_once), failed);
    return !failed && send_now() ? std::exchange(sealed_, 0) : 0;
}

void tls_stream::start_read(asio::mutable_buffer into, handler done) {
    read_here(into, elsewhere{{std::move(done)}, socket_.get_executor()});
}

void tls_stream::start_write(asio::const_buffer from, handler done) {
    write_here(from, elsewhere{{std::move(done)}, socket_.get_executor()});
}

/// Later, as for everything asynchronous.
void tls_stream::complete(handler done, error_code failed, std::size_t bytes) {
    asio::post(socket_.get_executor(), asio::append(direct_handler{std::move(done)}, failed, bytes));
}

/// Says would_block if more has to come first.
std::size_t tls_stream::open(asio::mutable_buffer into, error_code& failed) {
    ERR_clear_error();
    const int size = SSL_read(session_.get(), into.data(), int_size(into.size()));
    if (size <= 0) failed = reason(size);
    is_over_ = size <= 0 && failed != asio::error::would_block;
    // Such as the answer to new keys. What does not leave now goes with what is written next.
    if (memory_->has_unsent() && !is_writing_) send_now();
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

/// Into memory, where there is room for all.
void tls_stream::seal(asio::const_buffer from, error_code& failed) {
    ERR_clear_error();
    const int size = from.size() == 0 ? 0 : SSL_write(session_.get(), from.data(), int_size(from.size()));
    if (size > 0) sealed_ = static_cast<std::size_t>(size);
    else if (from.size() > 0) failed = reason(size);
    has_left_ = false;
    // In the middle of a message of TLS itself, which no server makes longer than a record.
    if (failed == asio::error::would_block) failed = asio::ssl::error::unexpected_result;
}

/// Whether all has gone that was to be sent.
bool tls_stream::send_now() noexcept {
    error_code failed;
    if (!socket_.non_blocking()) socket_.non_blocking(true, failed);
    while (!failed && memory_->has_unsent()) {
        const std::size_t sent = socket_.write_some(memory_->rest(), failed);
        has_left_ = has_left_ || sent > 0;
        memory_->went(sent);
    }
    return !memory_->has_unsent();
}

/// Why OpenSSL has not done what it was asked for.
error_code tls_stream::reason(int result) noexcept {
    switch (SSL_get_error(session_.get(), result)) {
    case SSL_ERROR_WANT_READ:
        return asio::error::would_block;
    case SSL_ERROR_ZERO_RETURN:
        return asio::error::eof;
    case SSL_ERROR_SSL:
        return {static_cast<int>(ERR_get_error()), asio::error::get_ssl_category()};
    default:
        return asio::ssl::error::unexpected_result;
    }
}

} // namespace nakama::net
