// Tests that meet others: outside their process, or in it.
#include "app.hpp"

#include <cfenv>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace app;

namespace {

bool owns_udp_port(int port) {
    const int one = socket(AF_INET, SOCK_DGRAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool owned = bind(one, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    pause(1'000, 3'000);
    close(one);
    return owned;
}

bool makes_report() {
    const std::string path = "/tmp/planted-app-report-" + std::to_string(std::time(nullptr));
    const int file = open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
    pause(1'000, 3'000);
    if (file < 0) return false;
    close(file);
    unlink(path.c_str());
    return true;
}

bool takes_the_lock() {
    const int file = open("/tmp/planted-app-lock", O_CREAT | O_RDWR, 0600);
    const bool taken = flock(file, LOCK_EX | LOCK_NB) == 0;
    pause(1'000, 2'500);
    close(file);
    return taken;
}

std::string& user() {
    static std::string name;
    return name;
}
bool driver_is_loaded = false;
int lights = 0;

}  // namespace

TEST_SUITE("outside") {
    TEST_CASE("publisher", FLAKY("interference", "1%")) { CHECK(owns_udp_port(47'512)); }
    TEST_CASE("subscriber", FLAKY("interference", "1%")) { CHECK(owns_udp_port(47'512)); }
    TEST_CASE("daily report", FLAKY("interference", "1%")) { CHECK(makes_report()); }
    TEST_CASE("weekly report", FLAKY("interference", "1%")) { CHECK(makes_report()); }
    TEST_CASE("first instance", FLAKY("interference", "1%")) { CHECK(takes_the_lock()); }
    TEST_CASE("second instance", FLAKY("interference", "1%")) { CHECK(takes_the_lock()); }
    TEST_CASE("leaves a draft", tag("cause:polluter")) {
        std::ofstream("/tmp/planted-app-draft") << "draft";
        CHECK(std::filesystem::exists("/tmp/planted-app-draft"));
    }
    TEST_CASE("there is no draft", FLAKY2("interference", "victim", "50%")) {
        CHECK_FALSE(std::filesystem::remove("/tmp/planted-app-draft"));
    }
}

TEST_SUITE("order") {
    TEST_CASE("logs in", tag("cause:polluter")) {
        user() = "ann";
        CHECK(user() == "ann");
    }
    TEST_CASE("nobody is logged in", FLAKY("victim", "shared")) { CHECK(user().empty()); }
    TEST_CASE("logs out", STABLE) {
        user().clear();
        CHECK(user().empty());
    }
    TEST_CASE("prints in hexadecimal", tag("cause:polluter")) {
        std::cout << std::hex;
        CHECK(std::cout.good());
    }
    TEST_CASE("prints the count", FLAKY("victim", "shared")) {
        std::ostringstream text;
        text.copyfmt(std::cout);
        text << 16;
        CHECK(text.str() == "16");
    }
    TEST_CASE("rounds up", tag("cause:polluter")) { CHECK(std::fesetround(FE_UPWARD) == 0); }
    TEST_CASE("half is even", FLAKY("victim", "shared")) {
        volatile double half = 2.5;
        CHECK(std::nearbyint(half) == 2);
    }
    TEST_CASE("moves to the root", tag("cause:polluter")) { CHECK(chdir("/") == 0); }
    TEST_CASE("works in the project", FLAKY2("victim", "environment", "shared")) {
        CHECK(std::filesystem::current_path() != "/");
    }
    TEST_CASE("lights one", STABLE) {
        ++lights;
        CHECK(lights > 0);
    }
    TEST_CASE("lights another", STABLE) {
        lights += 2;
        CHECK(lights > 1);
    }
    TEST_CASE("not all lights are on", FLAKY("victim", "shared")) { CHECK(lights < 3); }
    TEST_CASE("loads the driver", STABLE) {
        driver_is_loaded = true;
        CHECK(driver_is_loaded);
    }
    TEST_CASE("uses the driver", FLAKY("brittle", "shared")) { CHECK(driver_is_loaded); }
}
