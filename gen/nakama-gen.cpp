// Writes the API in C++ from its descriptions, and compares them with upstream's.
#include "diff.hpp"
#include "emit.hpp"

#include <algorithm>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr const char* usage = R"(Usage: nakama-gen write [ROOT]
       nakama-gen check [ROOT]
       nakama-gen diff OPENAPI.json [ROOT]
       nakama-gen --help

Turns the descriptions in ROOT/gen/api into headers, sources and tests. ROOT is the repository (default: .).

  write   writes what differs from the files there are, and removes generated files that are no longer
          generated; says what it did
  check   writes nothing; exits 1 if "write" would, and names the files
  diff    compares a published OpenAPI 2 file of Nakama or Satori with the description: operations, fields and
          enum values that upstream has and the description lacks, or has otherwise; exits 1 if there are any
)";

std::string read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

gen::files generate(const fs::path& root) {
    const fs::path descriptions = root / "gen/api";
    const gen::model nakama{gen::load({descriptions / "nakama.json", descriptions / "realtime.json"})};
    const gen::model satori{gen::load({descriptions / "satori.json"})};
    gen::files result;
    for (const auto* model : {&nakama, &satori}) {
        gen::emit_headers(*model, result);
        gen::emit_tables(*model, result);
        gen::emit_operations(*model, result);
        gen::emit_realtime(*model, result);
        gen::emit_catalogue(*model, result);
        gen::emit_replays(*model, result);
    }
    // Meson reads the names of the files from lists beside them.
    for (const char* folder :
         {"include/nakama/api", "include/satori/api", "lib/nakama/api/tables", "lib/nakama/api/operations",
          "lib/nakama/api/realtime", "lib/satori/api/tables", "lib/satori/api/operations"}) {
        std::string list = std::string{"#"} + std::string{gen::generated_mark.substr(2)} + "\n";
        std::string variable = folder;
        std::ranges::replace(variable, '/', '_');
        list += variable + " = files(\n";
        for (const auto& [path, text] : result)
            if (fs::path{path}.parent_path() == folder)
                list += "  '" + fs::path{path}.filename().string() + "',\n";
        list += ")\n";
        const std::string_view include = "include/";
        if (std::string_view where{folder}; where.starts_with(include)) {
            where.remove_prefix(include.size());
            list += "install_headers(" + variable + ", subdir : '" + std::string{where} + "')\n";
        }
        result[std::string{folder} + "/meson.build"] = list;
    }
    return result;
}

/// Files that an earlier version generated and this one does not.
std::vector<fs::path> left_over(const fs::path& root, const gen::files& wanted) {
    std::vector<fs::path> result;
    for (const char* top : {"include", "lib", "test/contract/api"}) {
        for (const auto& entry : fs::recursive_directory_iterator{root / top}) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file{entry.path()};
            std::string first;
            std::getline(file, first);
            if (first.ends_with(gen::generated_mark.substr(3)) &&
                !wanted.contains(fs::relative(entry.path(), root).generic_string()))
                result.push_back(entry.path());
        }
    }
    return result;
}

int write(const fs::path& root) {
    const auto files = generate(root);
    std::size_t written = 0;
    for (const auto& [path, text] : files) {
        if (read(root / path) == text) continue;
        fs::create_directories((root / path).parent_path());
        std::ofstream file{root / path, std::ios::binary};
        file << text;
        file.close();
        if (!file) throw gen::input_error{"cannot write " + (root / path).string()};
        std::cout << "wrote " << path << '\n';
        ++written;
    }
    for (const auto& path : left_over(root, files)) {
        fs::remove(path);
        std::cout << "removed " << fs::relative(path, root).generic_string() << '\n';
    }
    std::cout << files.size() << " files, " << written << " written\n";
    return 0;
}

int check(const fs::path& root) {
    const auto files = generate(root);
    int different = 0;
    for (const auto& [path, text] : files) {
        if (read(root / path) == text) continue;
        std::cout << path
                  << (fs::exists(root / path) ? " differs from what gen/api says\n" : " is missing\n");
        ++different;
    }
    for (const auto& path : left_over(root, files)) {
        std::cout << fs::relative(path, root).generic_string() << " is generated no more\n";
        ++different;
    }
    if (different != 0) std::cout << "run: nakama-gen write " << root.string() << '\n';
    else std::cout << files.size() << " files are as gen/api says\n";
    return different == 0 ? 0 : 1;
}

} // namespace

int main(int count, char** values) {
    const std::vector<std::string> arguments{values + 1, values + count};
    const auto argument = [&](std::size_t index) {
        return arguments.size() > index ? arguments[index] : ".";
    };
    try {
        if (arguments == std::vector<std::string>{"--help"}) {
            std::cout << usage;
            return 0;
        }
        const std::string command = argument(0);
        if (command == "write" && arguments.size() <= 2) return write(argument(1));
        if (command == "check" && arguments.size() <= 2) return check(argument(1));
        if (command == "diff" && (arguments.size() == 2 || arguments.size() == 3))
            return gen::diff(argument(1), argument(2), std::cout) ? 1 : 0;
    } catch (const std::exception& thrown) {
        std::cerr << "nakama-gen: " << thrown.what() << '\n';
        return 2;
    }
    std::cerr << usage;
    return 2;
}
