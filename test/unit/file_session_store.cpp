#include <nakama/error.hpp>
#include <nakama/file_session_store.hpp>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace nakama;

namespace {

namespace fs = std::filesystem;

const stored_session one{.token = "header.first-secret.signature", .refresh_token = "header.first-refresh.x"};
const stored_session other{.token = "header.other-secret.signature", .refresh_token = ""};

class temporary_folder {
public:
    temporary_folder() {
        std::string pattern = (fs::temp_directory_path() / "nakama-store-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error{"no temporary folder"};
        path_ = pattern;
    }
    ~temporary_folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    fs::path operator/(const char* name) const { return path_ / name; }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

class umask_in_force {
public:
    explicit umask_in_force(mode_t mask) : before_{::umask(mask)} {}
    ~umask_in_force() { ::umask(before_); }
    umask_in_force(const umask_in_force&) = delete;
    umask_in_force& operator=(const umask_in_force&) = delete;

private:
    mode_t before_;
};

/// As if the disk were full once a file has this many bytes.
class largest_file_in_force {
public:
    explicit largest_file_in_force(rlim_t bytes) : handler_{std::signal(SIGXFSZ, SIG_IGN)} {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        rlimit limit = before_;
        limit.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~largest_file_in_force() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, handler_);
    }
    largest_file_in_force(const largest_file_in_force&) = delete;
    largest_file_in_force& operator=(const largest_file_in_force&) = delete;

private:
    void (*handler_)(int);
    rlimit before_{};
};

/// Root may do everything everywhere, and tests often run as root.
class nobody_in_charge {
public:
    nobody_in_charge() : was_root_{::geteuid() == 0} {
        if (was_root_ && ::seteuid(65534) != 0) SKIP("root cannot become somebody else here");
        if (::faccessat(AT_FDCWD, fs::temp_directory_path().c_str(), W_OK | X_OK, AT_EACCESS) == 0) return;
        restore();
        SKIP("only root may write to the folder for temporary files");
    }
    ~nobody_in_charge() { restore(); }
    nobody_in_charge(const nobody_in_charge&) = delete;
    nobody_in_charge& operator=(const nobody_in_charge&) = delete;

private:
    void restore() const {
        if (was_root_ && ::seteuid(0) != 0) std::abort();
    }

    bool was_root_;
};

std::string content(const fs::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

void write(const fs::path& file, const std::string& text) {
    std::ofstream{file, std::ios::binary} << text;
}

std::set<std::string> entries(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder}) names.insert(entry.path().filename().string());
    return names;
}

unsigned mode(const fs::path& path) {
    struct stat status{};
    if (::stat(path.c_str(), &status) != 0) throw std::runtime_error{"no " + path.string()};
    return status.st_mode & 07777;
}

template <class Act>
error failure_of(Act act) {
    try {
        act();
    } catch (const error& failure) {
        return failure;
    }
    throw std::logic_error{"what should fail succeeded"};
}

bool tells(const error& failure, const std::string& text) {
    UNSCOPED_INFO(failure.what());
    return std::string_view{failure.what()}.find(text) != std::string_view::npos;
}

} // namespace

TEST_CASE("a stored session is there for the next run", "[store]") {
    const temporary_folder folder;
    file_session_store{folder.path()}.save("player", one);
    file_session_store next{folder.path()};
    CHECK(next.load("player") == one);
    CHECK(!next.load("somebody else"));

    next.save("player", other);
    CHECK(next.load("player") == other);
    CHECK(content(folder / "player.json") == "{\"version\":1,\"token\":\"header.other-secret.signature\"}\n");
}

TEST_CASE("a store keeps any text of a token", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    const stored_session odd{.token = "\"\\\n\x01 \u65e5", .refresh_token = std::string{"\0", 1}};
    store.save("odd", odd);
    CHECK(store.load("odd") == odd);
}

