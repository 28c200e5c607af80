#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/catch2_words.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/subcase_walk.hpp>
#include <cordon/engine/text/xml_writer.hpp>

#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The attempt inside a <TestCase> of Catch2's XML.
class catch2_passes final : public text::subcase_visitor {
  public:
    catch2_passes(text::xml_writer& xml, const test_info& test) : xml_(xml), test_(test) {}

    void enter(const std::string& subcase) override {
        // An attempt does not know the place of a subcase.
        place(xml_.open("Section").attribute("name", subcase), test_.file, test_.line);
        xml_.settle();
        failures_.push_back(0);
    }
    /// Passed assertions are counted for a whole attempt only.
    void leave(const leaf_result* pass) override {
        xml_.open("OverallResults").number("successes", 0).number("failures", failures_.back());
        xml_.number("expectedFailures", 0);
        if (pass != nullptr) xml_.seconds("durationInSeconds", pass->took);
        xml_.close().close();
        const std::uint64_t inside = failures_.back();
        failures_.pop_back();
        if (!failures_.empty()) failures_.back() += inside;
    }
    void end_badly(const attempt_result& attempt, const std::string& words) override {
        const text::source_place at = text::place_of(test_, &attempt);
        const test_place& last = attempt.place;
        place(xml_.open("Expression").boolean("success", false), at.file, at.line);
        xml_.element("Original", last.macro.empty() ? "{Unknown expression after the reported line}"
                                                    : "after " + last.macro + "(" + last.expression + ")");
        xml_.element("Expanded", words);
        place(xml_.open("FatalErrorCondition"), at.file, at.line);
        xml_.text(text::ending_in_words(attempt)).close().close();
        count();
    }
    void fail(const failure& wrong) override {
        for (const std::string& line : wrong.info)
            xml_.element("Info", line);
        switch (wrong.kind) {
            case failure_kind::assertion:
                return expression(wrong);
            case failure_kind::exception:
                return wrong.macro.empty() ? text_element("Exception", wrong) : expression(wrong);
            case failure_kind::explicit_:
            case failure_kind::setup:
            case failure_kind::process:
                return text_element("Failure", wrong);
            case failure_kind::warning:
            case failure_kind::log:
                return warning(wrong);
        }
    }

  private:
    static void place(text::xml_writer& xml, std::string_view file, std::uint32_t line) {
        xml.attribute("filename", file).number("line", line);
    }
    void count() {
        if (!failures_.empty()) ++failures_.back();
    }
    void text_element(std::string_view name, const failure& wrong) {
        const bool placed = !wrong.file.empty();
        place(xml_.open(name), placed ? std::string_view(wrong.file) : test_.file, placed ? wrong.line : test_.line);
        xml_.text(wrong.message.empty() ? wrong.expression : wrong.message).close();
        count();
    }
    void expression(const failure& wrong) {
        if (wrong.kind == failure_kind::assertion && !wrong.message.empty()) xml_.element("Info", wrong.message);
        place(xml_.open("Expression").boolean("success", false).attribute("type", wrong.macro), wrong.file, wrong.line);
        xml_.element("Original", wrong.expression);
        const std::string expanded = wrong.expanded();
        xml_.element("Expanded", expanded.empty() ? wrong.expression : expanded);
        if (wrong.kind == failure_kind::exception) {
            place(xml_.open("Exception"), wrong.file, wrong.line);
            xml_.text(wrong.message).close();
        }
        xml_.close();
        count();
    }
    void warning(const failure& wrong) {
        std::string text = wrong.message;
        if (wrong.kind == failure_kind::warning) {
            text = wrong.macro + "(" + wrong.expression + ")";
            if (!wrong.expanded().empty()) text += ": " + wrong.expanded();
            if (!wrong.message.empty()) text += ": " + wrong.message;
        }
        xml_.element("Warning", text);
    }

    text::xml_writer& xml_;
    const test_info& test_;
    vector<std::uint64_t> failures_;  // in each open section
};

