#include "tls.hpp"

#include <nakama/error.hpp>

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>
#include <openssl/x509_vfy.h>

namespace nakama::net {
namespace {

using tcp = asio::ip::tcp;

class tls_stream final : public stream {
public:
    tls_stream(tcp::socket socket, asio::ssl::context& context) : stream_{std::move(socket), context} {}

    executor_type get_executor() override { return stream_.get_executor(); }
    bool is_idle() noexcept override { return net::is_idle(stream_.next_layer()); }
    void close() noexcept override {
        error_code ignored;
        stream_.next_layer().close(ignored);
    }

    asio::ssl::stream<tcp::socket>& layer() noexcept { return stream_; }

private:
    void start_read(asio::mutable_buffer into, handler done) override {
        stream_.async_read_some(into, std::move(done));
    }
    void start_write(asio::const_buffer from, handler done) override {
        stream_.async_write_some(from, std::move(done));
    }

    asio::ssl::stream<tcp::socket> stream_;
};

error failed(const std::string& host, const std::string& reason) {
    return error{errc::tls_failed, "with " + host + ": " + reason};
}

} // namespace

struct tls_context::state {
    asio::ssl::context context{asio::ssl::context::tls_client};
};

tls_context::tls_context(std::string ca_file) : ca_file_{std::move(ca_file)} {}
tls_context::~tls_context() = default;

asio::awaitable<std::unique_ptr<stream>> tls_context::handshake(tcp::socket socket, const std::string& host) {
    error_code bad;
    if (!state_) {
        auto fresh = std::make_unique<state>();
        fresh->context.set_verify_mode(asio::ssl::verify_peer);
        fresh->context.set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
        if (ca_file_.empty()) fresh->context.set_default_verify_paths(bad);
        else fresh->context.load_verify_file(ca_file_, bad);
        if (bad)
            throw failed(host, "cannot read the authorities to trust" +
                                   (ca_file_.empty() ? std::string{} : " from " + ca_file_) + ": " +
                                   bad.message());
        state_ = std::move(fresh);
    }

    auto stream = std::make_unique<tls_stream>(std::move(socket), state_->context);
    SSL* const ssl = stream->layer().native_handle();
    // Addresses have no place in the server name extension.
    asio::ip::make_address(host, bad);
    if (bad && SSL_set_tlsext_host_name(ssl, host.c_str()) != 1) throw failed(host, "not a usable host name");
    stream->layer().set_verify_callback(asio::ssl::host_name_verification{host});

    co_await stream->layer().async_handshake(asio::ssl::stream_base::client,
                                             asio::redirect_error(asio::use_awaitable, bad));
    if (bad == asio::error::operation_aborted) throw boost::system::system_error{bad};
    if (bad) {
        const long verdict = SSL_get_verify_result(ssl);
        std::string reason = bad.message();
        if (verdict != X509_V_OK) reason += std::string{" ("} + X509_verify_cert_error_string(verdict) + ")";
        throw failed(host, reason);
    }
    co_return stream;
}

} // namespace nakama::net
