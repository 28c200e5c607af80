#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/report/googletest/words.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/xml_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// Collects what --gtest_output=xml and json say: tests by their suites, with counts before them.
class googletest_document : public test_report {
  public:
    explicit googletest_document(text_output& output) : test_report(output) { hold_back(); }

  protected:
    struct one_case {
        std::string name, file, value_param, type_param, skipped;
        std::uint32_t line = 0;
        bool ran = false, is_skipped = false;
        duration took{};
        vector<std::string> failures;
    };
    struct counts {
        std::uint64_t tests = 0, failures = 0, disabled = 0, skipped = 0;
        duration took{};
    };
    struct one_suite : counts {
        std::string name;
        vector<one_case> cases;
    };

    /// GoogleTest writes local time without a zone; this is UTC.
    std::string timestamp() const {
        std::string text = run().started_at;
        return !text.empty() && text.back() == 'Z' ? text.substr(0, text.size() - 1) : text;
    }
    static std::string seconds(duration took) {
        std::string text;
        append_decimal(text, googletest::milliseconds(took), 3);
        return text;
    }
    const vector<one_suite>& suites() const { return suites_; }
    const counts& all() const { return all_; }
    virtual void write() = 0;

  private:
    void begin(const run_started&) override {}
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override {
        one_case made;
        made.name = std::string(info.name);
        made.file = std::string(info.file);
        made.line = info.line;
        parameters(info, made);
        made.ran = !attempts.empty() || text::is_bad(finished);
        made.is_skipped = made.ran && googletest::is_skipped(finished);
        made.skipped = finished.reason;
        made.took = text::time_of(attempts, run().repeats);
        googletest::each_failure(info, finished, attempts,
                                 [&made](std::string text) { made.failures.push_back(std::move(text)); });
        one_suite& owner = suite_named(info.suite);
        for (counts* each : {static_cast<counts*>(&owner), &all_})
            add(*each, made, text::is_bad(finished));
        owner.cases.push_back(std::move(made));
    }
    void end(const run_finished& finished) override {
        all_.took = finished.took;
        write();
    }

    static void add(counts& to, const one_case& made, bool bad) {
        ++to.tests;
        to.failures += bad ? 1 : 0;
        to.disabled += made.ran ? 0 : 1;
        to.skipped += made.is_skipped ? 1 : 0;
        to.took += made.took;
    }
    static void parameters(const test_info& info, one_case& made) {
        const std::string text = googletest::parameter_of(info);
        if (text.empty()) return;
        std::string& value = text[0] == 'G' ? made.value_param : made.type_param;
        value = text.substr(text.find('=') + 2);
    }
    one_suite& suite_named(std::string_view name) {
        for (std::size_t i = suites_.size(); i-- > 0;) {
            if (suites_[i].name == name) return suites_[i];
        }
        suites_.emplace_back();
        suites_.back().name = std::string(name);
        return suites_.back();
    }

    vector<one_suite> suites_;
    counts all_;
};

/// --gtest_output=xml
class googletest_xml final : public googletest_document {
  public:
    explicit googletest_xml(text_output& output) : googletest_document(output), xml_(text_) {}

  private:
    void count(const counts& of) {
        xml_.number("tests", of.tests).number("failures", of.failures).number("disabled", of.disabled);
    }
    void write() override {
        xml_.declaration();
        xml_.open("testsuites");
        count(all());
        xml_.number("errors", 0).attribute("time", seconds(all().took)).attribute("timestamp", timestamp());
        xml_.attribute("name", "AllTests");
        for (const one_suite& suite : suites()) {
            xml_.open("testsuite").attribute("name", suite.name);
            count(suite);
            xml_.number("skipped", suite.skipped).number("errors", 0).attribute("time", seconds(suite.took));
            xml_.attribute("timestamp", timestamp());
            for (const one_case& each : suite.cases)
                write(each, suite.name);
            xml_.close();
        }
        xml_.close();
    }
    void write(const one_case& test, std::string_view suite) {
        xml_.open("testcase").attribute("name", test.name);
        if (!test.value_param.empty()) xml_.attribute("value_param", test.value_param);
        if (!test.type_param.empty()) xml_.attribute("type_param", test.type_param);
        xml_.attribute("file", test.file).number("line", test.line).attribute("status", test.ran ? "run" : "notrun");
        xml_.attribute("result", !test.ran ? "suppressed" : test.is_skipped ? "skipped" : "completed");
        xml_.attribute("time", seconds(test.took)).attribute("timestamp", timestamp()).attribute("classname", suite);
        for (const std::string& wrong : test.failures)
            xml_.open("failure").attribute("message", wrong).attribute("type", "").text(wrong).close();
        if (test.is_skipped) xml_.open("skipped").attribute("message", test.skipped).close();
        xml_.close();
    }

    text::xml_writer xml_;
};

/// --gtest_output=json
class googletest_json final : public googletest_document {
  public:
    explicit googletest_json(text_output& output) : googletest_document(output), json_(text_) {}

  private:
    void count(const counts& of) {
        json_.key("tests").number(of.tests);
        json_.key("failures").number(of.failures);
        json_.key("disabled").number(of.disabled);
        json_.key("errors").number(0);
        json_.key("timestamp").string(run().started_at);
        json_.key("time").string(seconds(of.took) + "s");
    }
    void write() override {
        json_.open('{');
        count(all());
        json_.key("name").string("AllTests");
        json_.key("testsuites").open('[');
        for (const one_suite& suite : suites()) {
            json_.line();
            json_.open('{');
            json_.key("name").string(suite.name);
            count(suite);
            json_.key("testsuite").open('[');
            for (const one_case& each : suite.cases)
                write(each, suite.name);
            json_.close(']');
            json_.close('}');
        }
        json_.close(']');
        json_.close('}');
        text_ += '\n';
    }
    void write(const one_case& test, std::string_view suite) {
        json_.line();
        json_.open('{');
        json_.key("name").string(test.name);
        if (!test.value_param.empty()) json_.key("value_param").string(test.value_param);
        if (!test.type_param.empty()) json_.key("type_param").string(test.type_param);
        json_.key("file").string(test.file);
        json_.key("line").number(test.line);
        json_.key("status").string(test.ran ? "RUN" : "NOTRUN");
        json_.key("result").string(!test.ran ? "SUPPRESSED" : test.is_skipped ? "SKIPPED" : "COMPLETED");
        json_.key("timestamp").string(run().started_at);
        json_.key("time").string(seconds(test.took) + "s");
        json_.key("classname").string(suite);
        if (!test.failures.empty()) {
            json_.key("failures").open('[');
            for (const std::string& wrong : test.failures) {
                json_.open('{');
                json_.key("failure").string(wrong);
                json_.key("type").string("");
                json_.close('}');
            }
            json_.close(']');
        }
        json_.close('}');
    }

    text::json_writer json_;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
