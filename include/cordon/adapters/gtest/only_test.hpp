#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <vector>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

// GoogleTest's run looks at each suite and test of the program and writes to most of them. In a forked process each
// page that it writes to is copied. So the suites are emptied before the fork, and the program's list of suites is made
// short: a run finds the one test that it is for.

namespace cordon::gtest_adapter {

using ::testing::TestSuite;
using info_list = std::vector<::testing::TestInfo*>;
using index_list = std::vector<int>;
using suite_list = std::vector<TestSuite*>;

// The tests of a suite are private. An explicit instantiation may name private members.

struct tests_of_suite {
    using type = info_list TestSuite::*;
    friend type member_of(tests_of_suite);
};
struct order_of_suite {
    using type = index_list TestSuite::*;
    friend type member_of(order_of_suite);
};
struct program_of_test {
    using type = ::testing::internal::UnitTestImpl* ::testing::UnitTest::*;
    friend type member_of(program_of_test);
};
template <class Place, typename Place::type Member>
struct opened {
    friend typename Place::type member_of(Place) { return Member; }
};
template struct opened<tests_of_suite, &TestSuite::test_info_list_>;
template struct opened<order_of_suite, &TestSuite::test_indices_>;
template struct opened<program_of_test, &::testing::UnitTest::impl_>;

inline TestSuite& changeable(const TestSuite& suite) { return const_cast<TestSuite&>(suite); }

/// GoogleTest's own list of suites. Its class is not in GoogleTest's headers, so the list is known by what it holds:
/// all suites of the program, in their order. Null if it is not found.
inline suite_list* find_list_of(const suite_list& suites) {
#if defined(__GLIBC__)
    void* const program = (*::testing::UnitTest::GetInstance()).*member_of(program_of_test());
    const std::size_t words = ::malloc_usable_size(program) / sizeof(void*);
    auto* const all = static_cast<TestSuite***>(program);
    for (std::size_t i = 0; i + 3 <= words && sizeof(suite_list) == 3 * sizeof(void*); ++i) {
        TestSuite** const first = all[i];
        TestSuite** const last = all[i + 1];
        if (first == nullptr || last != first + suites.size() || all[i + 2] < last) continue;
        if (std::equal(suites.begin(), suites.end(), first)) return reinterpret_cast<suite_list*>(all + i);
    }
#endif
    static_cast<void>(suites);
    return nullptr;
}

/// The list of suites of a run; null if it has all of them.
inline suite_list*& short_list() {
    static suite_list* only = nullptr;
    return only;
}

inline void shorten_list_of_suites() {
    const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
    suite_list suites;
    for (int i = 0; i < program.total_test_suite_count(); ++i)
        suites.push_back(&changeable(*program.GetTestSuite(i)));
    if (suites.empty()) return;
    short_list() = find_list_of(suites);
    if (short_list() != nullptr) short_list()->resize(1);
}

inline void empty_suites() {
    const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
    for (int i = 0; i < program.total_test_suite_count(); ++i) {
        TestSuite& suite = changeable(*program.GetTestSuite(i));
        (new info_list)->swap(suite.*member_of(tests_of_suite()));  // to free them would copy memory, too
        (new index_list)->swap(suite.*member_of(order_of_suite()));
    }
}

/// While it lives, the test is the only one of its suite, and the others are empty or not listed.
class only_test {
  public:
    only_test(const TestSuite& suite, const ::testing::TestInfo& test) : suite_(changeable(suite)) {
        (suite_.*member_of(tests_of_suite())).push_back(const_cast<::testing::TestInfo*>(&test));
        (suite_.*member_of(order_of_suite())).push_back(0);
        if (short_list() != nullptr) short_list()->front() = &suite_;
    }
    ~only_test() {
        (suite_.*member_of(tests_of_suite())).clear();
        (suite_.*member_of(order_of_suite())).clear();
    }
    only_test(const only_test&) = delete;
    only_test& operator=(const only_test&) = delete;

  private:
    TestSuite& suite_;
};

}  // namespace cordon::gtest_adapter
