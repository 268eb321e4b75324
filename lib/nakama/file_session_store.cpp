#include "wire/json_reader.hpp"
#include "wire/json_writer.hpp"
#include "wire/percent.hpp"

#include <nakama/error.hpp>
#include <nakama/file_session_store.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <random>
#include <system_error>
#include <utility>

#if !defined(_WIN32)
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

namespace nakama::wire {

struct session_file {
    std::optional<std::int32_t> version{};
    std::string token{};
    std::string refresh_token{};
};

template <>
const schema& schema_of<session_file>() {
    static const std::array fields{
        member<&session_file::version>("version"),
        member<&session_file::token>("token"),
        member<&session_file::refresh_token>("refresh_token"),
    };
    static const schema layout{"session", fields};
    return layout;
}

} // namespace nakama::wire

namespace nakama {
namespace {

namespace fs = std::filesystem;

constexpr std::int32_t known_version = 1;
constexpr std::size_t largest_file = 1024 * 1024;
constexpr std::size_t longest_file_name = 255; // of nearly every file system
constexpr std::string_view extension = ".json";
constexpr std::string_view damaged_extension = ".damaged";

std::string quoted(const fs::path& path) {
    return '"' + path.string() + '"';
}

error cannot(std::string_view act, const fs::path& path, std::error_code reason) {
    return error{errc::storage_failed,
                 "cannot " + std::string{act} + ' ' + quoted(path) + ": " + reason.message()};
}

std::error_code last_error() {
    return {errno, std::generic_category()};
}

fs::path damaged_beside(fs::path file) {
    return file += damaged_extension;
}

error damaged(const fs::path& file, const std::string& what) {
    return error{errc::storage_failed, quoted(file) + " holds no session: " + what +
                                           ". Remove it, or sign in and save anew, which keeps it as \"" +
                                           damaged_beside(file.filename()).string() + '"'};
}

/// Capital letters are escaped as well: some file systems hold "a" and "A" for the same.
std::string file_name(std::string_view name) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string escaped;
    for (const char c : name) {
        if (c >= 'A' && c <= 'Z') escaped.append({'%', hex[c >> 4], hex[c & 15]});
        else wire::append_percent(escaped, {&c, 1});
    }
    return escaped += extension;
}

/// Nothing for a file that file_name() would have named otherwise: it is none of ours.
std::optional<std::string> name_of(const std::string& file) {
    if (!file.ends_with(extension)) return {};
    auto name = wire::decode_percent(std::string_view{file}.substr(0, file.size() - extension.size()));
    if (!name || name->empty() || file_name(*name) != file) return {};
    return name;
}

/// Nothing if there is no such file. Stops a little above the largest size.
std::optional<std::string> read_file(const fs::path& file) {
    std::error_code failure;
    const auto status = fs::status(file, failure);
    if (status.type() == fs::file_type::not_found && failure != std::errc::not_a_directory) return {};
    if (failure) throw cannot("read", file, failure);
    // To open a pipe would wait for whoever writes to it.
    if (!fs::is_regular_file(status)) throw damaged(file, "it is not a file but a folder or a device");

    errno = 0;
    std::ifstream in{file, std::ios::binary};
    if (!in.is_open() && errno == ENOENT) return {}; // removed since
    std::string text;
    std::array<char, 4096> part;
    while (in && text.size() <= largest_file) {
        in.read(part.data(), part.size());
        text.append(part.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (!in.is_open() || in.bad()) throw cannot("read", file, last_error());
    return text;
}

std::optional<stored_session> read_session(const fs::path& file) {
    const auto text = read_file(file);
    if (!text) return {};
    if (text->size() > largest_file) throw damaged(file, "it is larger than 1 MiB");
    wire::session_file content;
    if (const auto failure = wire::read_json(*text, content)) {
        std::string what = failure->what;
        if (!failure->where.empty()) what = "field " + failure->where + ": " + what;
        throw damaged(file, what + " (near byte " + std::to_string(failure->offset) + ")");
    }
    if (content.version.value_or(known_version) != known_version)
        throw damaged(file, "it is of version " + std::to_string(*content.version) +
                                ", and this program knows only version 1");
    if (content.token.empty()) throw damaged(file, "it has no token");
    return stored_session{.token = std::move(content.token),
                          .refresh_token = std::move(content.refresh_token)};
}

std::string text_of(const stored_session& session) {
    if (session.token.empty())
        throw error{errc::invalid_argument, "a session without a token cannot be kept: sign in first"};
    std::string text;
    wire::json_writer writer{text};
    writer.begin_object();
    writer.key("version");
    writer.value(known_version);
    writer.member("token", session.token);
    writer.member("refresh_token", session.refresh_token);
    writer.end_object();
    text += '\n';
    if (text.size() > largest_file)
        throw error{errc::invalid_argument, "the tokens are too long: a file of a session holds up to 1 MiB"};
    return text;
}

#if defined(_WIN32)

void make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw cannot("make the folder", folder, failure);
}

void write_new(const fs::path& file, std::string_view text) {
    errno = 0;
    std::ofstream out{file, std::ios::binary};
    out << text << std::flush;
    if (!out) throw cannot("write", file, last_error());
}

void sync_folder(const fs::path&) {}

#else

class descriptor {
public:
    explicit descriptor(int number) : number_{number} {}
    ~descriptor() { close(); }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }

    /// Some file systems only say here that the disk is full.
    bool close() { return !is_open() || ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

/// So that a power failure does not undo what was done to the entries of a folder. Not all file systems can,
/// and what was done stands in any case.
void sync_folder(const fs::path& folder) {
    const descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.is_open()) ::fsync(opened.number());
}

void make_folder(const fs::path& folder) {
    const auto is_there = [&] { return ::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST; };
    if (is_there()) return;
    if (errno == ENOENT) {
        make_folder(folder.parent_path());
        if (is_there()) return;
    }
    throw cannot("make the folder", folder, last_error());
}

void write_new(const fs::path& file, std::string_view text) {
    descriptor out{::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
    if (!out.is_open()) throw cannot("write", file, last_error());
    while (!text.empty()) {
        const auto written = ::write(out.number(), text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) throw cannot("write", file, last_error());
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(out.number()) != 0 || !out.close()) throw cannot("write", file, last_error());
}

#endif

/// A file that is gone at the end of its scope, unless it has been moved away.
class temporary_file {
public:
    explicit temporary_file(const fs::path& folder) : path_{folder / random_name()} {}
    ~temporary_file() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;

    const fs::path& path() const { return path_; }

private:
    /// Not made of the session's name, which may be as long as a file's name can be.
    static std::string random_name() {
        std::random_device random;
        return "saving-" + std::to_string(random()) + '-' + std::to_string(random()) + ".tmp";
    }

    fs::path path_;
};

bool is_damaged(const fs::path& file) {
    try {
        read_session(file);
        return false;
    } catch (const error&) {
        return true;
    }
}

/// Puts `fresh` in the place of `file`.
void replace(const fs::path& file, const fs::path& fresh) {
    const fs::path beside = damaged_beside(file);
    std::error_code failure;
    bool kept = is_damaged(file);
    if (kept) {
        fs::rename(file, beside, failure);
        kept = !failure;
        // Another program that saves as well may have been faster.
        if (failure && failure != std::errc::no_such_file_or_directory)
            throw cannot("keep the damaged file as", beside, failure);
    }
    fs::rename(fresh, file, failure);
    if (!failure) return;
    std::error_code ignored;
    if (kept) fs::rename(beside, file, ignored);
    throw cannot("replace", file, failure);
}

} // namespace

file_session_store::file_session_store(fs::path folder) {
    if (folder.empty())
        throw error{errc::invalid_argument, "the folder to keep sessions in must have a name"};
    std::error_code failure;
    folder_ = fs::absolute(folder, failure);
    if (failure) throw cannot("find the folder", folder, failure);
    if (!folder_.has_filename()) folder_ = folder_.parent_path(); // "sessions/"
}

std::optional<stored_session> file_session_store::load(std::string_view name) {
    return read_session(file_of(name));
}

void file_session_store::save(std::string_view name, const stored_session& session) {
    const fs::path file = file_of(name);
    const std::string text = text_of(session);
    make_folder(folder_);
    const temporary_file fresh{folder_};
    write_new(fresh.path(), text);
    replace(file, fresh.path());
    sync_folder(folder_);
}

void file_session_store::remove(std::string_view name) {
    const fs::path file = file_of(name);
    std::error_code failure;
    if (fs::remove(file, failure)) sync_folder(folder_);
    if (failure) throw cannot("remove", file, failure);
}

std::vector<std::string> file_session_store::names() const {
    std::vector<std::string> found;
    std::error_code failure;
    fs::directory_iterator entry{folder_, failure};
    if (failure == std::errc::no_such_file_or_directory) return found;
    for (; !failure && entry != fs::directory_iterator{}; entry.increment(failure))
        if (auto name = name_of(entry->path().filename().string())) found.push_back(std::move(*name));
    if (failure) throw cannot("list", folder_, failure);
    std::sort(found.begin(), found.end());
    return found;
}

fs::path file_session_store::file_of(std::string_view name) const {
    if (name.empty()) throw error{errc::invalid_argument, "the name of a session must not be empty"};
    const std::string file = file_name(name);
    if (file.size() + damaged_extension.size() > longest_file_name)
        throw error{errc::invalid_argument, "the name of a session is too long to be the name of a file"};
    return folder_ / file;
}

} // namespace nakama
