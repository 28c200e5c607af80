#pragma once

#include <gtest/gtest.h>

#include <vector>

// GoogleTest's run looks at each test of the program and writes to most of them. In a forked process each page that it
// writes to is copied. So the suites are emptied before the fork, and a run finds the one test that it is for.

namespace cordon::gtest_adapter {

using ::testing::TestSuite;
using info_list = std::vector<::testing::TestInfo*>;
using index_list = std::vector<int>;

// The tests of a suite are private. An explicit instantiation may name private members.

struct tests_of_suite {
    using type = info_list TestSuite::*;
    friend type member_of(tests_of_suite);
};
struct order_of_suite {
    using type = index_list TestSuite::*;
    friend type member_of(order_of_suite);
};
template <class Place, typename Place::type Member>
struct opened {
    friend typename Place::type member_of(Place) { return Member; }
};
template struct opened<tests_of_suite, &TestSuite::test_info_list_>;
template struct opened<order_of_suite, &TestSuite::test_indices_>;

inline TestSuite& changeable(const TestSuite& suite) { return const_cast<TestSuite&>(suite); }

inline void empty_suites() {
    const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
    for (int i = 0; i < program.total_test_suite_count(); ++i) {
        TestSuite& suite = changeable(*program.GetTestSuite(i));
        (new info_list)->swap(suite.*member_of(tests_of_suite()));  // to free them would copy memory, too
        (new index_list)->swap(suite.*member_of(order_of_suite()));
    }
}

/// While it lives, the test is the only one of its suite, and the others are empty.
class only_test {
  public:
    only_test(const TestSuite& suite, const ::testing::TestInfo& test) : suite_(changeable(suite)) {
        (suite_.*member_of(tests_of_suite())).push_back(const_cast<::testing::TestInfo*>(&test));
        (suite_.*member_of(order_of_suite())).push_back(0);
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
