#pragma once

// Warnings that only a user enables. The engine is compiled without them, and without clang's -Weverything.
#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Weverything"
#elif defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuseless-cast"
#pragma GCC diagnostic ignored "-Weffc++"
#pragma GCC diagnostic ignored "-Wlogical-op"
#pragma GCC diagnostic ignored "-Wnull-dereference"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#pragma GCC diagnostic ignored "-Wdouble-promotion"
#pragma GCC diagnostic ignored "-Wduplicated-branches"
#pragma GCC diagnostic ignored "-Wfloat-equal"
#pragma GCC diagnostic ignored "-Wmissing-declarations"
#pragma GCC diagnostic ignored "-Wredundant-decls"
#pragma GCC diagnostic ignored "-Wswitch-enum"
#pragma GCC diagnostic ignored "-Wswitch-default"
#endif

#include <cordon/engine/app/foreign_macros_begin.hpp>
#include <cordon/engine/app/shared_headers.hpp>
CORDON_MODEST_BEGIN
// The following headers see none of these macros.
#include <cordon/engine/app/command_line.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/exec/adapters.hpp>
#include <cordon/engine/exec/compat.hpp>
#include <cordon/engine/exec/rows.hpp>
#include <cordon/engine/exec/worker_main.hpp>
#include <cordon/engine/model/test_list_build.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/report/reporter.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace cordon::detail {

CORDON_COLD bool takes_next_word(text_view word) noexcept {
    const std::string_view spelled(word.data, word.size);
    const bool is_long = spelled.substr(0, 2) == "--";
    if (!is_long && spelled.size() != 2) return false;
    const engine::app::option_row* const row = engine::app::find_option(spelled);
    return row != nullptr && row->how == engine::app::takes::value;
}

}  // namespace cordon::detail

// Only one file of a program may compile the engine. A second one fails to link, and this name says why.
int CORDON_MAIN_or_CORDON_IMPLEMENT_is_defined_in_more_than_one_file = 1;

namespace cordon {

namespace engine {

/// Takes the tests of other frameworks over. Returns the command line for cordon.
detail::adapted_command add_adapted_tests(int argc, const char* const* argv, bool runs_tests) {
    detail::adapted_command command{argc, argv};
    command.runs_tests = runs_tests;
    command.all_count = exec::whole_count;
    command.all_words = exec::whole_words;
    exec::add_adapted_tests(command);
    if (command.all_words != nullptr) os::remember_arguments(command.all_count, command.all_words);
    return command;
}

int run_as(const std::string& marker, int argc, const char* const* argv) {
    result<exec::link> connection = exec::attach(marker);
    if (!connection) {
        os::write_standard_error("cordon: cannot " + os::describe(connection.failure()) + "\n");
        return app::exit_trouble;
    }
    add_adapted_tests(argc, argv, true);
    exec::make_rows();
    const wire::marker::role as = connection.value().marker.as;
    if (as == wire::marker::role::replica) return exec::be_replica(connection.value());
    return as == wire::marker::role::worker ? exec::be_worker(connection.value())
                                            : exec::be_test_process(connection.value());
}

wire::agent_ready make_agents_list(const vector<std::string>& arguments) {
    vector<const char*> words;
    for (const std::string& each : arguments)
        words.push_back(each.c_str());
    words.push_back(nullptr);
    add_adapted_tests(static_cast<int>(arguments.size()), words.data(), true);
    exec::make_rows();
    os::replace_arguments(vector<std::string>(arguments));
    const exec::registered_tests tests = exec::all_tests();
    return {tests.hash, tests.tests.size(), {}};
}

/// --agent of a run elsewhere has started this process.
int run_as_agent() {
    result<os::pipe_ends> stream = os::take_standard_streams();
    if (!stream) {
        os::write_standard_error("cordon: cannot " + os::describe(stream.failure()) + "\n");
        return app::exit_trouble;
    }
    os::hold_back_signals();
    os::watch_children();
    os::watch_cancellation();
    os::ignore_broken_pipes();
    os::adopt_orphans();
    launch::agent(std::move(stream.value()), make_agents_list, launch::portable_build_id()).serve();
    return app::exit_passed;
}

/// The same as cordon::run(). `leave` becomes true if the process must end at once with this code, because exit() may
/// end with another one.
int run_program(int argc, const char* const* argv, bool& leave) {
    os::find_self(argc, argv).ignore();
    argv = os::arguments_in_utf8(argc, argv);
    os::share_coverage_file();
    if (const optional<std::string> marker = exec::take_marker()) return run_as(*marker, argc, argv);
    if (argc == 2 && std::string_view(argv[1]) == launch::agent_option) return run_as_agent();
    const detail::adapted_command command = add_adapted_tests(argc, argv, false);
    if (command.done) return command.exit_code;
    exec::make_rows();
    result<test_list> tests = build_test_list(exec::first_test);
    if (!tests) {
        os::write_standard_error("cordon: " + tests.failure().detail + "\n");
        return app::exit_usage;
    }
    text::quote_for(os::system_name());
    app::program_tests all;
    all.list = std::move(tests.value());
    all.setups = build_setup_plan(all.list, exec::first_setup);
    for (int i = 0; i < command.again_count; ++i)
        all.foreign_options += ' ' + text::shell_word(command.again_words[i]);
    const app::command_result came_to = app::run_command_line(all, command.count, command.words);
    leave = came_to.code != app::exit_passed && came_to.exit_may_be_cut_short;
    return came_to.code;
}

}  // namespace engine

/// Runs the program's tests as the command line says, and returns the exit code. With CORDON_MAIN, main() is this call.
/// Worker processes call it too: call it once, early, and return its result.
int run(int argc, const char* const* argv) {
    bool leave = false;
    return engine::run_program(argc, argv, leave);
}

}  // namespace cordon

#if defined(CORDON_MAIN)
int main(int argc, char** argv) {
    bool leave = false;
    const int code = cordon::engine::run_program(argc, argv, leave);
    // A destructor of the program that calls _exit(0) would turn a failed run into a passed one.
    if (leave) cordon::engine::os::leave_with_coverage(code);
    return code;
}
#endif

CORDON_MODEST_END
#include <cordon/engine/app/foreign_macros_end.hpp>

#if defined(__clang__)
#pragma clang diagnostic pop
#elif defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
