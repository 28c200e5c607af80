#include <cordon/cordon.hpp>

#include <string>

namespace {
// The same name as in the other file: whatever the macros make must be local to a file.
std::string greeting() { return "hello"; }
}  // namespace

TEST_CASE("first file") { CHECK(greeting() == "hello"); }
