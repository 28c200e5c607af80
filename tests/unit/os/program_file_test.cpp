#include <cordon/engine/os/system.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <unistd.h>

using namespace cordon::engine;

namespace {

constexpr const char* own = "/proc/self/exe";

std::string bytes_of_this_program() {
    std::ifstream file(own, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class file_of {
  public:
    explicit file_of(const std::string& bytes) {
        const int made = ::mkstemp(&path_[0]);
        REQUIRE(made >= 0);
        ::close(made);
        std::ofstream(path_, std::ios::binary) << bytes;
    }
    ~file_of() { std::remove(path_.c_str()); }
    const std::string& path() const { return path_; }

  private:
    std::string path_ = "/tmp/cordon-program-XXXXXX";
};

/// Where the first function lies of which a name is known.
std::uint64_t some_place(os::program_file& in) {
    for (std::uint64_t at = 0; at < 0x1000'0000; at += 64) {
        if (!in.function_at(at).empty()) return at;
    }
    return 0;
}

std::string output_of(const std::string& command) {
    std::string text;
    FILE* from = ::popen(command.c_str(), "r");
    if (from == nullptr) return text;
    char part[4096];
    while (const std::size_t got = std::fread(part, 1, sizeof part, from))
        text.append(part, got);
    ::pclose(from);
    return text;
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// "file.cpp:12", as llvm-symbolizer says it of each address; "" where there is no such tool.
std::vector<std::string> places_by_tool(const std::vector<std::uint64_t>& addresses) {
    const std::string program = "/proc/" + std::to_string(::getpid()) + "/exe";
    std::string command = "llvm-symbolizer --output-style=GNU --no-inlines -e " + program;
    char text[32];
    for (const std::uint64_t each : addresses) {
        std::snprintf(text, sizeof text, " 0x%llx", static_cast<unsigned long long>(each));
        command += text;
    }
    std::istringstream lines(output_of(command + " 2>/dev/null"));
    std::vector<std::string> places;
    for (std::string function, place; std::getline(lines, function) && std::getline(lines, place);)
        places.push_back(name_of(place.substr(0, place.find(" ("))));
    return places;
}

}  // namespace

TEST_CASE("the functions of a program are known by their names") {
    const auto program = os::open_program(own);
    REQUIRE(program);
    const std::uint64_t place = some_place(*program);
    REQUIRE(place != 0);
    CHECK(program->function_at(place).find("+0x") != std::string::npos);
    CHECK(program->function_at(~std::uint64_t{0}).empty());
}

TEST_CASE("what is no program is refused") {
    CHECK_FALSE(os::open_program("/nowhere/at/all"));
    CHECK_FALSE(os::open_program("/tmp"));
    CHECK_FALSE(os::open_program(file_of("").path()));
    CHECK_FALSE(os::open_program(file_of("no program").path()));
    const std::string bytes = bytes_of_this_program();
    CHECK_FALSE(os::open_program(file_of(bytes.substr(0, 40)).path()));
}

TEST_CASE("a program that is cut short names nothing, and harms nobody") {
    const std::string bytes = bytes_of_this_program();
    for (const std::size_t size : {std::size_t{64}, bytes.size() / 4, bytes.size() - 1}) {
        const file_of cut(bytes.substr(0, size));
        const auto program = os::open_program(cut.path());
        REQUIRE(program);
        CHECK(program->function_at(program->address_of(0x1000)).empty());
    }
    // After it was opened, as by a linker that writes it anew.
    const file_of later(bytes);
    const auto program = os::open_program(later.path());
    REQUIRE(program);
    REQUIRE(::truncate(later.path().c_str(), 100) == 0);
    CHECK(program->function_at(program->address_of(0x1000)).empty());
}

TEST_CASE("files and lines are those that a debugger's tool tells") {
    const auto program = os::open_program(own);
    REQUIRE(program);
    if (!program->has_lines()) return;
    std::vector<std::uint64_t> addresses;
    // Long parts of a program may have no lines.
    for (std::uint64_t at = some_place(*program), misses = 0; addresses.size() < 1000 && misses < 40'000;) {
        const source_place place = program->place_at(at);
        misses = place.line == 0 ? misses + 1 : 0;
        if (place.line != 0) addresses.push_back(at);
        at += place.line == 0 ? 997 : 37;
    }
    const std::vector<std::string> told = places_by_tool(addresses);
    if (told.size() != addresses.size()) return;  // no such tool
    CHECK(addresses.size() > 100);
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        const source_place place = program->place_at(addresses[i]);
        CHECK(name_of(place.file) + ":" + std::to_string(place.line) == told[i]);
    }
    CHECK(program->place_at(~std::uint64_t{0}).line == 0);
}

TEST_CASE("a table of lines that is cut short or damaged says something or nothing, and ends") {
    std::string noise;
    for (unsigned i = 0, state = 1; i < 4096; ++i, state = state * 1103515245 + 12345)
        noise += static_cast<char>(state >> 16);
    CHECK(line_table("", "").place_at(0x1000).line == 0);
    for (std::size_t size : {1, 4, 5, 12, 40, 4000}) {
        // With a length and a version that are believed.
        std::string unit = noise.substr(0, size);
        const std::size_t length = unit.size() + 2;
        std::string header;
        for (int shift = 0; shift < 32; shift += 8)
            header += static_cast<char>(length >> shift);
        const line_table table(header + std::string("\5\0", 2) + unit, noise);
        table.place_at(0x1000);
    }
}
