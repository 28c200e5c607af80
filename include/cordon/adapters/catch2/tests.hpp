#pragma once

#include <cordon/adapters/catch2/edition.hpp>
#include <cordon/adapters/shared/enrolment.hpp>

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// Adds Catch2's tests to cordon's.
class registration {
  public:
    registration(const ::Catch::Config& config, void (*body)(const void*)) : config_(config), enrolment_(body) {}

    void add_all() {
        for (const test_handle& each : ::Catch::getAllTestCasesSorted(config_))
            add(each);
    }

  private:
    void add(const test_handle& test) {
        const ::Catch::TestCaseInfo& info = info_of(test);
        adapters::new_test made;
        made.name = std::string(adapters::trimmed(info.name));
        made.where = {info.lineInfo.file, static_cast<unsigned>(info.lineInfo.line)};
        made.context = &test;
        if (config_.testSpec().hasFilters()) {
            choose(info, made);
        } else if (const std::string tags = info.tagsAsString(); !tags.empty()) {
            made.decorate(detail::decorator(adapters::lasting(tags)));  // hides tests, too
        }
        enrolment_.add(made);
    }

    /// The user has named tests in Catch2's words: only these run, even if they are hidden.
    void choose(const ::Catch::TestCaseInfo& info, adapters::new_test& made) const {
        using scope = detail::decorator_scope;
        for (const auto& each : info.tags)
            made.decorate(scope::tag(adapters::lasting(text_of_tag(each))));
        if (info.expectedToFail()) {
            made.decorate(scope::should_fail());
        } else if (info.okToFail()) {
            made.decorate(scope::may_fail());
        }
        const bool is_safe = !info.throws() || config_.allowThrows();
        if (!is_safe || !config_.testSpec().matches(info)) made.leave_out();
    }

    const ::Catch::Config& config_;
    adapters::enrolment enrolment_;
};

}  // namespace cordon::catch2_adapter
