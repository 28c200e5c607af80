#include <cordon/cordon.hpp>

#include <deque>
#include <string>

// 5,000 tests, registered as TEST_CASE does it. The compiler needs long for so many macros.

namespace {

struct one_of_many {
    explicit one_of_many(int number) : name("suite/test number " + std::to_string(number)), given(name.c_str()) {}
    std::string name;
    cordon::detail::decorator given;
    cordon::detail::test_case test{[](const void*) {}, {__FILE__, __LINE__}, nullptr, &given, 1};
};

const std::deque<one_of_many> tests = [] {
    std::deque<one_of_many> all;
    for (int i = 0; i < 5000; ++i)
        all.emplace_back(i);
    return all;
}();

}  // namespace
