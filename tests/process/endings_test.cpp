#include "run_child.hpp"

#include <doctest/doctest.h>

using namespace process_test;

TEST_CASE("a child runs and its report is read") {
    const outcome got = run("endings", {"passes"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["passes"].verdict == "passed");
}
