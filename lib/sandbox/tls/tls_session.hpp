// TLS as something that is done to bytes, free of how they travel.
#pragma once

#include "sandbox/tls/certificate.hpp"

#include <memory>
#include <string>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace nakama::sandbox {

/// What all connections of a server share.
class tls_context {
public:
    /// Throws std::runtime_error if the certificate and key cannot be used.
    explicit tls_context(certificate shown);

    [[nodiscard]] const std::string& certificate_pem() const noexcept { return pem_; }

private:
    friend class tls_session;
    struct freed {
        void operator()(ssl_ctx_st* context) const;
    };

    std::string pem_;
    std::unique_ptr<ssl_ctx_st, freed> context_;
};

/// The server's end of one connection.
class tls_session {
public:
    explicit tls_session(const tls_context& context);

    enum class progress {
        more, ///< more has to come from the client
        done,
        failed,
        plain, ///< the client speaks HTTP without TLS
    };

    /// Takes in what came from the client.
    void feed(std::string_view bytes);

    /// Goes on with the handshake.
    [[nodiscard]] progress shake_hands();

    /// What the client says, as far as it fits; empty if more has to come, or if nothing more will.
    [[nodiscard]] std::string_view open(char* buffer, std::size_t size);
    /// Whether the client has ended the conversation, or broken its rules.
    [[nodiscard]] bool is_over() const noexcept { return is_over_; }

    /// Takes in what is to go to the client.
    void seal(std::string_view bytes);
    /// Says that nothing more goes to the client.
    void finish();

    /// What has to be sent.
    [[nodiscard]] std::string take_output();

private:
    struct freed {
        void operator()(ssl_st* session) const;
    };

    std::unique_ptr<ssl_st, freed> session_;
    bool is_over_ = false;
};

} // namespace nakama::sandbox
