// Bytes to a connection of a whole server. TOKEN stands for a valid one.
#include "fuzz/harness.hpp"

using namespace nakama::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static world served;
    static const std::string token = sign_in(served, "anna");
    constexpr std::string_view placeholder = "TOKEN";
    std::string bytes{text_of(data, size)};
    for (auto at = bytes.find(placeholder); at != std::string::npos; at = bytes.find(placeholder, at + 1))
        bytes.replace(at, placeholder.size(), token);
    connection line{served};
    line.write(bytes);
    return 0;
}