TEST_CASE("stored sessions of different names do not disturb each other", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder / "sessions"};
    std::vector<std::string> names{
        "player",
        "Player",
        "..",
        ".",
        "/",
        "../player",
        "a/b",
        "a%2Fb",
        " ",
        "\\",
        "player.json",
        "\u65e5",
        "\xff",
        "con\n",
        "-",
        "~",
        std::string{"\0", 1},
        std::string{"a\0b", 3},
        std::string(237, 'x'),
    };
    for (std::size_t i = 0; i < names.size(); ++i)
        store.save(names[i], {.token = "token " + std::to_string(i), .refresh_token = ""});
    for (std::size_t i = 0; i < names.size(); ++i) {
        CAPTURE(i, names[i]);
        const auto kept = store.load(names[i]);
        REQUIRE(kept);
        CHECK(kept->token == "token " + std::to_string(i));
    }
    CHECK(entries(folder.path()) == std::set<std::string>{"sessions"}); // none got out
    CHECK(entries(store.folder()).size() == names.size());
    // None that a file system could take for another one's, whatever it thinks of capital letters.
    std::set<std::string> folded;
    for (auto name : entries(store.folder())) {
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        folded.insert(name);
    }
    CHECK(folded.size() == names.size());

    std::sort(names.begin(), names.end());
    CHECK(store.names() == names);
    store.remove("..");
    std::erase(names, "..");
    CHECK(store.names() == names);
}

TEST_CASE("a session cannot be stored under no name or one that is too long for a file", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    for (const std::string& name : {std::string{}, std::string(243, 'x'), std::string(81, '/')}) {
        CAPTURE(name);
        CHECK(failure_of([&] { store.save(name, one); }).code() == errc::invalid_argument);
        CHECK(failure_of([&] { store.load(name); }).code() == errc::invalid_argument);
        CHECK(failure_of([&] { store.remove(name); }).code() == errc::invalid_argument);
    }
    CHECK(entries(folder.path()).empty());

    const std::string longest(242, 'x');
    write(folder / (longest + ".json").c_str(), "damaged");
    store.save(longest, one);
    CHECK(store.load(longest) == one);
    CHECK(fs::exists(folder / (longest + ".json.damaged").c_str()));
}

TEST_CASE("what could not be loaded again is not stored", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    store.save("player", one);
    for (const stored_session& bad : {
             stored_session{.token = "", .refresh_token = "refresh"},
             stored_session{.token = "secret \xff", .refresh_token = ""},
             stored_session{.token = "secret", .refresh_token = "secret \xff"},
             stored_session{.token = "secret" + std::string(1024 * 1024, 'x'), .refresh_token = ""},
         }) {
        const auto failure = failure_of([&] { store.save("player", bad); });
        CHECK(failure.code() == errc::invalid_argument);
        CHECK(!tells(failure, "secret"));
    }
    CHECK(store.load("player") == one);
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json"});
}

TEST_CASE("a store's folder is made when it is first saved to, for its owner alone", "[store]") {
    const temporary_folder folder;
    const umask_in_force everything_allowed{0};
    file_session_store store{folder / "above" / "sessions/"};
    CHECK(store.folder() == folder / "above" / "sessions");
    CHECK(!store.load("player"));
    store.remove("player");
    CHECK(store.names().empty());
    CHECK(entries(folder.path()).empty());

    store.save("player", one);
    CHECK(mode(folder / "above") == 0700);
    CHECK(mode(folder / "above/sessions") == 0700);
    CHECK(mode(folder / "above/sessions/player.json") == 0600);
}

TEST_CASE("a stored session stays its owner's alone when it is replaced", "[store]") {
    const temporary_folder folder;
    const umask_in_force everything_allowed{0};
    file_session_store store{folder.path()};
    store.save("player", one);
    store.save("player", other);
    CHECK(mode(folder / "player.json") == 0600);
    fs::permissions(folder / "player.json", fs::perms{0644});
    store.save("player", one);
    CHECK(mode(folder / "player.json") == 0600);
}

TEST_CASE("a folder that is there already keeps its mode", "[store]") {
    const temporary_folder folder;
    fs::create_directory(folder / "shared");
    fs::permissions(folder / "shared", fs::perms{0755});
    file_session_store{folder / "shared"}.save("player", one);
    CHECK(mode(folder / "shared") == 0755);
}

