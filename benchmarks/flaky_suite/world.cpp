// Tests that pass here and fail elsewhere.
#include "planted.hpp"

#include <clocale>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <locale>
#include <sstream>
#include <thread>
#include <vector>

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace planted;

namespace {

std::tm local_of(std::time_t then) {
    std::tm parts{};
    localtime_r(&then, &parts);
    return parts;
}

int processors() {
    cpu_set_t usable;
    CPU_ZERO(&usable);
    sched_getaffinity(0, sizeof usable, &usable);
    return CPU_COUNT(&usable);
}

}  // namespace

TEST_SUITE("world") {
    TEST_CASE("shop opens at nine", FLAKY("time_zone", "elsewhere")) { CHECK(local_of(1'689'411'600).tm_hour == 9); }
    TEST_CASE("year ends at midnight", FLAKY("time_zone", "elsewhere")) {
        CHECK(local_of(1'704'067'199).tm_year == 123);
        CHECK(local_of(1'704'067'200).tm_year == 124);
    }
    TEST_CASE("each day has 24 hours", FLAKY("time_zone", "elsewhere")) {
        // Days from March to April, where many zones change their clocks.
        for (std::time_t noon = 1'710'072'000; noon < 1'712'000'000; noon += 86'400)
            CHECK(local_of(noon).tm_hour == local_of(noon + 86'400).tm_hour);
    }
    TEST_CASE("upper case of title", FLAKY("locale", "elsewhere")) {
        const char* all = std::getenv("LC_ALL");
        CHECK((all == nullptr || *all == 0));
    }
    TEST_CASE("reads its settings", FLAKY("environment", "elsewhere")) {
        const char* home = std::getenv("HOME");
        REQUIRE(home != nullptr);
        DIR* folder = opendir(home);
        CHECK(folder != nullptr);
        if (folder != nullptr) closedir(folder);
    }
    TEST_CASE("others may read the log", FLAKY("environment", "elsewhere")) {
        const std::string path = std::string(cordon::temp_dir()) + "/log";
        close(open(path.c_str(), O_CREAT | O_WRONLY, 0666));
        struct stat found {};
        REQUIRE(stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0044) == 0044);
    }
    TEST_CASE("data lies in the working folder", FLAKY("environment", "elsewhere")) {
        char folder[4096] = "";
        REQUIRE(getcwd(folder, sizeof folder) != nullptr);
        CHECK(std::string(folder) != "/");
    }
    TEST_CASE("opens fifty files", FLAKY("descriptors", "elsewhere")) {
        std::vector<int> files;
        for (int i = 0; i < 50; ++i)
            files.push_back(open("/dev/null", O_RDONLY));
        CHECK(files.back() >= 0);
        for (const int each : files)
            close(each);
    }
    TEST_CASE("has a processor for each of two", FLAKY("processors", "elsewhere")) { CHECK(processors() >= 2); }
    TEST_CASE("stack is at another place each time", FLAKY("address", "elsewhere")) {
        // Where addresses are not drawn, the program lies at 0x5555'5555'4000.
        CHECK(reinterpret_cast<std::uintptr_t>(&processors) >> 28 != 0x55555);
    }
    TEST_CASE("new memory is zero", FLAKY("uninitialised", "elsewhere")) {
        auto* volatile memory = static_cast<unsigned char*>(std::malloc(200'001));
        int sum = 0;
        for (int i = 100; i < 4000; ++i)
            sum += memory[i];
        std::free(memory);
        CHECK(sum == 0);
    }
}
