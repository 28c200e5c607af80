#pragma once

#include <cordon/adapters/gtest/tests.hpp>
#include <cordon/adapters/shared/telling.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Passes what GoogleTest says about the running test on to cordon.
class listener : public ::testing::EmptyTestEventListener {
  public:
    void begin(const adapted_test& test) {
        test_ = &test;
        failures_ = 0;
        ran_ = was_skipped_ = false;
        skip_.clear();
    }

    /// `succeeded`: RUN_ALL_TESTS returned 0. Does not return if the test was skipped.
    void conclude(bool succeeded) {
        const ::testing::TestResult& result = *test_->info->result();
        if (ran_) tell_properties(result);
        if (failures_ != 0) return;
        const bool is_skipped = ran_ ? result.Skipped() : was_skipped_;
        if (is_skipped && succeeded) adapters::skip(skip_);
        if (ran_ && result.Passed() && succeeded) return;
        fail(nullptr, 0, "", ran_ ? "GoogleTest has failed outside of the test" : "GoogleTest did not run this test");
        tell_failures_outside();
    }

    void OnTestPartResult(const ::testing::TestPartResult& part) override {
        if (test_ == nullptr || part.passed()) return;
        const char* const message = part.message() == nullptr ? "" : part.message();
        if (part.skipped() && detail::is_in_test_process()) {
            was_skipped_ = true;
            if (skip_.empty()) skip_ = adapters::trimmed(message);
            return;
        }
        // GoogleTest has no place for exceptions.
        const char* const macro = part.file_name() == nullptr ? "" : part.fatally_failed() ? "ASSERT" : "EXPECT";
        fail(part.file_name(), part.line_number(), macro, message);
    }

    void OnTestEnd(const ::testing::TestInfo& info) override {
        if (test_ != nullptr && &info == test_->info) ran_ = true;
    }

  private:
    /// SCOPED_TRACE and the stack, which GoogleTest adds to the message, become lines of information.
    void fail(const char* file, int line, const char* macro, std::string_view message) {
        failures_.fetch_add(1);
        constexpr std::string_view trace = "\nGoogle Test trace:\n";
        constexpr std::string_view stack = "\nStack trace:\n";
        const std::size_t cut = std::min(message.find(trace), message.find(stack));
        std::string_view rest = cut == std::string_view::npos ? std::string_view() : message.substr(cut + 1);
        if (cut != std::string_view::npos && message.compare(cut, trace.size(), trace) == 0)
            rest.remove_prefix(trace.size() - 1);
        const location test = place_of(*test_->info);
        adapters::foreign_failure what;
        what.file = file == nullptr ? test.file : file;
        what.line = file == nullptr ? test.line : static_cast<unsigned>(line < 0 ? 0 : line);
        what.macro = macro;
        what.words = adapters::trimmed(message.substr(0, cut));
        if (!test_->description.empty()) what.infos.push_back(test_->description);
        add_lines(adapters::trimmed(rest), what.infos);
        adapters::tell(what);
    }

    static void add_lines(std::string_view text, std::vector<std::string>& to) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            to.emplace_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    static void tell_properties(const ::testing::TestResult& result) {
        for (int i = 0; i < result.test_property_count(); ++i) {
            const ::testing::TestProperty& each = result.GetTestProperty(i);
            std::printf("%s: %s\n", each.key(), each.value());
        }
    }

    void tell_failures_outside() {
        const ::testing::TestResult& outside = ::testing::UnitTest::GetInstance()->ad_hoc_test_result();
        for (int i = 0; i < outside.total_part_count(); ++i) {
            const ::testing::TestPartResult& part = outside.GetTestPartResult(i);
            if (part.failed()) OnTestPartResult(part);
        }
    }

    const adapted_test* test_ = nullptr;
    std::atomic<int> failures_{0};
    bool ran_ = false;
    bool was_skipped_ = false;
    std::string skip_;
};

}  // namespace cordon::gtest_adapter
