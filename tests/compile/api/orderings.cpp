// Three-way comparison, where the standard has it.
#include <cordon/cordon.hpp>

#if defined(__cpp_impl_three_way_comparison)
#include <compare>

TEST_CASE("orderings") {
    const int a = 1;
    const double d = 1;
    CHECK((a <=> 2) < 0);
    CHECK((a <=> 1) == 0);
    CHECK((d <=> 0.5) > 0);
    CHECK((a <=> 1) == std::strong_ordering::equal);
    CHECK_FALSE((a <=> 1) != 0);
}
#endif
