// What the codec costs alone: a page of 100 friends read into its type against Boost.JSON's parse to a
// document, and a request written. Prints processor time and allocations of each, and the ratio.
#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"

#include <nakama/api/friends.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <new>
#include <string>
#include <vector>

namespace {

std::size_t allocations = 0;

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::string page_of_friends() {
    nakama::friend_list page{.cursor = "a-cursor"};
    for (int i = 0; i < 100; ++i) {
        const auto number = std::to_string(1000 + i);
        nakama::friend_ one{.state = nakama::friend_state::friend_};
        one.user.id = "c125cb56-c81e-40d0-a97d-ef4626a2" + number;
        one.user.username = "player_" + number;
        one.user.display_name = "Player number " + number;
        one.user.avatar_url = "https://example.com/avatars/" + number + ".png";
        one.user.lang_tag = "en";
        one.user.location = "London";
        one.user.timezone = "Europe/London";
        one.user.metadata = R"({"level": 42, "guild": "The )" + number + R"("})";
        one.user.edge_count = i;
        one.user.create_time = one.user.update_time = one.update_time =
            nakama::timestamp{std::chrono::seconds{1795397005 + i}};
        one.metadata = "{}";
        page.friends.push_back(std::move(one));
    }
    return nakama::wire::to_json(page);
}

struct cost {
    double microseconds{};
    double allocations{};
};

template <class Work>
cost measure(Work work) {
    constexpr int times = 200;
    const auto allocated = allocations;
    const double start = processor_seconds();
    for (int i = 0; i < times; ++i) work();
    return {(processor_seconds() - start) / times * 1e6,
            static_cast<double>(allocations - allocated) / times};
}

cost median(std::vector<cost> costs) {
    std::ranges::sort(costs, {}, &cost::microseconds);
    return costs[costs.size() / 2];
}

} // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc{};
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

int main() {
    const std::string text = page_of_friends();
    std::vector<cost> ours, documents, writes;
    std::string out;
    out.reserve(4 * text.size());
    nakama::friend_list page;
    if (nakama::wire::read_json(text, page)) return 1;
    for (int round = 0; round < 15; ++round) {
        ours.push_back(measure([&] {
            nakama::friend_list read;
            if (nakama::wire::read_json(text, read) || read.friends.size() != 100) std::abort();
        }));
        documents.push_back(measure([&] {
            if (boost::json::parse(text).as_object().empty()) std::abort();
        }));
        writes.push_back(measure([&] {
            out.clear();
            nakama::wire::write_json(out, &page, nakama::wire::schema_of<nakama::friend_list>());
        }));
    }
    const auto read = median(ours), document = median(documents), written = median(writes);
    std::cout << "a page of 100 friends, " << text.size() << " bytes\n"
              << "  read into friend_list   " << read.microseconds << " us, " << read.allocations
              << " allocations\n"
              << "  parsed to a document    " << document.microseconds << " us, " << document.allocations
              << " allocations\n"
              << "  written from it         " << written.microseconds << " us, " << written.allocations
              << " allocations beyond the buffer\n"
              << "ratio of reading to parsing: " << read.microseconds / document.microseconds << '\n';
}