TEST_CASE("a relative folder of a store is the one of when it was made", "[store]") {
    const temporary_folder folder;
    const fs::path before = fs::current_path();
    fs::current_path(folder.path());
    file_session_store store{"sessions"};
    fs::current_path(before);
    store.save("player", one);
    CHECK(fs::exists(folder / "sessions/player.json"));
    CHECK(failure_of([] { file_session_store{""}; }).code() == errc::invalid_argument);
}

TEST_CASE("members of a stored session that nobody knows are left alone", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    write(folder / "player.json",
          R"( { "user": {"name": ["x"]}, "token": "t", "version": 1, "refresh_token": "r" } )");
    CHECK(store.load("player") == stored_session{.token = "t", .refresh_token = "r"});
    write(folder / "player.json", R"({"token":"t","refresh_token":null})");
    CHECK(store.load("player") == stored_session{.token = "t", .refresh_token = ""});
}

TEST_CASE("a damaged file of a session is told apart from none, and kept", "[store]") {
    struct damage {
        std::string content;
        std::string what;
    };
    const auto [text, what] = GENERATE(values<damage>({
        {"", "incomplete JSON"},
        {"secret", "syntax error"},
        {R"({"version":1,"token":"secret","refresh_token":"secre)", "field refresh_token: incomplete JSON"},
        {R"({"version":1,"token":"secret"}secret)", "text after the end of the value"},
        {std::string(300, '\0'), "syntax error"},
        {R"({"token":"secret)"
         "\xff"
         R"("})",
         "field token: "},
        {R"(["secret"])", "a list instead of an object"},
        {R"("secret")", "text instead of an object"},
        {"null", "null instead of an object"},
        {R"({"version":1})", "it has no token"},
        {R"({"refresh_token":"secret"})", "it has no token"},
        {R"({"token":"","refresh_token":"secret"})", "it has no token"},
        {R"({"token":null,"refresh_token":"secret"})", "it has no token"},
        {R"({"token":5,"refresh_token":"secret"})", "field token: an unexpected number"},
        {R"({"token":["secret"]})", "field token: a list where there should be none"},
        {R"({"token":{"secret":"secret"}})", "field token: an object where there should be none"},
        {R"({"token":"secret","refresh_token":true})", "field refresh_token: an unexpected boolean"},
        {R"({"token":"secret","version":"secret"})", "field version: not an integer"},
        {R"({"token":"secret","version":2})", "it is of version 2, and this program knows only version 1"},
        {R"({"token":"secret"})" + std::string(1024 * 1024, ' '), "it is larger than 1 MiB"},
    }));
    const temporary_folder folder;
    file_session_store store{folder.path()};
    const fs::path file = folder / "player.json";
    write(file, text);
    const auto failure = failure_of([&] { store.load("player"); });
    CHECK(failure.code() == errc::storage_failed);
    CHECK(tells(failure, "session store failed: \"" + file.string() + "\" holds no session: " + what));
    CHECK(tells(failure, "Remove it, or sign in and save anew, which keeps it as \"player.json.damaged\""));
    CHECK(!tells(failure, "secre"));
    CHECK(content(file) == text);
    CHECK(store.names() == std::vector<std::string>{"player"});
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json"});

    store.save("player", one);
    CHECK(store.load("player") == one);
    CHECK(content(folder / "player.json.damaged") == text);
    CHECK(store.names() == std::vector<std::string>{"player"});
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json", "player.json.damaged"});
}

TEST_CASE("a file of a session of just 1 MiB is read", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    std::string text = R"({"token":"t"})";
    text.resize(1024 * 1024, ' ');
    write(folder / "player.json", text);
    CHECK(store.load("player") == stored_session{.token = "t", .refresh_token = ""});
}

