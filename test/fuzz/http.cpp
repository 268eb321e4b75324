// Bytes to a connection of a whole server. TOKEN stands for a valid one.
#include "fuzz/harness.hpp"

using namespace nakama::fuzz;

namespace {

struct world_of_anna : world {
    std::string token = sign_in(*this, "anna");
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto& served = world_for_a_while<world_of_anna>();
    constexpr std::string_view placeholder = "TOKEN";
    std::string bytes{text_of(data, size)};
    for (auto at = bytes.find(placeholder); at != std::string::npos; at = bytes.find(placeholder, at + 1))
        bytes.replace(at, placeholder.size(), served.token);
    connection line{served};
    line.write(bytes);
    return 0;
}
