// Tests that meet others: outside their process, or in it.
#include "planted.hpp"

#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace planted;

namespace {

bool holds_port(int port, int least, int most) {
    const int one = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<std::uint16_t>(port));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool held = bind(one, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0 && listen(one, 1) == 0;
    nap(least, most);
    close(one);
    return held;
}

bool writes_and_reads(const char* path, const char* text) {
    std::ofstream(path) << text;
    nap(1000, 3000);
    std::string read;
    std::ifstream(path) >> read;
    return read == text;
}

bool makes_folder(const char* path) {
    const bool made = mkdir(path, 0700) == 0;
    nap(1500, 2500);
    if (made) rmdir(path);
    return made;
}

std::map<std::string, int>& cache() {
    static std::map<std::string, int> all;
    return all;
}
int level = 0;
bool plugin_is_loaded = false;

}  // namespace

TEST_SUITE("outside") {
    TEST_CASE("first server", FLAKY("interference", "1%")) { CHECK(holds_port(47'391, 2000, 3000)); }
    TEST_CASE("second server", FLAKY("interference", "1%")) { CHECK(holds_port(47'391, 2000, 3000)); }
    TEST_CASE("saves the score", FLAKY("interference", "1%")) { CHECK(writes_and_reads("/tmp/planted-score", "12")); }
    TEST_CASE("saves the last score", FLAKY("interference", "1%")) {
        CHECK(writes_and_reads("/tmp/planted-score", "7"));
    }
    TEST_CASE("unpacks", FLAKY("interference", "1%")) { CHECK(makes_folder("/tmp/planted-unpacked")); }
    TEST_CASE("unpacks again", FLAKY("interference", "1%")) { CHECK(makes_folder("/tmp/planted-unpacked")); }
}

TEST_SUITE("order") {
    TEST_CASE("fills the cache", tag("cause:polluter")) {
        cache()["a"] = 1;
        CHECK(cache().count("a") == 1);
    }
    TEST_CASE("cache is empty", FLAKY("victim", "shared")) { CHECK(cache().empty()); }
    TEST_CASE("turns the log on", tag("cause:polluter")) { CHECK(++level == 1); }
    TEST_CASE("log is off", FLAKY("victim", "shared")) { CHECK(level == 0); }
    TEST_CASE("loads the plugin", STABLE) {
        plugin_is_loaded = true;
        CHECK(plugin_is_loaded);
    }
    TEST_CASE("changes the mode", tag("cause:polluter")) { CHECK(setenv("PLANTED_MODE", "fast", 1) == 0); }
    TEST_CASE("mode is plain", FLAKY("victim", "shared")) { CHECK(getenv("PLANTED_MODE") == nullptr); }
    TEST_CASE("clears the cache", STABLE) {
        cache().clear();
        CHECK(cache().empty());
    }
}
