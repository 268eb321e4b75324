// Reads HTTP answers.
#pragma once

#include <nakama/transport.hpp>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace nakama::net {

/// Beast's parser, with what it finds written straight to where it belongs. Trailers are passed over.
class answer_parser final : public boost::beast::http::basic_parser<false> {
public:
    /// `into` is empty and outlives this.
    answer_parser(http_response& into, std::size_t body_limit) : into_{into} {
        this->body_limit(body_limit);
        eager(true);
    }

private:
    using text = boost::beast::string_view;
    using error_code = boost::beast::error_code;
    using field = boost::beast::http::field;

    static std::string_view view(text of) noexcept { return {of.data(), of.size()}; }
    std::size_t append(text piece) {
        into_.body.append(view(piece));
        return piece.size();
    }

    void on_request_impl(boost::beast::http::verb, text, text, int, error_code&) override {}
    void on_response_impl(int status, text, int, error_code&) override {
        into_.status = status;
        into_.headers.reserve(usual_headers);
    }
    void on_field_impl(field, text name, text value, error_code&) override {
        if (!is_header_done())
            into_.headers.append(view(name), view(value)); // Boost before 1.90: or a trailer
    }
#if BOOST_VERSION >= 109000
    void on_trailer_field_impl(field, text, text, error_code&) override {}
#endif
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        if (length) into_.body.reserve(static_cast<std::size_t>(*length));
    }
    std::size_t on_body_impl(text piece, error_code&) override { return append(piece); }
    void on_chunk_header_impl(std::uint64_t size, text, error_code&) override {
        // Of a lone chunk, as most are; of many the string knows better how to grow.
        if (into_.body.empty()) into_.body.reserve(static_cast<std::size_t>(size));
    }
    std::size_t on_chunk_body_impl(std::uint64_t, text piece, error_code&) override { return append(piece); }
    void on_finish_impl(error_code&) override {}

    static constexpr std::size_t usual_headers = 512;

    http_response& into_;
};

} // namespace nakama::net
