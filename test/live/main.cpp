// Runs the integration tests that fit a real server on the one that NAKAMA_LIVE=host:port names.
#include <catch2/catch_session.hpp>

#include <cstdlib>
#include <iostream>

int main(int argc, char** argv) {
    if (!std::getenv("NAKAMA_LIVE")) {
        std::cout << "skipped: set NAKAMA_LIVE=host:port (and NAKAMA_LIVE_KEY if the server key is not "
                     "defaultkey)\n";
        return 77; // what Meson takes for skipped
    }
    return Catch::Session().run(argc, argv);
}
