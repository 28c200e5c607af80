// A second string that a variable holds: which one, the environment says.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>

namespace {

const char* from_environment() {
    const char* text = std::getenv("SECOND_STRING");
    return text == nullptr ? "" : text;
}

}  // namespace

TEST_CASE("is another one") { std::puts("was run"); }
TEST_CASE("adds", from_environment()) { std::puts("was run"); }