TEST_CASE("a folder or a pipe in the place of a session is kept as damaged", "[store]") {
    const bool pipe = GENERATE(false, true);
    const temporary_folder folder;
    file_session_store store{folder.path()};
    const fs::path file = folder / "player.json";
    if (pipe) REQUIRE(::mkfifo(file.c_str(), 0600) == 0);
    else fs::create_directories(file / "inside");
    const auto failure = failure_of([&] { store.load("player"); });
    CHECK(failure.code() == errc::storage_failed);
    CHECK(tells(failure,
                '"' + file.string() + "\" holds no session: it is not a file but a folder or a device"));

    store.save("player", one);
    CHECK(store.load("player") == one);
    if (pipe) CHECK(fs::is_fifo(folder / "player.json.damaged"));
    else CHECK(fs::exists(folder / "player.json.damaged/inside"));
}

TEST_CASE("of damaged files of a session the last is kept", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    for (const std::string text : {"first", "second"}) {
        write(folder / "player.json", text);
        store.save("player", one);
        CHECK(content(folder / "player.json.damaged") == text);
    }
    store.save("player", other);
    CHECK(content(folder / "player.json.damaged") == "second");
}

TEST_CASE("a disk that is full leaves the stored session as it was", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    store.save("player", one);
    {
        const largest_file_in_force full{10};
        const auto failure = failure_of([&] { store.save("player", other); });
        CHECK(failure.code() == errc::storage_failed);
        CHECK(tells(failure, "session store failed: cannot write \"" + folder.path().string()));
        CHECK(!tells(failure, "secret"));
        CHECK(failure_of([&] { store.save("new", other); }).code() == errc::storage_failed);
    }
    CHECK(store.load("player") == one);
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json"});

    write(folder / "player.json", "damaged");
    {
        const largest_file_in_force full{10};
        CHECK_THROWS_AS(store.save("player", other), error);
    }
    CHECK(content(folder / "player.json") == "damaged");
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json"});
}

TEST_CASE("a damaged file that cannot be kept is not replaced", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    write(folder / "player.json", "damaged");
    fs::create_directories(folder / "player.json.damaged/inside");
    const auto failure = failure_of([&] { store.save("player", one); });
    CHECK(failure.code() == errc::storage_failed);
    CHECK(tells(failure, "cannot keep the damaged file as \"" + (folder / "player.json.damaged").string()));
    CHECK(content(folder / "player.json") == "damaged");
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json", "player.json.damaged"});
}

TEST_CASE("a store whose folder is a file says so and leaves it alone", "[store]") {
    const temporary_folder folder;
    write(folder / "file", "mine");
    const fs::path at = GENERATE("file", "file/sessions");
    file_session_store store{folder.path() / at};
    for (const auto& failure : {
             failure_of([&] { store.save("player", one); }),
             failure_of([&] { store.load("player"); }),
             failure_of([&] { store.remove("player"); }),
             failure_of([&] { store.names(); }),
         }) {
        CHECK(failure.code() == errc::storage_failed);
        CHECK(tells(failure, (folder / "file").string()));
        CHECK(tells(failure, "Not a directory"));
        CHECK(!tells(failure, "secret"));
    }
    CHECK(content(folder / "file") == "mine");
}

TEST_CASE("a store that may not write leaves the stored session as it was", "[store]") {
    const nobody_in_charge bound_by_modes;
    const temporary_folder folder;
    file_session_store store{folder.path()};
    store.save("player", one);
    fs::permissions(folder.path(), fs::perms{0500});
    const auto failure = failure_of([&] { store.save("player", other); });
    const auto not_removed = failure_of([&] { store.remove("player"); });
    const auto kept = store.load("player");
    const auto left = entries(folder.path());
    fs::permissions(folder.path(), fs::perms{0700});
    CHECK(failure.code() == errc::storage_failed);
    CHECK(tells(failure, "Permission denied"));
    CHECK(not_removed.code() == errc::storage_failed);
    CHECK(kept == one);
    CHECK(left == std::set<std::string>{"player.json"});
}

TEST_CASE("a stored session that may not be read is told apart from a damaged one", "[store]") {
    const nobody_in_charge bound_by_modes;
    const temporary_folder folder;
    file_session_store store{folder.path()};
    store.save("player", one);
    fs::permissions(folder / "player.json", fs::perms{0});
    const auto failure = failure_of([&] { store.load("player"); });
    CHECK(failure.code() == errc::storage_failed);
    CHECK(tells(failure, "cannot read \"" + (folder / "player.json").string() + "\": Permission denied"));
    store.save("player", other);
    CHECK(store.load("player") == other);
    CHECK(fs::exists(folder / "player.json.damaged"));
}

