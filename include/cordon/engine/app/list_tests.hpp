#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/prepare.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/report/list.hpp>
#include <cordon/engine/report/list/catch2.hpp>
#include <cordon/engine/report/list/doctest.hpp>
#include <cordon/engine/report/list/request.hpp>
#include <cordon/engine/report/list_for_ctest.hpp>

#include <algorithm>
#include <cstddef>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

template <void (*Write)(const test_list&, const vector<std::size_t>&, text_output&)>
std::size_t plain_list(const report::list_request& asked) {
    Write(asked.list, asked.selected, asked.output);
    return asked.selected.size();
}

/// How each list is written. The function returns the number of entries.
struct list_row {
    list_format how;
    std::size_t (*write)(const report::list_request& asked);
    bool exits_with_count;  ///< as Catch2 2 does, whose CMake module takes 0 for "no tests"
};

constexpr list_row lists[] = {
    {list_format::text, plain_list<report::list_names>, false},
    {list_format::json, plain_list<report::list_json>, false},
    {list_format::ctest, plain_list<report::list_for_ctest>, false},
    {list_format::tags, plain_list<report::list_tags>, false},
    {list_format::doctest, report::list_doctest_tests, false},
    {list_format::doctest_xml, report::list_doctest_tests_xml, false},
    {list_format::doctest_suites, report::list_doctest_suites, false},
    {list_format::doctest_suites_xml, report::list_doctest_suites_xml, false},
    {list_format::doctest_count, report::count_doctest_tests, false},
    {list_format::doctest_count_xml, report::count_doctest_tests_xml, false},
    {list_format::doctest_reporters, report::list_doctest_reporters, false},
    {list_format::doctest_reporters_xml, report::list_doctest_reporters_xml, false},
    {list_format::catch2, report::list_catch2_tests, false},
    {list_format::catch2_names, report::list_catch2_names, true},
    {list_format::catch2_lines, report::list_catch2_names, false},
    {list_format::catch2_xml, report::list_catch2_xml, false},
    {list_format::catch2_tags, report::list_catch2_tags, false},
    {list_format::catch2_reporters, report::list_catch2_reporters, false},
    {list_format::catch2_reporter_count, report::list_catch2_reporters, true},
};

/// Writes the tests that the run would include. Returns the exit code that the list itself asks for.
int list_tests(const program_tests& tests, const prepared_run& run, text_output& output) {
    const options& chosen = run.chosen;
    const bool narrowed = !chosen.patterns.empty() || !chosen.filters.empty() || !chosen.excludes.empty();
    const report::list_request asked{tests.list, run.what.order, run.info.program, run.info.seed, chosen.run_skipped,
                                     narrowed,   output};
    for (const list_row& row : lists) {
        if (row.how != chosen.list) continue;
        const std::size_t count = row.write(asked);
        return row.exits_with_count ? static_cast<int>(std::min<std::size_t>(count, 255)) : 0;
    }
    return 0;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
