// Two pairs of tests that use the same folder, or the same port, among tests that share nothing.
#include <cordon/cordon.hpp>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using std::chrono::milliseconds;

std::string variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

bool makes(const std::string& folder) {
    const bool made = mkdir(folder.c_str(), 0700) == 0;
    std::this_thread::sleep_for(milliseconds(20));
    if (made) rmdir(folder.c_str());
    return made;
}

bool has_port() {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(std::atoi(variable("COLLIDE_PORT").c_str())));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int own = socket(AF_INET, SOCK_DGRAM, 0);
    const bool got = bind(own, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0;
    std::this_thread::sleep_for(milliseconds(20));
    close(own);
    return got;
}

}  // namespace

TEST_CASE("unpacks") { CHECK(makes(variable("TMPDIR") + "/unpacked-0")); }
TEST_CASE("server") { CHECK(has_port()); }
TEST_CASE("adds") { CHECK(1 + 1 == 2); }
TEST_CASE("makes a folder of its own") { CHECK(makes(std::string(cordon::temp_dir()) + "/unpacked")); }
TEST_CASE("waits") { std::this_thread::sleep_for(milliseconds(30)); }
TEST_CASE("waits as well") { std::this_thread::sleep_for(milliseconds(30)); }
TEST_CASE("unpacks again") { CHECK(makes(variable("TMPDIR") + "/unpacked-0")); }
TEST_CASE("waits once more") { std::this_thread::sleep_for(milliseconds(30)); }
TEST_CASE("second server") { CHECK(has_port()); }
