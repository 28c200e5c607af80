// Two tests that get in each other's way, by a file, and one that does not. NEIGHBOURS_FILE: the file.

#include <cordon/cordon.hpp>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

namespace {

std::string written_and_read(const std::string& text) {
    const char* file = std::getenv("NEIGHBOURS_FILE");
    REQUIRE(file != nullptr);
    std::ofstream(file) << text;
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    std::string read;
    std::ifstream(file) >> read;
    return read;
}

}  // namespace

TEST_CASE("writes one") { CHECK(written_and_read("one") == "one"); }
TEST_CASE("writes two") { CHECK(written_and_read("two") == "two"); }
TEST_CASE("minds its own") {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    CHECK(1 + 1 == 2);
}
