#pragma once

#include <cordon/adapters/gtest/filter.hpp>
#include <cordon/api/test_case.hpp>

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::gtest_adapter {

/// One test of GoogleTest, and the test of cordon that stands for it. It lives as long as the program.
struct adapted_test {
    const ::testing::TestInfo* info = nullptr;
    std::string full_name;    ///< "Suite.Test", as GoogleTest's filters see it
    std::string name;         ///< of the test of cordon
    std::string description;  ///< the parameter or type
    bool has_rivals = false;  ///< filter_for(full_name) may select another test, too
    detail::decorator items[5];
};

/// All tests of GoogleTest, in its order.
inline std::vector<adapted_test*>& all_tests() {
    static auto* const only = new std::vector<adapted_test*>();
    return *only;
}

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
    registration(std::string filter, bool runs_disabled) : filter_(std::move(filter)), runs_disabled_(runs_disabled) {}

    void add_all(void (*body)(const void*)) {
        const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
        for (int i = 0; i < program.total_test_suite_count(); ++i) {
            const ::testing::TestSuite& suite = *program.GetTestSuite(i);
            if (suite.total_test_count() == 0) continue;
            const detail::suite& owner = *add_suite(suite);
            for (int j = 0; j < suite.total_test_count(); ++j)
                add(*suite.GetTestInfo(j), owner, body);
        }
    }

  private:
    static const detail::suite* add_suite(const ::testing::TestSuite& suite) {
        auto* const name = new detail::decorator[1]{detail::decorator(suite.name())};
        return new detail::suite{place_of(*suite.GetTestInfo(0)), nullptr, name, 1};
    }

    void add(const ::testing::TestInfo& info, const detail::suite& owner, void (*body)(const void*)) {
        adapted_test& made = *new adapted_test;
        const std::string suite = info.test_suite_name();
        made.info = &info;
        made.full_name = suite + "." + info.name();
        made.name = unique(suite, info.name());
        made.description = description_of(info);
        note_rivals(made);
        std::size_t count = 0;
        made.items[count++] = detail::decorator(made.name.c_str());
        made.items[count++] = detail::decorator_scope::require_assertions(false);  // nobody counts those that pass
        if (!made.description.empty())
            made.items[count++] = detail::decorator_scope::description(made.description.c_str());
        if (!runs_disabled_ && (is_disabled(suite) || is_disabled(info.name())))
            made.items[count++] = detail::decorator_scope::skip("disabled: --gtest_also_run_disabled_tests runs it");
        if (!is_selected(filter_, made.full_name))
            made.items[count++] = detail::decorator(detail::decoration::left_out, nullptr, 1);
        all_tests().push_back(&made);
        new detail::test_case(body, place_of(info), &owner, made.items, count, &made);
    }

    /// GoogleTest accepts two tests of one name, cordon does not.
    std::string unique(const std::string& suite, const std::string& wanted) {
        std::string name = wanted;
        for (int number = 2; !taken_.insert(suite + "/" + name).second; ++number)
            name = wanted + " #" + std::to_string(number);
        return name;
    }

    void note_rivals(adapted_test& made) {
        const std::string filter = filter_for(made.full_name);
        adapted_test*& first = by_filter_.emplace(filter, &made).first->second;
        made.has_rivals = filter.find('?') != std::string::npos || first != &made;
        if (first != &made) first->has_rivals = true;
    }

    std::string filter_;
    bool runs_disabled_;
    std::set<std::string> taken_;
    std::map<std::string, adapted_test*> by_filter_;
};

}  // namespace cordon::gtest_adapter
