// Each assertion macro that takes an expression apart refuses what it cannot take apart, with advice. All in one
// compilation: each case has a type of its own, because a compiler reports an instantiation once.
// errors EVERY 60: at the top of an assertion: put parentheses around it
#include <cordon/cordon.hpp>

namespace {

template <class Case>
struct subject {
    constexpr explicit operator bool() const { return true; }
    constexpr bool operator==(const subject&) const { return true; }
};

}  // namespace

#if defined(EVERY)
#define CASE(name) subject<struct name>()
#define REFUSED(MACRO)                        \
    MACRO(CASE(MACRO##_and) && true);         \
    MACRO(CASE(MACRO##_or) || true);          \
    MACRO(CASE(MACRO##_conditional) ? 1 : 2); \
    MACRO(1 == 1 && CASE(MACRO##_and_after)); \
    MACRO(1 == 1 || CASE(MACRO##_or_after))
#define REFUSED_WITH_MESSAGE(MACRO)                      \
    MACRO(CASE(MACRO##_and) && true, "message");         \
    MACRO(CASE(MACRO##_or) || true, "message");          \
    MACRO(CASE(MACRO##_conditional) ? 1 : 2, "message"); \
    MACRO(1 == 1 && CASE(MACRO##_and_after), "message"); \
    MACRO(1 == 1 || CASE(MACRO##_or_after), "message")
TEST_CASE("refused") {
    REFUSED(CORDON_WARN);
    REFUSED(CORDON_WARN_FALSE);
    REFUSED_WITH_MESSAGE(CORDON_WARN_MESSAGE);
    REFUSED_WITH_MESSAGE(CORDON_WARN_FALSE_MESSAGE);
    REFUSED(CORDON_CHECK);
    REFUSED(CORDON_CHECK_FALSE);
    REFUSED_WITH_MESSAGE(CORDON_CHECK_MESSAGE);
    REFUSED_WITH_MESSAGE(CORDON_CHECK_FALSE_MESSAGE);
    REFUSED(CORDON_REQUIRE);
    REFUSED(CORDON_REQUIRE_FALSE);
    REFUSED_WITH_MESSAGE(CORDON_REQUIRE_MESSAGE);
    REFUSED_WITH_MESSAGE(CORDON_REQUIRE_FALSE_MESSAGE);
}
#else
TEST_CASE("with parentheses") {
    CHECK((subject<int>() && true));
    WARN_FALSE((subject<int>() ? false : true));
    REQUIRE_MESSAGE((1 == 1 || subject<int>()), "message");
    STATIC_REQUIRE(subject<int>() && true);
    CHECK_UNARY(subject<int>() && true);
}
#endif
