#include "output.hpp"

namespace gen {

output& output::line(std::string_view text) {
    if (!text.empty()) text_.append(4 * depth_, ' ').append(text);
    text_ += '\n';
    return *this;
}

output& output::comment(std::string_view mark, std::string_view text) {
    const std::size_t width = room() - mark.size();
    while (text.size() > width) {
        const auto space = text.rfind(' ', width);
        if (space == std::string_view::npos) break;
        line(std::string{mark}.append(text.substr(0, space)));
        text.remove_prefix(space + 1);
    }
    return line(std::string{mark}.append(text));
}

output& output::call(std::string_view before, const std::vector<std::string>& arguments,
                     std::string_view after) {
    std::string all{before};
    for (const auto& argument : arguments)
        all.append(&argument == &arguments.front() ? "" : ", ").append(argument);
    all += after;
    if (all.size() <= room()) return line(all);

    line(before.substr(0, before.find_last_not_of(' ') + 1));
    depth_ += 2;
    std::string row;
    for (const auto& argument : arguments) {
        const bool last = &argument == &arguments.back();
        const std::string piece = argument + (last ? std::string{after} : ",");
        if (!row.empty() && row.size() + 1 + piece.size() > room()) {
            line(row);
            row.clear();
        }
        row.append(row.empty() ? "" : " ").append(piece);
    }
    line(row);
    depth_ -= 2;
    return *this;
}

} // namespace gen