/// The XML of Catch2's reporter "xml", in the form of version 2, which editors read while it grows. A test is written
/// when its verdict is known: tests run at the same time.
class catch2_xml_report final : public test_report {
  public:
    catch2_xml_report(show_output shown, text_output& output) : test_report(output), shown_(shown), xml_(text_) {
        write_each_entry();
    }

  private:
    void begin(const run_started& run) override {
        xml_.declaration();
        const std::string_view program = text::program_name(run.info);
        xml_.open("Catch").attribute("name", program);
        if (run.info.shuffled) xml_.open("Randomness").number("seed", run.info.seed).close();
        xml_.open("Group").attribute("name", program);
        xml_.settle();
    }

    void open(const test_info& info) {
        xml_.open("TestCase").attribute("name", text::catch2_name(info));
        const std::string tags = text::catch2_tags(info);
        if (!tags.empty()) xml_.attribute("tags", tags);
        xml_.attribute("filename", info.file).number("line", info.line);
    }

    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override {
        const bool bad = text::is_bad(finished);
        if (finished.what == verdict::not_run && attempts.empty() && !bad) return;
        open(info);
        const attempt_result* telling = text::telling_attempt(attempts);
        if (telling != nullptr) {
            catch2_passes passes(xml_, info);
            text::subcase_walk(*telling, passes).walk();
        }
        remark(info, finished, attempts);
        result(finished, attempts, telling);
        xml_.close();
        const bool expected = finished.what == verdict::known_failure || finished.what == verdict::quarantined;
        ++(bad ? cases_.failed : expected ? cases_.expected : cases_.passed);
        if (telling == nullptr) return;
        asserts_.passed += telling->assertions - telling->failed_assertions;
        (bad ? asserts_.failed : asserts_.expected) += telling->failed_assertions;
    }

    /// A verdict that Catch2 does not know.
    void remark(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
        const bool plain =
            finished.what == verdict::passed || (finished.what == verdict::failed && attempts.size() == 1);
        if (plain && finished.against.empty() && background().empty()) return;
        std::string words = text::verdict_in_words(finished, attempts);
        if (attempts.size() > 1) words += " (" + counted(attempts.size(), "attempt") + ")";
        if (!background().empty()) words += "\n" + background();
        if (finished.what == verdict::skipped || finished.what == verdict::todo) {
            xml_.open("Skip").attribute("filename", info.file).number("line", info.line).text(words).close();
        } else if (text::is_bad(finished) && (attempts.empty() || attempts.back().how == ending::passed)) {
            xml_.open("Failure").attribute("filename", info.file).number("line", info.line).text(words).close();
        } else {
            xml_.element("Warning", words);
        }
    }

    void result(const test_finished& finished, const vector<attempt_result>& attempts, const attempt_result* shown) {
        xml_.open("OverallResult").boolean("success", !text::is_bad(finished));
        xml_.seconds("durationInSeconds", text::time_of(attempts, run().repeats));
        if (shown != nullptr && text::shows_output(shown_, finished.what)) {
            printed("StdOut", text::output_of(shown->output, stream::out));
            printed("StdErr", text::output_of(shown->output, stream::err));
        }
        xml_.close();
    }

    void printed(std::string_view element, const std::string& lines) {
        if (!lines.empty()) xml_.element(element, lines);
    }

    void end(const run_finished& finished) override {
        totals();
        xml_.close();
        totals();
        if (!finished.against.empty()) xml_.element("Error", finished.against);
        xml_.close();
    }

    struct count {
        std::uint64_t passed = 0, failed = 0, expected = 0;
    };

    void total(std::string_view name, const count& of) {
        xml_.open(name).number("successes", of.passed).number("failures", of.failed);
        xml_.number("expectedFailures", of.expected).close();
    }
    void totals() {
        total("OverallResults", asserts_);
        total("OverallResultsCases", cases_);
    }

    show_output shown_;
    text::xml_writer xml_;
    count cases_, asserts_;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
