#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/report/list/request.hpp>
#include <cordon/engine/text/tool_versions.hpp>
#include <cordon/engine/text/wording.hpp>
#include <cordon/engine/text/xml_writer.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// The lists of doctest: --list-test-cases and its like, as text and as XML.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

constexpr const char* doctest_rule =
    "===============================================================================\n";

bool is_skipped(const test_info& test) { return test.skip || test.todo; }

/// The own names of tests. In doctest a suite is no part of a name. Names that several tests have get theirs all the
/// same, because a name is all that a list of lines can give.
class doctest_names {
  public:
    explicit doctest_names(const test_list& list) : list_(list), several_(list.tests.size()) {
        for (std::size_t i = 0; i < list.tests.size(); ++i) {
            const std::string_view name = list.tests[i].name;
            const std::size_t first = names_.find_or_enter(
                mix_bits(fnv1a(name)), i, [&](std::size_t other) { return list.tests[other].name == name; });
            if (first != i) several_[first] = several_[i] = true;
        }
    }
    void append(std::string& out, std::size_t test) const {
        const test_info& info = list_.tests[test];
        if (several_[test]) return text::append_title(out, info, "/");
        append_printable(out, info.name);
    }

  private:
    const test_list& list_;
    hash_index names_;
    vector<bool> several_;
};

std::size_t count_unskipped(const list_request& asked) {
    std::size_t count = 0;
    for (const std::size_t test : asked.selected)
        count += asked.with_skipped || !is_skipped(asked.list.tests[test]) ? 1 : 0;
    return count;
}

/// The suites of the listed tests, each once, by name.
vector<std::string_view> suites_of(const list_request& asked) {
    vector<std::string_view> suites;
    for (const std::size_t test : asked.selected) {
        const test_info& info = asked.list.tests[test];
        if (!asked.with_skipped && is_skipped(info)) continue;
        if (!info.suite.empty() && (suites.empty() || suites.back() != info.suite)) suites.push_back(info.suite);
    }
    std::sort(suites.begin(), suites.end());
    suites.erase(std::unique(suites.begin(), suites.end()), suites.end());
    return suites;
}

void write_unskipped(std::string& text, const list_request& asked) {
    text +=
        "[doctest] unskipped test cases passing the current filters: " + std::to_string(count_unskipped(asked)) + "\n";
}

std::size_t list_doctest_tests(const list_request& asked) {
    const doctest_names names(asked.list);
    std::string text = std::string("[doctest] listing all test case names\n") + doctest_rule;
    for (const std::size_t test : asked.selected) {
        if (!asked.with_skipped && is_skipped(asked.list.tests[test])) continue;
        names.append(text, test);
        text += '\n';
    }
    text += doctest_rule;
    write_unskipped(text, asked);
    asked.output.write(text);
    return asked.selected.size();
}

std::size_t list_doctest_suites(const list_request& asked) {
    const vector<std::string_view> suites = suites_of(asked);
    std::string text = std::string("[doctest] listing all test suites\n") + doctest_rule;
    for (const std::string_view suite : suites) {
        append_printable(text, suite);
        text += '\n';
    }
    text += doctest_rule;
    write_unskipped(text, asked);
    text += "[doctest] test suites with unskipped test cases passing the current filters: " +
            std::to_string(suites.size()) + "\n";
    asked.output.write(text);
    return suites.size();
}

std::size_t count_doctest_tests(const list_request& asked) {
    std::string text;
    write_unskipped(text, asked);
    asked.output.write(text);
    return asked.selected.size();
}

std::size_t list_doctest_reporters(const list_request& asked) {
    std::string text = "[doctest] listing all registered reporters\n";
    for (const char* name : {"console", "junit", "xml"})
        text += std::string("priority:     0 name: ") + name + "\n";
    asked.output.write(text);
    return 3;
}

/// Writes the XML around a list; `inside` writes the list.
template <class Inside>
void write_doctest_xml(const list_request& asked, Inside inside) {
    std::string text;
    text::xml_writer xml(text);
    xml.declaration();
    xml.open("doctest").attribute("binary", asked.program).attribute("version", text::doctest_version);
    xml.open("Options").attribute("order_by", "file").number("rand_seed", asked.seed);
    xml.boolean("no_skip", asked.with_skipped).close();
    inside(xml);
    xml.close();
    asked.output.write(text);
}

std::size_t list_doctest_tests_xml(const list_request& asked) {
    write_doctest_xml(asked, [&](text::xml_writer& xml) {
        for (const std::size_t test : asked.selected) {
            const test_info& info = asked.list.tests[test];
            if (!asked.with_skipped && is_skipped(info)) continue;
            xml.open("TestCase").attribute("name", info.name);
            if (!info.suite.empty()) xml.attribute("testsuite", info.suite);
            xml.attribute("filename", info.file).number("line", info.line);
            if (!info.description.empty()) xml.attribute("description", info.description);
            xml.boolean("skipped", is_skipped(info)).close();
        }
        xml.open("OverallResultsTestCases").number("unskipped", count_unskipped(asked)).close();
    });
    return asked.selected.size();
}

std::size_t list_doctest_suites_xml(const list_request& asked) {
    const vector<std::string_view> suites = suites_of(asked);
    write_doctest_xml(asked, [&](text::xml_writer& xml) {
        for (const std::string_view suite : suites)
            xml.open("TestSuite").attribute("name", suite).close();
        xml.open("OverallResultsTestCases").number("unskipped", count_unskipped(asked)).close();
        xml.open("OverallResultsTestSuites").number("unskipped", suites.size()).close();
    });
    return suites.size();
}

std::size_t count_doctest_tests_xml(const list_request& asked) {
    write_doctest_xml(asked, [&](text::xml_writer& xml) {
        xml.open("OverallResultsTestCases").number("unskipped", count_unskipped(asked)).close();
    });
    return asked.selected.size();
}

std::size_t list_doctest_reporters_xml(const list_request& asked) {
    write_doctest_xml(asked, [](text::xml_writer& xml) {
        for (const char* name : {"console", "junit", "xml"})
            xml.open("Reporter").number("priority", 0).attribute("name", name).close();
    });
    return 3;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
