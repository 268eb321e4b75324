// Runs a program on a sandbox of its own: `with-sandbox PROGRAM` gives it the port as its argument, and ends
// with its exit code.
#include <nakama/sandbox/server.hpp>

#include <boost/asio/io_context.hpp>

#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>

int main(int argc, char** argv) {
    if (argc < 2) {
        std::cerr << "usage: with-sandbox PROGRAM [ARGUMENT...]\n";
        return EXIT_FAILURE;
    }
    boost::asio::io_context io;
    nakama::sandbox::server server{io.get_executor()};
    std::string command = '\'' + std::string{argv[1]} + "' " + std::to_string(server.port());
    for (int i = 2; i < argc; ++i) command += " '" + std::string{argv[i]} + '\'';

    std::thread serving{[&] { io.run(); }};
    const int status = std::system(command.c_str());
    io.stop();
    serving.join();
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
