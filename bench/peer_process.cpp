#include "peer_process.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace bench {

peer_process::peer_process(const std::string& program) {
    int input[2], output[2];
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0)
        throw std::runtime_error{std::string{"no pipe: "} + std::strerror(errno)};
    process_ = fork();
    if (process_ < 0) throw std::runtime_error{std::string{"no process: "} + std::strerror(errno)};
    if (process_ == 0) {
        dup2(input[0], STDIN_FILENO);
        dup2(output[1], STDOUT_FILENO);
        execl(program.c_str(), program.c_str(), nullptr);
        std::perror(program.c_str());
        _exit(127);
    }
    close(input[0]);
    close(output[1]);
    input_ = input[1];
    FILE* const told = fdopen(output[0], "r");
    const bool started = std::fscanf(told, "%hu %hu", &port_, &tls_port_) == 2;
    std::fclose(told);
    if (!started) throw std::runtime_error{program + " does not start"};
}

peer_process::~peer_process() {
    close(input_);
    waitpid(process_, nullptr, 0);
}

} // namespace bench
