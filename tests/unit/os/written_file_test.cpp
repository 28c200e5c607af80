#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

using namespace cordon::engine;
using os::delivery;
using os::written_file;

namespace {

struct folder {
    folder() {
        char name[] = "/tmp/cordon-unit-XXXXXX";
        REQUIRE(::mkdtemp(name) != nullptr);
        path = name;
    }
    ~folder() { os::remove_folder(path).ignore(); }
    std::string operator/(const std::string& name) const { return path + "/" + name; }
    std::vector<std::string> entries() const {
        std::vector<std::string> names;
        DIR* open = ::opendir(path.c_str());
        while (const struct dirent* each = ::readdir(open)) {
            if (strcmp(each->d_name, ".") != 0 && strcmp(each->d_name, "..") != 0) names.push_back(each->d_name);
        }
        ::closedir(open);
        return names;
    }
    std::string path;
};

struct stat about(const std::string& path) {
    struct stat found {};
    REQUIRE(::lstat(path.c_str(), &found) == 0);
    return found;
}

bool exists(const std::string& path) {
    struct stat found {};
    return ::lstat(path.c_str(), &found) == 0;
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

written_file opened(const std::string& path, delivery how = delivery::whole) {
    result<written_file> made = written_file::open(path, how);
    INFO(path << ": " << (made ? "" : os::describe(made.failure())));
    REQUIRE(static_cast<bool>(made));
    return std::move(made.value());
}

std::string refusal(const std::string& path, delivery how = delivery::whole) {
    os::write_patience little;
    little.for_reader = std::chrono::milliseconds(30);
    const result<written_file> made = written_file::open(path, how, little);
    return made ? "" : os::describe(made.failure());
}

void write_whole(const std::string& path, const std::string& text) {
    written_file file = opened(path);
    CHECK(static_cast<bool>(file.write(text)));
    const status done = file.commit_quickly();
    INFO((done ? "" : os::describe(done.failure())));
    CHECK(static_cast<bool>(done));
}

// In a process of its own, as a user who may not do everything, where this one is.
template <class Action>
bool as_ordinary_user(Action action) {
    const pid_t child = ::fork();
    if (child == 0) {
        if (::geteuid() == 0 && (::setgid(54000) != 0 || ::setuid(54000) != 0)) ::_exit(2);
        ::_exit(action() ? 0 : 1);
    }
    int state = 0;
    REQUIRE(::waitpid(child, &state, 0) == child);
    return state == 0;
}

bool writes(const std::string& path, const std::string& text) {
    result<written_file> made = written_file::open(path, delivery::whole);
    return made && made.value().write(text) && made.value().commit_quickly();
}

}  // namespace

TEST_CASE("a file appears when it is complete; what was there stays until then") {
    const folder in;
    put(in / "report", "old");
    written_file file = opened(in / "report");
    CHECK(static_cast<bool>(file.write("new ")));
    CHECK(text_of(in / "report") == "old");
    CHECK(static_cast<bool>(file.write("text")));
    CHECK(text_of(in / "report") == "old");
    CHECK(static_cast<bool>(file.commit()));
    CHECK(text_of(in / "report") == "new text");
    CHECK(in.entries().size() == 1);
}

TEST_CASE("a file that takes another's place quickly leaves nothing of that one") {
    const folder in;
    for (const char* text : {"first", "second", "third"}) {
        write_whole(in / "report", text);
        CHECK(text_of(in / "report") == text);
        CHECK(in.entries().size() == 1);
    }
}

TEST_CASE("an unfinished file leaves nothing behind") {
    const folder in;
    {
        written_file file = opened(in / "report");
        CHECK(static_cast<bool>(file.write("half")));
        written_file moved = std::move(file);
        CHECK(static_cast<bool>(moved.write(" of it")));
        CHECK_FALSE(exists(in / "report"));
    }
    CHECK(in.entries().empty());
}

TEST_CASE("links are followed to the file, and stay") {
    const folder in;
    REQUIRE(::mkdir((in / "other").c_str(), 0700) == 0);
    put(in / "other/file", "old");
    REQUIRE(::symlink("other/file", (in / "relative").c_str()) == 0);
    REQUIRE(::symlink((in / "relative").c_str(), (in / "chain").c_str()) == 0);
    REQUIRE(::symlink("other", (in / "folder").c_str()) == 0);
    REQUIRE(::symlink("other/not yet", (in / "dangling").c_str()) == 0);
    for (const char* path : {"relative", "chain", "folder/file"}) {
        for (const delivery how : {delivery::whole, delivery::growing}) {
            CAPTURE(path);
            const ino_t before = about(in / "other/file").st_ino;
            written_file file = opened(in / path, how);
            CHECK(static_cast<bool>(file.write(path)));
            CHECK(static_cast<bool>(file.commit_quickly()));
            CHECK(text_of(in / "other/file") == path);
            CHECK((about(in / "other/file").st_ino == before) == (how == delivery::growing));
        }
    }
    write_whole(in / "dangling", "made");
    CHECK(text_of(in / "other/not yet") == "made");
    for (const char* link : {"relative", "chain", "folder", "dangling"})
        CHECK(S_ISLNK(about(in / link).st_mode));
    CHECK(in.entries().size() == 5);
}

TEST_CASE("links that lead nowhere are one clear error") {
    const folder in;
    REQUIRE(::symlink("b", (in / "a").c_str()) == 0);
    REQUIRE(::symlink("a", (in / "b").c_str()) == 0);
    REQUIRE(::symlink("no/such/folder", (in / "lost").c_str()) == 0);
    const std::string loop = ": Too many levels of symbolic links";
    for (const delivery how : {delivery::whole, delivery::growing, delivery::appended}) {
        CHECK(refusal(in / "a", how) == "write " + (in / "a") + loop);
        CHECK(refusal(in / "a/report", how) == "write " + (in / "a/report") + loop);
        CHECK(refusal(in / "lost", how) == "write " + (in / "lost") + ": No such file or directory");
    }
    CHECK(in.entries().size() == 3);
}

TEST_CASE("paths that can be no file's are one clear error each") {
    const folder in;
    REQUIRE(::mkdir((in / "folder").c_str(), 0700) == 0);
    put(in / "file", "kept");
    const std::string long_name(NAME_MAX + 1, 'x');
    const std::string long_path = in.path + std::string(PATH_MAX, '/') + "x";
    const std::pair<std::string, std::string> cases[] = {
        {in / "missing/report", "No such file or directory"},
        {in / "folder", "Is a directory"},
        {in / "folder/", "Is a directory"},
        {in / "not there/", "Is a directory"},
        {in / "folder/.", "Is a directory"},
        {in / "folder/..", "Is a directory"},
        {in / "file/", "Not a directory"},
        {in / "file/report", "Not a directory"},
        {in / long_name, "File name too long"},
        {long_path, "File name too long"},
        {"/", "Is a directory"},
        {"", "No such file or directory"},
    };
    for (const auto& each : cases) {
        for (const delivery how : {delivery::whole, delivery::growing, delivery::appended}) {
            CAPTURE(each.first);
            const std::string shown = each.first.empty() ? "write" : "write " + each.first;
            CHECK(refusal(each.first, how) == shown + ": " + each.second);
        }
    }
    CHECK(text_of(in / "file") == "kept");
    CHECK(in.entries().size() == 2);
}

TEST_CASE("a name as long as names can be is one") {
    const folder in;
    const std::string name(NAME_MAX, 'n');
    write_whole(in / name, "text");
    CHECK(text_of(in / name) == "text");
}

TEST_CASE("sockets and block devices are refused") {
    const folder in;
    const int made = ::socket(AF_UNIX, SOCK_STREAM, 0);
    struct sockaddr_un address {};
    address.sun_family = AF_UNIX;
    ::strncpy(address.sun_path, (in / "socket").c_str(), sizeof address.sun_path - 1);
    REQUIRE(::bind(made, reinterpret_cast<struct sockaddr*>(&address), sizeof address) == 0);
    for (const delivery how : {delivery::whole, delivery::growing, delivery::appended})
        CHECK(refusal(in / "socket", how) == "write " + (in / "socket") + ": it is a socket");
    CHECK(S_ISSOCK(about(in / "socket").st_mode));
    ::close(made);
}

TEST_CASE("a device is written in place") {
    write_whole("/dev/null", "x");
    CHECK(S_ISCHR(about("/dev/null").st_mode));
}

TEST_CASE("a full device is an error with the path in it") {
    if (!exists("/dev/full")) return;
    written_file file = opened("/dev/full");
    const status written = file.write("x");
    REQUIRE_FALSE(static_cast<bool>(written));
    CHECK(os::describe(written.failure()) == "write /dev/full: No space left on device");
    CHECK(S_ISCHR(about("/dev/full").st_mode));
}

TEST_CASE("a descriptor of this process is written where it stands") {
    const folder in;
    const int file = ::open((in / "file").c_str(), O_RDWR | O_CREAT, 0600);
    REQUIRE(::write(file, "before ", 7) == 7);
    for (const std::string& beginning : {std::string("/dev/fd/"), std::string("/proc/self/fd/")}) {
        if (!exists("/proc/self/fd")) return;
        write_whole(beginning + std::to_string(file), "report ");
    }
    REQUIRE(::symlink(("/dev/fd/" + std::to_string(file)).c_str(), (in / "link").c_str()) == 0);
    const ino_t before = about(in / "file").st_ino;
    write_whole(in / "link", "by a link ");
    REQUIRE(::write(file, "after", 5) == 5);
    CHECK(text_of(in / "file") == "before report report by a link after");
    CHECK(about(in / "file").st_ino == before);
    CHECK(S_ISLNK(about(in / "link").st_mode));
    ::close(file);
    CHECK(refusal("/dev/fd/" + std::to_string(file)) ==
          "write /dev/fd/" + std::to_string(file) + ": Bad file descriptor");
}

TEST_CASE("a file that was deleted while a descriptor holds it can still be written to by that") {
    const folder in;
    if (!exists("/proc/self/fd")) return;
    const int file = ::open((in / "file").c_str(), O_RDWR | O_CREAT, 0600);
    REQUIRE(::unlink((in / "file").c_str()) == 0);
    write_whole("/proc/self/fd/" + std::to_string(file), "text");
    char read[5] = {};
    CHECK(::pread(file, read, 4, 0) == 4);
    CHECK(std::string(read) == "text");
    CHECK(in.entries().empty());
    ::close(file);
}

TEST_CASE("a pipe without a reader is an error when the patience is over, and none when one comes") {
    const folder in;
    const std::string pipe = in / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    for (const delivery how : {delivery::whole, delivery::growing, delivery::appended})
        CHECK(refusal(pipe, how) == "write " + pipe + ": nobody reads this pipe");
    const pid_t reader = ::fork();
    if (reader == 0) {
        const int from = ::open(pipe.c_str(), O_RDONLY);
        char got[100] = {};
        std::string all;
        for (ssize_t n = 0; (n = ::read(from, got, sizeof got)) > 0;)
            all.append(got, static_cast<std::size_t>(n));
        ::_exit(all == "the text" ? 0 : 1);
    }
    write_whole(pipe, "the text");
    int state = 0;
    REQUIRE(::waitpid(reader, &state, 0) == reader);
    CHECK(state == 0);
    CHECK(S_ISFIFO(about(pipe).st_mode));
}

TEST_CASE("mode and owner stay; a new file has the mode that the umask leaves") {
    const folder in;
    const mode_t before = ::umask(027);
    write_whole(in / "new", "x");
    CHECK((about(in / "new").st_mode & 07777) == 0640);
    ::umask(before);
    put(in / "old", "x");
    for (const mode_t mode : {0600, 0604, 0777, 0222}) {
        REQUIRE(::chmod((in / "old").c_str(), mode) == 0);
        write_whole(in / "old", "y");
        CHECK((about(in / "old").st_mode & 07777) == mode);
    }
    if (::geteuid() != 0) return;
    REQUIRE(::chown((in / "old").c_str(), 54000, 54001) == 0);
    REQUIRE(::chmod((in / "old").c_str(), 0640) == 0);
    write_whole(in / "old", "z");
    CHECK(about(in / "old").st_uid == 54000);
    CHECK(about(in / "old").st_gid == 54001);
    CHECK((about(in / "old").st_mode & 07777) == 0640);
}

TEST_CASE("other names of the replaced file keep what it was") {
    const folder in;
    put(in / "report", "old");
    REQUIRE(::link((in / "report").c_str(), (in / "kept").c_str()) == 0);
    write_whole(in / "report", "new");
    CHECK(text_of(in / "report") == "new");
    CHECK(text_of(in / "kept") == "old");
}

TEST_CASE("a file that may not be written to is not replaced") {
    const folder in;
    REQUIRE(::chmod(in.path.c_str(), 0777) == 0);
    put(in / "locked", "kept");
    REQUIRE(::chmod((in / "locked").c_str(), 0444) == 0);
    CHECK(
        as_ordinary_user([&] { return refusal(in / "locked") == "write " + (in / "locked") + ": Permission denied"; }));
    CHECK(text_of(in / "locked") == "kept");
}

TEST_CASE("a file in a folder that takes no new files is written in place") {
    const folder in;
    put(in / "open", "old and longer");
    const ino_t before = about(in / "open").st_ino;
    REQUIRE(::chmod((in / "open").c_str(), 0666) == 0);
    REQUIRE(::chmod(in.path.c_str(), 0555) == 0);
    CHECK(as_ordinary_user([&] { return writes(in / "open", "new"); }));
    CHECK(as_ordinary_user([&] { return refusal(in / "none") == "write " + (in / "none") + ": Permission denied"; }));
    REQUIRE(::chmod(in.path.c_str(), 0700) == 0);
    CHECK(text_of(in / "open") == "new");
    CHECK(about(in / "open").st_ino == before);
    CHECK(in.entries().size() == 1);
}

TEST_CASE("somebody else's file stays theirs") {
    if (::geteuid() != 0) return;
    for (const mode_t mode : {0777, 01777}) {
        const folder in;
        REQUIRE(::chmod(in.path.c_str(), mode) == 0);
        put(in / "theirs", "old and longer");
        REQUIRE(::chmod((in / "theirs").c_str(), 0666) == 0);
        CHECK(as_ordinary_user([&] { return writes(in / "theirs", "new"); }));
        CHECK(text_of(in / "theirs") == "new");
        CHECK(about(in / "theirs").st_uid == 0);
        CHECK(in.entries().size() == 1);
    }
}

TEST_CASE("a folder that stands where the file should be is an error, and stays") {
    for (const bool quickly : {false, true}) {
        const folder in;
        {
            written_file file = opened(in / "report");
            CHECK(static_cast<bool>(file.write("text")));
            REQUIRE(::mkdir((in / "report").c_str(), 0700) == 0);
            put(in / "report/inside", "kept");
            const status done = quickly ? file.commit_quickly() : file.commit();
            REQUIRE_FALSE(static_cast<bool>(done));
            CHECK(os::describe(done.failure()) ==
                  "rename the finished file to " + (in / "report") + ": Is a directory");
        }
        CHECK(text_of(in / "report/inside") == "kept");
        CHECK(in.entries().size() == 1);
    }
}

TEST_CASE("a link that is planted meanwhile makes way, and what it leads to stays") {
    const folder in;
    put(in / "victim", "kept");
    written_file file = opened(in / "report");
    CHECK(static_cast<bool>(file.write("text")));
    REQUIRE(::symlink("victim", (in / "report").c_str()) == 0);
    CHECK(static_cast<bool>(file.commit_quickly()));
    CHECK(text_of(in / "report") == "text");
    CHECK(text_of(in / "victim") == "kept");
    CHECK(in.entries().size() == 2);
}

TEST_CASE("the folder is the one that was there when the file was opened, also under another name") {
    const folder in;
    REQUIRE(::mkdir((in / "folder").c_str(), 0700) == 0);
    REQUIRE(::mkdir((in / "victim").c_str(), 0700) == 0);
    put(in / "victim/report", "kept");
    written_file file = opened(in / "folder/report");
    CHECK(static_cast<bool>(file.write("text")));
    REQUIRE(::rename((in / "folder").c_str(), (in / "moved").c_str()) == 0);
    REQUIRE(::symlink("victim", (in / "folder").c_str()) == 0);
    CHECK(static_cast<bool>(file.commit_quickly()));
    CHECK(text_of(in / "moved/report") == "text");
    CHECK(text_of(in / "victim/report") == "kept");
}

TEST_CASE("a folder that was removed and made again has the file all the same") {
    const folder in;
    for (const bool again : {true, false}) {
        REQUIRE(::mkdir((in / "folder").c_str(), 0700) == 0);
        written_file file = opened(in / "folder/report");
        CHECK(static_cast<bool>(file.write("text")));
        CHECK(static_cast<bool>(os::remove_folder(in / "folder")));
        if (again) REQUIRE(::mkdir((in / "folder").c_str(), 0700) == 0);
        const status done = file.commit_quickly();
        CHECK(static_cast<bool>(done) == again);
        if (!again)
            CHECK(os::describe(done.failure()) == "write " + (in / "folder/report") + ": No such file or directory");
        if (again) CHECK(text_of(in / "folder/report") == "text");
        CHECK(static_cast<bool>(os::remove_folder(in / "folder")));
    }
}

TEST_CASE("what is appended comes behind what is there") {
    const folder in;
    for (const char* text : {"one ", "two "}) {
        written_file file = opened(in / "summary", delivery::appended);
        CHECK(static_cast<bool>(file.write(text)));
        CHECK(static_cast<bool>(file.commit()));
    }
    CHECK(text_of(in / "summary") == "one two ");
    written_file fresh = opened(in / "summary", delivery::growing);
    CHECK(text_of(in / "summary").empty());
    CHECK(static_cast<bool>(fresh.write("three")));
    CHECK(text_of(in / "summary") == "three");
}

TEST_CASE("the limit on the size of files is an error like a full disk, and the signal stays the program's") {
    const folder in;
    put(in / "old", "kept");
    const pid_t child = ::fork();
    if (child == 0) {
        const struct rlimit little = {100, 100};
        ::setrlimit(RLIMIT_FSIZE, &little);
        bool good = true;
        for (const char* name : {"old", "new"}) {
            result<written_file> made = written_file::open(in / name, delivery::whole);
            good = good && made;
            const status put = made.value().write(std::string(101, 'x'));
            good = good && !put && os::describe(put.failure()) == "write " + (in / name) + ": File too large";
        }
        struct sigaction now {};
        good = good && ::sigaction(SIGXFSZ, nullptr, &now) == 0 && now.sa_handler == SIG_DFL;
        if (!good) ::_exit(1);
        const int file = ::open((in / "by hand").c_str(), O_WRONLY | O_CREAT, 0600);
        for (int i = 0; i < 101; ++i)
            good = ::write(file, "x", 1) == 1 && good;
        ::_exit(0);
    }
    int state = 0;
    REQUIRE(::waitpid(child, &state, 0) == child);
    CHECK(WIFSIGNALED(state));
    CHECK(WTERMSIG(state) == SIGXFSZ);
    CHECK(text_of(in / "old") == "kept");
    CHECK_FALSE(exists(in / "new"));
}

TEST_CASE("places are the same whatever path leads there") {
    const folder in;
    put(in / "file", "x");
    REQUIRE(::symlink("file", (in / "link").c_str()) == 0);
    REQUIRE(::symlink("new", (in / "dangling").c_str()) == 0);
    REQUIRE(::link((in / "file").c_str(), (in / "second").c_str()) == 0);
    REQUIRE(::mkdir((in / "sub").c_str(), 0700) == 0);
    const auto same = [&](const std::string& a, const std::string& b) {
        return os::is_same_place(os::find_written_place(a), os::find_written_place(b));
    };
    for (const char* other : {"file", "./file", "link", "second", "sub/../file"})
        CHECK(same(in / "file", in / other));
    for (const char* other : {"new", "dangling", "sub/../new", ".//new"})
        CHECK(same(in / "new", in / other));
    CHECK_FALSE(same(in / "file", in / "new"));
    CHECK_FALSE(same(in / "new", in / "newer"));
    CHECK_FALSE(same(in / "new", in / "sub/new"));
    CHECK_FALSE(same("/dev/null", "/dev/null"));
    CHECK_FALSE(same(in / "no/such", in / "no/such"));
}
