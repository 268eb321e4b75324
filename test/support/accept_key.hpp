// What a server proves its understanding of a WebSocket handshake with.
#pragma once

#include "wire/base64.hpp"

#include <openssl/sha.h>

#include <string>
#include <string_view>

namespace nakama::test {

/// The Sec-WebSocket-Accept for this Sec-WebSocket-Key (RFC 6455, 4.2.2).
inline std::string accept_key(std::string_view key) {
    const auto text = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::string digest(SHA_DIGEST_LENGTH, '\0');
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
    std::string encoded;
    wire::append_base64(encoded, digest);
    return encoded;
}

} // namespace nakama::test