TEST_CASE("a removed session is gone, the others and what is not the store's stay", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    store.save("player", one);
    store.save("enemy", other);
    for (const char* file : {"Player.json", "notes.txt", "%zz.json", ".json", "player.json.damaged"})
        write(folder / file, "mine");
    store.remove("player");
    CHECK(!store.load("player"));
    store.remove("player");
    store.remove("nobody");
    CHECK(store.load("enemy") == other);
    CHECK(store.names() == std::vector<std::string>{"enemy"});
    CHECK(entries(folder.path()) == std::set<std::string>{"%zz.json", ".json", "Player.json", "enemy.json",
                                                          "notes.txt", "player.json.damaged"});
}

TEST_CASE("a damaged file of a session can be removed", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    write(folder / "player.json", "damaged");
    store.remove("player");
    CHECK(!store.load("player"));
    CHECK(entries(folder.path()).empty());
}

TEST_CASE("stores of one folder save different names at once", "[store]") {
    const temporary_folder folder;
    const fs::path shared = folder / "above/sessions"; // which one of them has to make
    constexpr std::size_t stores = 8, rounds = 10;
    std::array<std::string, stores> failures;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < stores; ++i)
        threads.emplace_back([&shared, &failure = failures[i], i] {
            try {
                file_session_store store{shared};
                const std::string name = "player " + std::to_string(i);
                for (std::size_t round = 0; round < rounds; ++round) {
                    const stored_session mine{.token = name + " in " + std::to_string(round),
                                              .refresh_token = std::string(round * 100, 'r')};
                    store.save(name, mine);
                    if (store.load(name) != mine) failure = "not what was saved";
                }
            } catch (const std::exception& thrown) {
                failure = thrown.what();
            }
        });
    for (auto& thread : threads) thread.join();
    for (const auto& failure : failures) CHECK(failure == "");
    CHECK(file_session_store{shared}.names().size() == stores);
    CHECK(entries(shared).size() == stores);
}

TEST_CASE("a session is never seen in part while another takes its place", "[store]") {
    const temporary_folder folder;
    file_session_store store{folder.path()};
    const std::array sessions{stored_session{.token = std::string(9000, 'a'), .refresh_token = ""},
                              stored_session{.token = "b", .refresh_token = std::string(40000, 'c')}};
    store.save("player", sessions[0]);
    std::array<std::string, 2> failures;
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < 2; ++i)
        threads.emplace_back([&store, &session = sessions[i], &failure = failures[i]] {
            try {
                for (int round = 0; round < 30; ++round) store.save("player", session);
            } catch (const std::exception& thrown) {
                failure = thrown.what();
            }
        });
    std::size_t strange = 0;
    std::string failure;
    try {
        for (int round = 0; round < 500; ++round) {
            const auto seen = store.load("player");
            if (seen != sessions[0] && seen != sessions[1]) ++strange;
        }
    } catch (const std::exception& thrown) {
        failure = thrown.what();
    }
    for (auto& thread : threads) thread.join();
    CHECK(failure == "");
    CHECK(failures[0] == "");
    CHECK(failures[1] == "");
    CHECK(strange == 0);
    CHECK(entries(folder.path()) == std::set<std::string>{"player.json"});
}

TEST_CASE("a store of one's own serves as any other", "[store]") {
    class remembered final : public session_store {
    public:
        std::optional<stored_session> load(std::string_view) override { return session_; }
        void save(std::string_view, const stored_session& session) override { session_ = session; }
        void remove(std::string_view) override { session_.reset(); }

    private:
        std::optional<stored_session> session_;
    };
    const temporary_folder folder;
    remembered memory;
    file_session_store files{folder.path()};
    for (session_store* store : {static_cast<session_store*>(&memory), static_cast<session_store*>(&files)}) {
        CHECK(!store->load("player"));
        store->save("player", one);
        CHECK(store->load("player") == one);
        store->remove("player");
        CHECK(!store->load("player"));
    }
}
