#include "sandbox/state/record_cursor.hpp"

#include "wire/base64.hpp"

#include <sstream>

namespace nakama::sandbox {

std::string write_cursor(const record_cursor& cursor, const std::string& board_id, std::int64_t expiry) {
    std::ostringstream text;
    text << (cursor.forward ? "after " : "before ") << cursor.at.score << ' ' << cursor.at.subscore << ' '
         << cursor.owner_id << ' ' << cursor.rank << ' ' << expiry << ' ' << board_id;
    std::string result;
    wire::append_base64url(result, text.str());
    result.append((4 - result.size() % 4) % 4, '=');
    return result;
}

std::optional<record_cursor> read_cursor(const std::string& cursor, const std::string& board_id,
                                         std::int64_t expiry) {
    const auto text = wire::decode_base64(cursor);
    if (!text) return {};
    std::istringstream words{*text};
    record_cursor result;
    std::string direction;
    std::int64_t its_expiry{};
    std::string its_board;
    words >> direction >> result.at.score >> result.at.subscore >> result.owner_id >> result.rank >>
        its_expiry;
    if (!words || words.get() != ' ' || (direction != "after" && direction != "before")) return {};
    std::getline(words, its_board, '\0');
    if (its_board != board_id || its_expiry != expiry) return {};
    result.forward = direction == "after";
    return result;
}

} // namespace nakama::sandbox
