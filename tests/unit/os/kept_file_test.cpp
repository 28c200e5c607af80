#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

using namespace cordon::engine;

namespace {

constexpr duration patience = std::chrono::seconds(20);

struct folder {
    folder() {
        char name[] = "/tmp/cordon-unit-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    ~folder() { os::remove_folder(path).ignore(); }
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::string path;
};

std::string content_of(const std::string& path) { return os::read_kept_file(path).value(); }

void append(const std::string& path, const std::string& text) {
    result<os::kept_file> file = os::kept_file::open(path, patience);
    REQUIRE(file);
    REQUIRE(file.value().append(text));
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace

TEST_CASE("a kept file is made, grows, and is read in whole and from its end") {
    folder in;
    CHECK(content_of(in / "none").empty());
    append(in / "file", "one ");
    append(in / "file", "two");
    CHECK(content_of(in / "file") == "one two");
    result<os::kept_file> file = os::kept_file::open(in / "file", patience);
    REQUIRE(file);
    CHECK(file.value().size() == 7);
    CHECK(file.value().tail(3).value() == "two");
    CHECK(file.value().tail(100).value() == "one two");
    CHECK(file.value().read_all().value() == "one two");
    const std::string large(300'000, 'x');
    REQUIRE(file.value().append(large));
    CHECK(file.value().read_all().value() == "one two" + large);
}

TEST_CASE("what is no file is refused at once") {
    folder in;
    REQUIRE(::mkfifo((in / "pipe").c_str(), 0600) == 0);
    for (const std::string& path : {std::string("/dev/null"), in / "pipe"}) {
        const result<os::kept_file> file = os::kept_file::open(path, patience);
        REQUIRE_FALSE(file);
        CHECK(file.failure().code == EINVAL);
    }
    CHECK_FALSE(os::kept_file::open(in.path, patience));
    CHECK_FALSE(os::kept_file::open(in / "no/such", patience));
    CHECK_FALSE(os::read_kept_file(in.path));
}

TEST_CASE("who has the file keeps others out until he is done, and not forever") {
    folder in;
    const std::string path = in / "file";
    int ready[2];
    int go[2];
    REQUIRE(::pipe(ready) == 0);
    REQUIRE(::pipe(go) == 0);
    const pid_t other = ::fork();
    if (other == 0) {
        result<os::kept_file> file = os::kept_file::open(path, patience);
        char c = file ? 'y' : 'n';
        if (::write(ready[1], &c, 1) != 1 || ::read(go[0], &c, 1) != 1) ::_exit(2);
        ::_exit(file.value().append("first ") ? 0 : 1);
    }
    char c = 0;
    REQUIRE(::read(ready[0], &c, 1) == 1);
    CHECK(c == 'y');
    const result<os::kept_file> busy = os::kept_file::open(path, std::chrono::milliseconds(20));
    REQUIRE_FALSE(busy);
    CHECK(busy.failure().code == EBUSY);
    REQUIRE(::write(go[1], "g", 1) == 1);
    append(path, "second");
    int state = 0;
    CHECK(::waitpid(other, &state, 0) == other);
    CHECK(state == 0);
    CHECK(content_of(path) == "first second");
    for (const int end : {ready[0], ready[1], go[0], go[1]})
        ::close(end);
}

TEST_CASE("a file that is replaced is replaced for those who waited as well") {
    folder in;
    const std::string path = in / "file";
    for (int round = 0; round < 20; ++round) {
        ::unlink(path.c_str());
        constexpr int writers = 6;
        pid_t processes[writers];
        for (pid_t& each : processes) {
            each = ::fork();
            if (each != 0) continue;
            result<os::kept_file> file = os::kept_file::open(path, patience);
            const result<std::string> before = file ? file.value().read_all() : error{};
            ::_exit(before && file.value().replace(before.value() + "x") ? 0 : 1);
        }
        for (const pid_t each : processes) {
            int state = 0;
            ::waitpid(each, &state, 0);
            CHECK(state == 0);
        }
        CHECK(content_of(path) == std::string(writers, 'x'));
    }
}

TEST_CASE("what is set aside takes nothing's place") {
    folder in;
    for (int i = 1; i <= 3; ++i) {
        append(in / "file", "number " + std::to_string(i));
        const result<std::string> name = os::set_aside(in / "file");
        REQUIRE(name);
        CHECK(name.value() == (in / "file") + ".set-aside" + (i == 1 ? "" : std::to_string(i)));
        CHECK_FALSE(exists(in / "file"));
        CHECK(content_of(name.value()) == "number " + std::to_string(i));
    }
    CHECK_FALSE(os::set_aside(in / "none"));
}

TEST_CASE("the cache folder is where the user says, or in his home") {
    ::setenv("XDG_CACHE_HOME", "/somewhere", 1);
    ::setenv("HOME", "/home/me", 1);
    CHECK(os::cache_folder() == "/somewhere");
    ::setenv("XDG_CACHE_HOME", "relative", 1);
    CHECK(os::cache_folder() == std::string("/home/me") + os::cache_below_home());
    ::unsetenv("XDG_CACHE_HOME");
    ::setenv("HOME", "", 1);
    CHECK(os::cache_folder().empty());
}

TEST_CASE("a folder is made with the one that it is in, but no more") {
    folder in;
    CHECK(os::make_folder_in(in / "cache", "cordon"));
    CHECK(os::make_folder_in(in / "cache", "cordon"));
    CHECK(exists(in / "cache/cordon"));
    CHECK_FALSE(os::make_folder_in(in / "a/b/c", "cordon"));
    CHECK_FALSE(exists(in / "a"));
    append(in / "file", "x");
    CHECK_FALSE(os::make_folder_in(in / "file", "cordon"));
}

TEST_CASE("a kept file behind a link is appended to, replaced and set aside as itself; the link stays") {
    folder in;
    REQUIRE(::mkdir((in / "real").c_str(), 0700) == 0);
    REQUIRE(::symlink("real/file", (in / "link").c_str()) == 0);
    append(in / "link", "one ");  // made
    result<os::kept_file> file = os::kept_file::open(in / "link", patience);
    REQUIRE(file);
    REQUIRE(file.value().replace("two "));
    append(in / "link", "three");
    CHECK(content_of(in / "real/file") == "two three");
    const result<std::string> name = os::set_aside(in / "link");
    REQUIRE(name);
    CHECK(name.value() == os::real_path(in / "real") + "/file.set-aside");
    CHECK(content_of(name.value()) == "two three");
    struct stat about {};
    REQUIRE(::lstat((in / "link").c_str(), &about) == 0);
    CHECK(S_ISLNK(about.st_mode));
    CHECK_FALSE(exists(in / "link"));
}

TEST_CASE("a record that does not fit in the limit on the size of files leaves no part of itself") {
    folder in;
    append(in / "file", "first");
    const pid_t child = ::fork();
    if (child == 0) {
        const struct rlimit little = {7, 7};
        ::setrlimit(RLIMIT_FSIZE, &little);
        result<os::kept_file> file = os::kept_file::open(in / "file", patience);
        const status added = file ? file.value().append("second") : ok();
        ::_exit(!added && added.failure().code == EFBIG ? 0 : 1);
    }
    int state = 0;
    CHECK(::waitpid(child, &state, 0) == child);
    CHECK(state == 0);
    CHECK(content_of(in / "file") == "first");
}
