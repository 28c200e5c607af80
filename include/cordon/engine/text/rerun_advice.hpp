#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/rerun.hpp>
#include <cordon/engine/text/rerun_leaf.hpp>

#include <cstddef>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// The tests that a report advises to run again: failed ones and flaky ones.
struct rerun_candidates {
    vector<std::size_t> tests;
    bool all_failed = true;          ///< none of them passed in the end; --failed does not run those
    vector<std::string> leaf{};      ///< of the first: the only subcase that did not pass
    std::string shown_by{};          ///< if there is only one: the command that reproduces it, found by repeated runs
    bool some_were_not_run = false;  ///< then --failed selects other tests
};

/// The shortest command that runs the candidates again, or the first of them: `named` tells how many. A list of names
/// is at most `longest` bytes long, except for a single name.
rerun_line advise_rerun(const run_info& run, const test_list& list, const rerun_candidates& of, std::size_t longest) {
    if (of.tests.empty()) return {};
    const bool single = of.tests.size() == 1;
    if (single && !of.shown_by.empty()) return {of.shown_by, 1};
    const bool names_leaves = run.again.find(" --subcase ") != std::string::npos;
    const std::string leaf = single && !names_leaves ? subcase_options(of.leaf) : std::string();
    const std::string program = path_names::program(run.program, run.folder);
    if (leaf.empty() && run.remembers && of.all_failed && !of.some_were_not_run)
        return {program_word(program) + " --failed" + run.again, of.tests.size()};
    return rerun_of_first(program, list, of.tests, leaf + run.again, longest);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
