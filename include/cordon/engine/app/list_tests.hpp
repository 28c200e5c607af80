#pragma once

#include <cordon/engine/app/prepare.hpp>
#include <cordon/engine/app/program_tests.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/report/list.hpp>
#include <cordon/engine/report/list_for_ctest.hpp>

namespace cordon::engine::app {

/// Writes the tests that the run would include.
status list_tests(const program_tests& tests, const prepared_run& run, text_output& output) {
    if (run.chosen.list == list_format::json) {
        report::list_json(tests.list, run.what.order, output);
    } else if (run.chosen.list == list_format::ctest) {
        report::list_for_ctest(tests.list, run.what.order, output);
    } else if (run.chosen.list == list_format::tags) {
        report::list_tags(tests.list, run.what.order, output);
    } else {
        report::list_names(tests.list, run.what.order, output);
    }
    return output.finish();
}

}  // namespace cordon::engine::app
