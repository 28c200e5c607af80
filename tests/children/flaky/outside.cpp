// Tests that depend on what is outside of them: files, ports, limits, settings, other tests.
#include <cordon/cordon.hpp>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lots.hpp"

using flaky::draw;

namespace {

int shared_number = 0;
bool prepared = false;

bool take_port() {
    const int made = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in where {};
    where.sin_family = AF_INET;
    where.sin_port = htons(47391);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool taken = bind(made, reinterpret_cast<struct sockaddr*>(&where), sizeof where) == 0;
    usleep(2500);
    close(made);
    return taken;
}

const char* shared_file() { return "/tmp/cordon-flaky-corpus"; }

bool write_file(const char* path) {
    const int file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (file < 0) return false;
    close(file);
    return true;
}

bool make_shared_file() {
    const bool made = write_file(shared_file());
    usleep(2500);
    if (made) unlink(shared_file());
    return made;
}

}  // namespace

TEST_SUITE("outside") {
    TEST_CASE("takes a fixed port", tag("flaky"), tag("cause:interference"), tag("rate:5%")) { CHECK(take_port()); }
    TEST_CASE("takes the same port", tag("flaky"), tag("cause:interference"), tag("rate:5%")) { CHECK(take_port()); }

    TEST_CASE("makes a file of a fixed name", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        CHECK(make_shared_file());
    }
    TEST_CASE("makes the same file", tag("flaky"), tag("cause:interference"), tag("rate:5%")) {
        CHECK(make_shared_file());
    }

    // What one run leaves behind, the next one finds.
    TEST_CASE("leaves a file at times", tag("flaky"), tag("cause:random"), tag("cause:clock"),
              tag("cause:interference"), tag("rate:10%")) {
        const bool made = write_file("/tmp/cordon-flaky-left");
        if (!made || draw(10) != 0) unlink("/tmp/cordon-flaky-left");
        CHECK(made);
    }

    TEST_CASE("runs out of descriptors", tag("flaky"), tag("cause:descriptors"), tag("rate:15%")) {
        struct rlimit few {};
        getrlimit(RLIMIT_NOFILE, &few);
        few.rlim_cur = few.rlim_cur < 60 ? few.rlim_cur : 60;
        setrlimit(RLIMIT_NOFILE, &few);
        const unsigned wanted = 35 + draw(25);
        bool all = true;
        for (unsigned i = 0; i < wanted; ++i)
            all = open("/dev/null", O_RDONLY) >= 0 && all;
        CHECK(all);
    }

    TEST_CASE("day in the time zone", tag("flaky"), tag("cause:time_zone"), tag("rate:elsewhere")) {
        const std::time_t then = 1'600'000'000 + static_cast<std::time_t>(draw(86'400));
        std::tm here = *std::localtime(&then);
        const std::tm there = *std::gmtime(&then);
        CHECK(here.tm_hour == there.tm_hour);
    }

    TEST_CASE("locale that may not be there", tag("flaky"), tag("cause:locale"), tag("rate:elsewhere")) {
        CHECK(std::setlocale(LC_ALL, "") != nullptr);
    }

    TEST_CASE("sets a number that all share", tag("cause:polluter")) { shared_number = 7; }
    TEST_CASE("expects the number of the start", tag("flaky"), tag("cause:victim"), tag("rate:shared")) {
        CHECK(shared_number == 0);
    }
    TEST_CASE("sets a variable of the environment", tag("cause:polluter")) {
        CHECK(setenv("FLAKY_MODE", "fast", 1) == 0);
    }
    TEST_CASE("expects no such variable", tag("flaky"), tag("cause:victim"), tag("rate:shared")) {
        CHECK(std::getenv("FLAKY_MODE") == nullptr);
    }
    TEST_CASE("changes the mask of files", tag("cause:polluter")) { umask(0777); }
    TEST_CASE("expects to read its file", tag("flaky"), tag("cause:victim"), tag("rate:shared")) {
        const mode_t mask = umask(0);
        umask(mask);
        CHECK(mask != 0777);
    }
    TEST_CASE("prepares for others", tag("cause:setter")) { prepared = true; }
    TEST_CASE("expects to be prepared", tag("flaky"), tag("cause:brittle"), tag("rate:shared")) { CHECK(prepared); }
}
