#pragma once

#include <cordon/adapters/gtest/tests.hpp>
#include <cordon/api/check.hpp>
#include <cordon/api/logging.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Passes what GoogleTest says about the running test on to cordon.
class listener : public ::testing::EmptyTestEventListener {
  public:
    void begin(const adapted_test& test) {
        test_ = &test;
        process_ = ::getpid();
        failures_ = 0;
        ran_ = false;
        skip_.clear();
    }

    /// `succeeded`: RUN_ALL_TESTS returned 0. Does not return if the test was skipped.
    void conclude(bool succeeded) {
        const ::testing::TestResult& result = *test_->info->result();
        if (ran_) tell_properties(result);
        if (failures_ != 0) return;
        const bool is_skipped = ran_ ? result.Skipped() : was_skipped_;
        const auto why = [this](text_sink& out) { out << std::string_view(skip_); };
        if (is_skipped && succeeded) detail::skip_test(site(nullptr, 0, ""), detail::text_by(why));
        if (ran_ && result.Passed() && succeeded) return;
        fail(nullptr, 0, "", ran_ ? "GoogleTest has failed outside of the test" : "GoogleTest did not run this test");
        tell_failures_outside();
    }

    /// GoogleTest read them before; the code under test must not see them.
    void OnTestProgramStart(const ::testing::UnitTest&) override {
        ::unsetenv("GTEST_TOTAL_SHARDS");
        ::unsetenv("GTEST_SHARD_INDEX");
        was_skipped_ = false;
    }

    void OnTestPartResult(const ::testing::TestPartResult& part) override {
        if (test_ == nullptr || part.passed()) return;
        const char* const message = part.message() == nullptr ? "" : part.message();
        if (::getpid() != process_) return print(part, message);
        if (part.skipped()) {
            was_skipped_ = true;
            if (skip_.empty()) skip_ = trimmed(message);
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
    detail::assertion_site site(const char* file, int line, const char* macro) const {
        const location test = place_of(*test_->info);
        if (file == nullptr) return {test.file, macro, "", test.line, detail::severity::check, false};
        return {file, macro, "", static_cast<unsigned>(line < 0 ? 0 : line), detail::severity::check, false};
    }

    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
            text.remove_prefix(1);
        while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
            text.remove_suffix(1);
        return text;
    }

    /// SCOPED_TRACE and the stack, which GoogleTest adds to the message, become lines of information.
    void fail(const char* file, int line, const char* macro, std::string_view message) {
        failures_.fetch_add(1);
        constexpr std::string_view trace = "\nGoogle Test trace:\n";
        constexpr std::string_view stack = "\nStack trace:\n";
        const std::size_t cut = std::min(message.find(trace), message.find(stack));
        std::string_view rest = cut == std::string_view::npos ? std::string_view() : message.substr(cut + 1);
        if (cut != std::string_view::npos && message.compare(cut, trace.size(), trace) == 0)
            rest.remove_prefix(trace.size() - 1);
        const std::string words(trimmed(message.substr(0, cut)));
        const detail::assertion_site here = site(file, line, macro);
        if (!test_->description.empty()) {
            const auto about = detail::info_by([this](text_sink& out) { out << std::string_view(test_->description); });
            return tell(here, words, trimmed(rest));
        }
        tell(here, words, trimmed(rest));
    }

    /// A scope for each line, so the first line is the outermost.
    static void tell(const detail::assertion_site& here, const std::string& words, std::string_view infos) {
        if (infos.empty()) return detail::fail_plain(here, words.c_str());
        const std::size_t end = std::min(infos.find('\n'), infos.size());
        const std::string_view first = infos.substr(0, end);
        const auto info = detail::info_by([first](text_sink& out) { out << first; });
        tell(here, words, infos.substr(std::min(end + 1, infos.size())));
    }

    /// A process that the test forked cannot fail it, in GoogleTest neither.
    static void print(const ::testing::TestPartResult& part, const char* message) {
        std::printf("%s:%d: %s\n%s\n", part.file_name() == nullptr ? "unknown file" : part.file_name(),
                    part.line_number(), part.skipped() ? "Skipped" : "Failure", message);
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
    ::pid_t process_ = 0;
    std::atomic<int> failures_{0};
    bool ran_ = false;
    bool was_skipped_ = false;
    std::string skip_;
};

}  // namespace cordon::gtest_adapter
