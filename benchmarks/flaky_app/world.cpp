// Tests that pass where they were written.
#include "app.hpp"

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fcntl.h>
#include <pwd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace app;

extern "C" char end;  // of the program's data

namespace {

std::time_t local(int year, int month, int day, int hour) {
    std::tm parts{};
    parts.tm_year = year - 1900;
    parts.tm_mon = month - 1;
    parts.tm_mday = day;
    parts.tm_hour = hour;
    parts.tm_isdst = -1;
    return std::mktime(&parts);
}

std::string printed(const char* format, std::time_t then) {
    char text[64] = "";
    std::strftime(text, sizeof text, format, std::localtime(&then));
    return text;
}

struct account {
    account() {}  // forgets the balance
    long owner = 0;
    long balance;
    char history[200'000];
};

__attribute__((noinline)) int sum_of_unset() {
    volatile unsigned char block[20'000];
    int sum = 0;
    for (int i = 0; i < 4'000; i += 7)
        sum += block[i];
    return sum;
}

}  // namespace

TEST_SUITE("world") {
    TEST_CASE("invoice has its date", FLAKY("time_zone", "elsewhere")) {
        CHECK(printed("%Y-%m-%d", 1'735'686'000) == "2024-12-31");
    }
    TEST_CASE("spring has 92 days", FLAKY("time_zone", "elsewhere")) {
        CHECK(local(2024, 6, 1, 0) - local(2024, 3, 1, 0) == 92 * 86'400);
    }
    TEST_CASE("appointment is kept in UTC", FLAKY("time_zone", "elsewhere")) {
        CHECK(local(2024, 1, 15, 12) == 1'705'320'000);
    }
    TEST_CASE("name has one letter", FLAKY("locale", "elsewhere")) {  // written where texts are UTF-8
        std::setlocale(LC_ALL, "");
        wchar_t wide[8];
        CHECK(std::mbstowcs(wide, "\xc3\xa9", 8) == 1);
    }
    TEST_CASE("settings are saved in the home", FLAKY("environment", "elsewhere")) {
        const std::string path = std::string(std::getenv("HOME")) + "/.planted-app-" + std::to_string(getpid());
        std::ofstream(path) << "color=red\n";
        CHECK(std::filesystem::exists(path));
        std::remove(path.c_str());
    }
    TEST_CASE("home is that of the user", FLAKY("environment", "elsewhere")) {
        const passwd* user = getpwuid(getuid());
        REQUIRE(user != nullptr);
        CHECK(std::string(user->pw_dir) == std::getenv("HOME"));
    }
    TEST_CASE("group may read the key", FLAKY("environment", "elsewhere")) {
        const std::string path = std::string(cordon::temp_dir()) + "/key";
        std::ofstream(path.c_str()) << "k";
        struct stat found {};
        REQUIRE(stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777) == 0644);
    }
    TEST_CASE("project has a name", FLAKY("environment", "elsewhere")) {
        CHECK_FALSE(std::filesystem::current_path().filename().empty());
    }
    TEST_CASE("pool has several threads", FLAKY("processors", "elsewhere")) {
        CHECK(std::thread::hardware_concurrency() > 1);
    }
    TEST_CASE("serves twenty clients", FLAKY("descriptors", "elsewhere")) {
        std::vector<int> open;
        for (int i = 0; i < 20; ++i) {
            int both[2] = {-1, -1};
            CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, both) == 0);
            open.push_back(both[0]);
            open.push_back(both[1]);
        }
        for (const int each : open)
            close(each);
    }
    TEST_CASE("arena lies far from the data", FLAKY("address", "elsewhere")) {
        CHECK(static_cast<char*>(sbrk(0)) - &end > 0x30'0000);
    }
    TEST_CASE("new account is empty", FLAKY("uninitialised", "elsewhere")) {
        const account* const made = new account;
        CHECK(*const_cast<const volatile long*>(&made->balance) == 0);
        delete made;
    }
    TEST_CASE("buffer begins empty", FLAKY("uninitialised", "elsewhere")) { CHECK(sum_of_unset() == 0); }
    TEST_CASE("closed session keeps its user", FLAKY("uninitialised", "elsewhere")) {
        auto* const session = static_cast<volatile int*>(std::malloc(4'000));
        session[500] = 42;
        std::free(const_cast<int*>(session));
        CHECK(session[500] == 42);
    }
}
