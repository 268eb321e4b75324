// Finding parties over HTTP. A real server's listing is up to a second behind; here it never is.
#include "sandbox/http/authorisation.hpp"
#include "sandbox/http/refusal.hpp"
#include "sandbox/operations/operations.hpp"
#include "sandbox/state/label.hpp"
#include "wire/base64.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/parties.hpp>

#include <array>
#include <charconv>

namespace nakama::sandbox {
namespace {

/// What may not change from page to page.
struct listing {
    std::string query{};
    std::int32_t limit{};
    std::optional<bool> open{};

    [[nodiscard]] std::string text() const {
        const std::string_view which = !open ? "all" : *open ? "open" : "closed";
        return "parties " + std::to_string(limit) + ' ' + std::string{which} + ' ' + query;
    }
};

[[noreturn]] void refuse(const std::string& why = {}) {
    // The server's own words, for parties too.
    throw refusal{code::internal, "Error listing matches." + why};
}

std::string cursor_to(const listing& listing, std::size_t offset) {
    std::string cursor;
    wire::append_base64url(cursor, std::to_string(offset) + ' ' + listing.text());
    return cursor;
}

/// A real server ends when `open` is not what it was on the first page; here it is refused like the rest.
std::size_t read_cursor(const std::string& cursor, const listing& listing) {
    if (cursor.empty()) return 0;
    const auto text = wire::decode_base64(cursor);
    if (!text) refuse();
    std::size_t offset{};
    const char* const end = text->data() + text->size();
    const auto [rest, failed] = std::from_chars(text->data(), end, offset);
    if (failed != std::errc{} || rest == end || std::string_view{rest + 1, end} != listing.text()) refuse();
    return offset;
}

query read_query(const std::string& text) {
    try {
        return query{text, "label."};
    } catch (const bad_query& bad) {
        refuse(bad.understood() ? std::string{" "} + bad.what() : "");
    }
}

std::string list_parties(world& world, const http_request& request) {
    const auto parameters = query_parameters::strict(request.query);
    listing listing{.query = parameters.text("query").value_or(""),
                    .limit = parameters.int32("limit").value_or(10),
                    .open = parameters.flag("open")};
    if (listing.query.empty()) listing.query = "*";
    const std::string cursor = parameters.text("cursor").value_or("");
    (void)require_session(world, request);
    if (listing.limit < 1 || listing.limit > 100)
        throw refusal{code::invalid_argument, "Invalid limit - limit must be between 1 and 100."};

    std::size_t skipped = read_cursor(cursor, listing);
    const std::size_t end = skipped + static_cast<std::size_t>(listing.limit);
    const query wanted = read_query(listing.query);
    party_list page;
    for (const party_record& one : world.parties) {
        const party_settings& settings = one.settings();
        if (settings.hidden || (listing.open && *listing.open != settings.open)) continue;
        const std::string label = settings.label.empty() ? "{}" : settings.label;
        if (!wanted.matches(properties_of_label(label))) continue;
        if (skipped > 0) {
            --skipped;
            continue;
        }
        if (page.parties.size() == static_cast<std::size_t>(listing.limit)) {
            page.cursor = cursor_to(listing, end);
            break;
        }
        page.parties.push_back(
            {.party_id = one.id(), .open = settings.open, .max_size = one.max_size(), .label = label});
    }
    return wire::to_json(page);
}

constexpr std::array routes{
    route{"GET", "/v2/party", list_parties},
};

} // namespace

std::span<const route> party_routes() {
    return routes;
}

} // namespace nakama::sandbox
