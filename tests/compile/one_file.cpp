// The files of a program in one, as a unity build makes it, with the engine between them.

#include <cordon/cordon.hpp>

TEST_CASE("before the engine") { CHECK(2 + 2 == 4); }

#define CORDON_MAIN
#include <cordon/matchers.hpp>
#undef CORDON_MAIN

#include <cordon/cordon.hpp>

#include <vector>

TEST_CASE("behind the engine") { CHECK_THAT(std::vector<int>({1, 2}), cordon::matchers::has_size(2)); }
