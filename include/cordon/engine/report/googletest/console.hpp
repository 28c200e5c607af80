#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/report/googletest/words.hpp>
#include <cordon/engine/report/test_report.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// GoogleTest's lines, which editors follow: "[ RUN      ] Suite.Test". A test is written when its verdict is known:
/// tests run at the same time.
class googletest_console final : public test_report {
  public:
    googletest_console(show_output shown, text_output& output) : test_report(output), shown_(shown) {
        write_each_entry();
    }

  private:
    void begin(const run_started& run) override {
        vector<std::string_view> suites;
        for (const std::size_t test : run.selected) {
            const std::string_view suite = run.list->tests[test].suite;
            if (suites.empty() || suites.back() != suite) suites.push_back(suite);
        }
        std::sort(suites.begin(), suites.end());
        suites.erase(std::unique(suites.begin(), suites.end()), suites.end());
        suites_ = suites.size();
        if (run.info.shuffled)
            text_ += "Note: Randomizing tests' orders with a seed of " + std::to_string(run.info.seed) + " .\n";
        line("[==========] ",
             "Running " + tests(run.selected.size()) + " from " + counted(suites_, "test suite") + ".");
        line("[----------] ", "Global test environment set-up.");
    }

    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override {
        if (attempts.empty() && !text::is_bad(finished)) {
            ++disabled_;  // GoogleTest says nothing of tests that it does not run
            return;
        }
        ++ran_;
        const std::string name = googletest::full_name(info);
        line("[ RUN      ] ", name);
        googletest::each_failure(info, finished, attempts, [this](const std::string& wrong) {
            add_lines(wrong);
            text_ += '\n';
        });
        const attempt_result* const shown = text::telling_attempt(attempts);
        if (shown != nullptr && text::shows_output(shown_, finished.what)) {
            text_ += text::output_of(shown->output, stream::out);
            text_ += text::output_of(shown->output, stream::err);
        }
        end_of_test(info, finished, name, text::time_of(attempts, run().repeats));
    }

    void end_of_test(const test_info& info, const test_finished& finished, const std::string& name, duration took) {
        const std::string time = " (" + std::to_string(googletest::milliseconds(took)) + " ms)";
        const std::string parameter = googletest::parameter_of(info);
        if (text::is_bad(finished)) {
            const std::string title = name + (parameter.empty() ? "" : ", where " + parameter);
            failed_.push_back(title);
            line("[  FAILED  ] ", title + time);
        } else if (googletest::is_skipped(finished)) {
            skipped_.push_back(name);
            if (!finished.reason.empty())
                text_ += printable(info.file) + ":" + std::to_string(info.line) + ": Skipped\n" +
                         printable(finished.reason) + "\n\n";
            line("[  SKIPPED ] ", name + time);
        } else {
            ++passed_;
            if (finished.what != verdict::passed)
                text_ += "cordon: " + printable(text::phrase_of(finished.what)) + "\n";
            line("[       OK ] ", name + time);
        }
    }

    void end(const run_finished& finished) override {
        line("[----------] ", "Global test environment tear-down");
        line("[==========] ", tests(ran_) + " from " + counted(suites_, "test suite") + " ran. (" +
                                  std::to_string(googletest::milliseconds(finished.took)) + " ms total)");
        line("[  PASSED  ] ", tests(passed_) + ".");
        listed("[  SKIPPED ] ", skipped_);
        listed("[  FAILED  ] ", failed_);
        if (!failed_.empty())
            text_ += "\n " + counted(failed_.size()) + " FAILED " + (failed_.size() == 1 ? "TEST" : "TESTS") + "\n";
        if (!finished.against.empty()) text_ += "\ncordon: " + printable(finished.against) + "\n";
        if (disabled_ != 0)
            text_ += "\n  YOU HAVE " + counted(disabled_) + " DISABLED " + (disabled_ == 1 ? "TEST" : "TESTS") + "\n\n";
    }

    static std::string tests(std::uint64_t count) { return counted(count, "test"); }
    void line(const char* lead, const std::string& words) { text_ += lead + words + "\n"; }
    void listed(const char* lead, const vector<std::string>& names) {
        if (names.empty()) return;
        line(lead, tests(names.size()) + ", listed below:");
        for (const std::string& each : names)
            line(lead, each);
    }
    void add_lines(std::string_view lines) {
        while (!lines.empty()) {
            append_printable(text_, take_line(lines), color_escapes::dropped, true);
            text_ += '\n';
        }
    }

    show_output shown_;
    std::size_t suites_ = 0;
    std::uint64_t ran_ = 0, passed_ = 0, disabled_ = 0;
    vector<std::string> skipped_, failed_;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
