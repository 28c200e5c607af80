#include <cordon/engine/os/system.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

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
