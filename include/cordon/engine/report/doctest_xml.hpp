#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/subcase_walk.hpp>
#include <cordon/engine/text/tool_versions.hpp>
#include <cordon/engine/text/xml_writer.hpp>

#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The attempt inside a <TestCase> of doctest's XML.
class doctest_passes final : public text::subcase_visitor {
  public:
    doctest_passes(text::xml_writer& xml, const test_info& test) : xml_(xml), test_(test) {}

    void enter(const std::string& subcase) override {
        // An attempt does not know the place of a subcase.
        xml_.open("SubCase").attribute("name", subcase);
        place(test_.file, test_.line);
        xml_.settle();
    }
    void leave(const leaf_result*) override { xml_.close(); }
    void end_badly(const attempt_result& attempt, const std::string& words) override {
        const text::source_place at = text::place_of(test_, &attempt);
        xml_.open("Exception").boolean("crash", true);
        place(at.file, at.line);
        xml_.text(words).close();
    }
    void fail(const failure& wrong) override {
        switch (wrong.kind) {
            case failure_kind::assertion:
            case failure_kind::warning:
                return expression(wrong);
            case failure_kind::exception:
                return wrong.macro.empty() ? exception(wrong) : expression(wrong);
            case failure_kind::explicit_:
                return message(wrong.macro == "FAIL_CHECK" ? "ERROR" : "FATAL ERROR", wrong);
            case failure_kind::setup:
            case failure_kind::process:
                return message("ERROR", wrong);
            case failure_kind::log:
                return message("WARNING", wrong);
        }
    }

  private:
    void place(std::string_view file, std::uint32_t line) { xml_.attribute("filename", file).number("line", line); }
    void exception(const failure& wrong) {
        xml_.open("Exception").boolean("crash", false);
        if (!wrong.file.empty()) place(wrong.file, wrong.line);
        xml_.text(wrong.message);
        xml_.close();
    }
    void expression(const failure& wrong) {
        xml_.open("Expression").boolean("success", false).attribute("type", wrong.macro);
        place(wrong.file, wrong.line);
        xml_.element("Original", wrong.expression);
        const std::string expanded = wrong.expanded();
        xml_.element("Expanded", expanded.empty() ? wrong.expression : expanded);
        if (wrong.kind == failure_kind::exception) {
            xml_.element("Exception", wrong.message);
        } else if (!wrong.message.empty()) {
            xml_.element("Info", wrong.message);
        }
        infos(wrong);
        xml_.close();
    }
    void message(std::string_view type, const failure& wrong) {
        xml_.open("Message").attribute("type", type);
        place(wrong.file, wrong.line);
        xml_.element("Text", wrong.message.empty() ? wrong.expression : wrong.message);
        infos(wrong);
        xml_.close();
    }
    void infos(const failure& wrong) {
        for (const std::string& line : wrong.info)
            xml_.element("Info", line);
    }

    text::xml_writer& xml_;
    const test_info& test_;
};

/// The XML of doctest's reporter "xml", which editors read while it grows. A test is written when its verdict is known:
/// tests run at the same time. What a test printed is text inside its <TestCase>, where doctest's own tests print.
class doctest_xml_report final : public test_report {
  public:
    doctest_xml_report(show_output shown, text_output& output) : test_report(output), shown_(shown), xml_(text_) {
        write_each_entry();
    }

  private:
    void begin(const run_started& run) override {
        xml_.declaration();
        xml_.open("doctest").attribute("binary", run.info.program).attribute("version", text::doctest_version);
        xml_.open("Options").attribute("order_by", run.info.shuffled ? "rand" : "file");
        xml_.number("rand_seed", run.info.seed).close();
        skipped_ = run.info.filtered_out;
    }

    void open(const test_info& info) {
        go_to_suite(info.suite);
        xml_.open("TestCase").attribute("name", info.name).attribute("filename", info.file).number("line", info.line);
        if (!info.description.empty()) xml_.attribute("description", info.description);
        if (info.timeout) xml_.seconds("timeout", *info.timeout);
        if (info.may_fail) xml_.boolean("may_fail", true);
        if (info.should_fail) xml_.boolean("should_fail", true);
    }

    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override {
        open(info);
        if (attempts.empty() && !text::is_bad(finished)) {
            ++skipped_;
            xml_.boolean("skipped", true).close();
            return;
        }
        ++(text::is_bad(finished) ? failed_ : passed_);
        const attempt_result* telling = text::telling_attempt(attempts);
        const attempt_result nothing;
        details(info, finished, attempts, telling != nullptr ? *telling : nothing);
        xml_.close();
    }

    void details(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts,
                 const attempt_result& shown) {
        doctest_passes passes(xml_, info);
        if (!attempts.empty()) text::subcase_walk(shown, passes).walk();
        remark(info, finished, attempts);
        if (!attempts.empty() && text::shows_output(shown_, finished.what)) {
            printed(shown, stream::out);
            printed(shown, stream::err);
        }
        const std::uint64_t successes = shown.assertions - shown.failed_assertions;
        asserts_passed_ += successes;
        asserts_failed_ += shown.failed_assertions;
        xml_.open("OverallResultsAsserts").number("successes", successes);
        xml_.number("failures", shown.failed_assertions).boolean("test_case_success", !text::is_bad(finished));
        xml_.seconds("duration", text::time_of(attempts, run().repeats));
        if (info.expected_failures != 0) xml_.number("expected_failures", info.expected_failures);
        xml_.close();
    }

    /// A verdict that doctest does not know.
    void remark(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
        const bool plain =
            finished.what == verdict::passed || (finished.what == verdict::failed && attempts.size() == 1);
        if (plain && finished.against.empty() && background().empty()) return;
        const bool unexplained = text::is_bad(finished) && (attempts.empty() || attempts.back().how == ending::passed);
        xml_.open("Message").attribute("type", unexplained ? "ERROR" : "WARNING");
        xml_.attribute("filename", info.file).number("line", info.line);
        std::string words = text::verdict_in_words(finished, attempts);
        if (attempts.size() > 1) words += " (" + counted(attempts.size(), "attempt") + ")";
        if (!background().empty()) words += "\n" + background();
        xml_.element("Text", words).close();
    }

    void printed(const attempt_result& shown, stream which) {
        const std::string lines = text::output_of(shown.output, which);
        if (!lines.empty()) xml_.text(lines);
    }

    void end(const run_finished& finished) override {
        leave_suite();
        if (!finished.against.empty()) xml_.element("Error", finished.against);
        xml_.open("OverallResultsAsserts").number("successes", asserts_passed_).number("failures", asserts_failed_);
        xml_.close();
        xml_.open("OverallResultsTestCases").number("successes", passed_).number("failures", failed_);
        xml_.number("skipped", skipped_).close();
        xml_.close();
    }

    void go_to_suite(std::string_view suite) {
        if (in_suite_ && suite_ == suite) return;
        leave_suite();
        xml_.open("TestSuite");
        if (!suite.empty()) xml_.attribute("name", suite);
        xml_.settle();
        suite_ = suite;
        in_suite_ = true;
    }
    void leave_suite() {
        if (in_suite_) xml_.close();
        in_suite_ = false;
    }

    show_output shown_;
    text::xml_writer xml_;
    std::string suite_;
    bool in_suite_ = false;
    std::uint64_t passed_ = 0, failed_ = 0, skipped_ = 0, asserts_passed_ = 0, asserts_failed_ = 0;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
