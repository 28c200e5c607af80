#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <string>

using namespace cordon::engine;

namespace {

struct folder {
    folder() {
        char name[] = "/tmp/cordon-unit-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    ~folder() { os::remove_folder(path).ignore(); }
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::size_t entries() const {
        std::size_t count = 0;
        DIR* open = ::opendir(path.c_str());
        while (const struct dirent* each = ::readdir(open)) {
            if (each->d_name[0] != '.') ++count;
        }
        ::closedir(open);
        return count;
    }
    std::string path;
};

bool exists(const std::string& path) {
    struct stat about {};
    return ::lstat(path.c_str(), &about) == 0;
}

void put(const std::string& path, const std::string& text) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    REQUIRE(file != nullptr);
    std::fputs(text.c_str(), file);
    std::fclose(file);
}

std::string text_of(const std::string& path) {
    std::string text;
    if (std::FILE* file = std::fopen(path.c_str(), "r")) {
        char buffer[1000];
        text.assign(buffer, std::fread(buffer, 1, sizeof buffer, file));
        std::fclose(file);
    }
    return text;
}

}  // namespace

TEST_CASE("names of unfinished files are never the same, and say nothing") {
    const std::string one = os::unguessable_name();
    const std::string other = os::unguessable_name();
    CHECK(one != other);
    CHECK(one.size() == std::string(".cordon-.tmp").size() + 32);
    CHECK(one.find(std::to_string(::getpid())) == std::string::npos);
    CHECK(one.substr(8, 16) != one.substr(24, 16));
}

TEST_CASE("a folder is made once, for this user alone") {
    const folder in;
    const result<bool> made = os::make_new_folder(in / "mine");
    REQUIRE(static_cast<bool>(made));
    CHECK(made.value());
    struct stat about {};
    REQUIRE(::stat((in / "mine").c_str(), &about) == 0);
    CHECK((about.st_mode & 0777) == 0700);
    const result<bool> again = os::make_new_folder(in / "mine");
    REQUIRE(static_cast<bool>(again));
    CHECK_FALSE(again.value());
    CHECK_FALSE(static_cast<bool>(os::make_new_folder(in / "missing/mine")));
}

TEST_CASE("a folder goes with all it holds, whatever the modes; what links lead to stays") {
    const folder in;
    const std::string victim = in / "victim";
    for (const char* made : {"victim", "victim/deep", "victim/deep/deeper", "victim/locked", "kept"})
        REQUIRE(::mkdir((in / made).c_str(), 0700) == 0);
    put(in / "victim/deep/deeper/file", "x");
    put(in / "victim/locked/file", "x");
    put(in / "kept/file", "kept");
    REQUIRE(::symlink((in / "kept").c_str(), (in / "victim/deep/link").c_str()) == 0);
    REQUIRE(::symlink("/nowhere", (in / "victim/broken").c_str()) == 0);
    REQUIRE(::chmod((in / "victim/locked").c_str(), 0000) == 0);
    REQUIRE(::chmod((in / "victim/deep").c_str(), 0500) == 0);
    CHECK(static_cast<bool>(os::remove_folder(victim)));
    CHECK_FALSE(exists(victim));
    CHECK(text_of(in / "kept/file") == "kept");
}

TEST_CASE("a link in a folder's place is removed, not followed; a missing folder is no error") {
    const folder in;
    REQUIRE(::mkdir((in / "kept").c_str(), 0700) == 0);
    put(in / "kept/file", "kept");
    REQUIRE(::symlink((in / "kept").c_str(), (in / "link").c_str()) == 0);
    CHECK(static_cast<bool>(os::remove_folder(in / "link")));
    CHECK_FALSE(exists(in / "link"));
    CHECK(text_of(in / "kept/file") == "kept");
    CHECK(static_cast<bool>(os::remove_folder(in / "never was")));
}

TEST_CASE("where temporary folders go") {
    ::setenv("TMPDIR", "/somewhere", 1);
    ::setenv("TEST_TMPDIR", "/else", 1);
    CHECK(os::temp_root() == "/else");
    ::setenv("TEST_TMPDIR", "", 1);
    CHECK(os::temp_root() == "/somewhere");
    ::unsetenv("TEST_TMPDIR");
    ::unsetenv("TMPDIR");
    CHECK(os::temp_root() == "/tmp");
}

namespace {

struct posix_entry {
    struct timespec st_mtim;
};
struct macos_entry {
    struct timespec st_mtimespec;
};
struct entry_without_parts {};

}  // namespace

TEST_CASE("the part of a second of a file's last change is found under each system's name") {
    CHECK(os::stamp_posix::nanoseconds_of(posix_entry{{1, 7}}, 0) == 7);
    CHECK(os::stamp_posix::nanoseconds_of(macos_entry{{1, 8}}, 0) == 8);
    CHECK(os::stamp_posix::nanoseconds_of(entry_without_parts{}, 0) == 0);
}
