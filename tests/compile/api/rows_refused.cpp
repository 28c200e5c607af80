// What TEST_CASE_PARAMS and its relatives refuse, and the words that say why.
// error WRONG_TYPE: must be a value that converts to its type
// error ONE_OF_WRONG_TYPE: must be a value that converts to its type
// error WRONG_RANGE: must be a value that converts to its type
// error WRONG_ROW: the value of cordon::row does not convert to the parameter's type
// error HIDDEN: the name of a decorator hides yours: write ::name
// error DECORATOR: the decorators of TEST_CASE_PARAMS stand beside its name
// error NESTED: the_type_of_a_value_in_nested_braces_must_be_named
// error NONE: the_type_of_a_value_in_nested_braces_must_be_named
#include <cordon/cordon.hpp>

#include <string>
#include <vector>

struct table {
    std::string name;
    std::vector<int> numbers;
};
static const int threads[] = {1, 2};

TEST_CASE_PARAMS("taken", int n, 1, ::threads) { CHECK(n > 0); }
#if defined(WRONG_TYPE)
TEST_CASE_PARAMS("refused", int n, std::string("x")) { CHECK(n > 0); }
#endif
#if defined(ONE_OF_WRONG_TYPE)
TEST_CASE_PARAMS("refused", int n, 1, "x", 2) { CHECK(n > 0); }
#endif
#if defined(WRONG_RANGE)
TEST_CASE_PARAMS("refused", int n, std::vector<std::string>{"x"}) { CHECK(n > 0); }
#endif
#if defined(WRONG_ROW)
TEST_CASE_PARAMS("refused", int n, 1, cordon::row("x", skip())) { CHECK(n > 0); }
#endif
#if defined(HIDDEN)
TEST_CASE_PARAMS("refused", int n, threads) { CHECK(n > 0); }
#endif
#if defined(DECORATOR)
TEST_CASE_PARAMS("refused", int n, tag("x"), 1) { CHECK(n > 0); }
#endif
#if defined(NESTED)
TEST_CASE_PARAMS("refused", const table& t, {"x", {1, 2}}, cordon::row(table{"y", {}}, skip())) {
    CHECK(t.numbers.empty());
}
#endif
#if defined(NONE)
TEST_CASE_PARAMS("refused", int n, ) { CHECK(n > 0); }
#endif
