#pragma once

#include <cordon/adapters/gtest/filter.hpp>
#include <cordon/adapters/shared/enrolment.hpp>

#include <gtest/gtest.h>

#include <string>

namespace cordon::gtest_adapter {

/// One test of GoogleTest. It lives as long as the program.
struct adapted_test {
    const ::testing::TestSuite* suite = nullptr;
    const ::testing::TestInfo* info = nullptr;
    std::string description;  ///< the parameter or type
};

inline std::string description_of(const ::testing::TestInfo& info) {
    if (info.value_param() != nullptr) return std::string("GetParam() = ") + info.value_param();
    if (info.type_param() != nullptr) return std::string("TypeParam = ") + info.type_param();
    return {};
}

inline location place_of(const ::testing::TestInfo& info) {
    return {info.file() == nullptr ? "" : info.file(), static_cast<unsigned>(info.line() < 0 ? 0 : info.line())};
}

/// Adds GoogleTest's tests to cordon's.
class registration {
  public:
    registration(std::string filter, bool runs_disabled, void (*body)(const void*))
        : filter_(std::move(filter)), runs_disabled_(runs_disabled), enrolment_(body) {}

    void add_all() {
        const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
        for (int i = 0; i < program.total_test_suite_count(); ++i) {
            const ::testing::TestSuite& suite = *program.GetTestSuite(i);
            for (int j = 0; j < suite.total_test_count(); ++j)
                add(suite, *suite.GetTestInfo(j));
        }
    }

  private:
    void add(const ::testing::TestSuite& suite, const ::testing::TestInfo& info) {
        adapted_test& known = *new adapted_test;
        adapters::new_test made;
        made.suite = info.test_suite_name();
        made.name = info.name();
        made.where = place_of(info);
        made.context = &known;
        known.suite = &suite;
        known.info = &info;
        known.description = description_of(info);
        using scope = detail::decorator_scope;
        made.decorate(scope::require_assertions(false));  // nobody counts those that pass
        if (!known.description.empty()) made.decorate(scope::description(known.description.c_str()));
        if (!runs_disabled_ && (is_disabled(made.suite) || is_disabled(made.name)))
            made.decorate(scope::skip("disabled: --gtest_also_run_disabled_tests runs it"));
        if (!is_selected(filter_, made.suite + "." + made.name)) made.leave_out();
        enrolment_.add(made);
    }

    std::string filter_;
    bool runs_disabled_;
    adapters::enrolment enrolment_;
};

}  // namespace cordon::gtest_adapter
