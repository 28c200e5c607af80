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

os::replaced_file created(const std::string& path) {
    result<os::replaced_file> made = os::replaced_file::create(path);
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

}  // namespace

TEST_CASE("a file appears when it is complete; what was there stays until then") {
    const folder in;
    put(in / "report", "old");
    os::replaced_file file = created(in / "report");
    CHECK(static_cast<bool>(file.write("new ")));
    CHECK(text_of(in / "report") == "old");
    CHECK(static_cast<bool>(file.write("text")));
    CHECK(static_cast<bool>(file.commit()));
    CHECK(text_of(in / "report") == "new text");
    CHECK(in.entries() == 1);
}

TEST_CASE("a file that takes another's place quickly leaves nothing of that one") {
    const folder in;
    for (const char* text : {"first", "second", "third"}) {
        os::replaced_file file = created(in / "report");
        CHECK(static_cast<bool>(file.write(text)));
        CHECK(static_cast<bool>(file.commit_quickly()));
        CHECK(text_of(in / "report") == text);
        CHECK(in.entries() == 1);
    }
}

TEST_CASE("a link makes way for the file, and what it leads to stays") {
    const folder in;
    put(in / "other", "old");
    REQUIRE(::symlink((in / "other").c_str(), (in / "report").c_str()) == 0);
    os::replaced_file file = created(in / "report");
    CHECK(static_cast<bool>(file.write("new")));
    CHECK(static_cast<bool>(file.commit_quickly()));
    CHECK(text_of(in / "report") == "new");
    CHECK(text_of(in / "other") == "old");
    CHECK(in.entries() == 2);
}

TEST_CASE("a folder that stands where the file should be is an error, and stays") {
    const folder in;
    os::replaced_file file = created(in / "report");
    CHECK(static_cast<bool>(file.write("text")));
    REQUIRE(::mkdir((in / "report").c_str(), 0700) == 0);
    put(in / "report/inside", "kept");
    CHECK_FALSE(static_cast<bool>(file.commit_quickly()));
    CHECK(text_of(in / "report/inside") == "kept");
    CHECK(in.entries() == 1);
}

TEST_CASE("an unfinished file leaves nothing behind") {
    const folder in;
    {
        os::replaced_file file = created(in / "report");
        CHECK(static_cast<bool>(file.write("half")));
        os::replaced_file moved = std::move(file);
        CHECK(static_cast<bool>(moved.write(" of it")));
        CHECK(in.entries() == 1);
    }
    CHECK(in.entries() == 0);
}

TEST_CASE("a missing folder is named") {
    const folder in;
    const result<os::replaced_file> made = os::replaced_file::create(in / "missing/report");
    REQUIRE_FALSE(static_cast<bool>(made));
    CHECK(os::describe(made.failure()) == "write " + (in / "missing/report") + ": No such file or directory");
}

TEST_CASE("a name that a folder has is no report's") {
    const folder in;
    REQUIRE(::mkdir((in / "report").c_str(), 0700) == 0);
    const result<os::replaced_file> made = os::replaced_file::create(in / "report");
    REQUIRE_FALSE(static_cast<bool>(made));
    CHECK(os::describe(made.failure()) == "write " + (in / "report") + ": Is a directory");
}

TEST_CASE("when the finished file can not get its name, the unfinished one goes") {
    const folder in;
    {
        os::replaced_file file = created(in / "report");
        CHECK(static_cast<bool>(file.write("text")));
        REQUIRE(::mkdir((in / "report").c_str(), 0700) == 0);  // meanwhile
        CHECK_FALSE(static_cast<bool>(file.commit()));
    }
    CHECK(in.entries() == 1);
}

TEST_CASE("a full device is an error with the path in it") {
    if (!exists("/dev/full")) return;
    os::replaced_file file = created("/dev/full");
    const status written = file.write("x");
    REQUIRE_FALSE(static_cast<bool>(written));
    CHECK(os::describe(written.failure()) == "write /dev/full: No space left on device");
    CHECK(exists("/dev/full"));
}

TEST_CASE("a device is written in place") {
    os::replaced_file file = created("/dev/null");
    CHECK(static_cast<bool>(file.write("x")));
    CHECK(static_cast<bool>(file.commit()));
    struct stat about {};
    REQUIRE(::stat("/dev/null", &about) == 0);
    CHECK(S_ISCHR(about.st_mode));
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
