#include <cordon/cordon.hpp>

#include <string>

namespace {
std::string greeting() { return "good morning"; }
}  // namespace

TEST_CASE("second file") { CHECK(greeting() == "good morning"); }
