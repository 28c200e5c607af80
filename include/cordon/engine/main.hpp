#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/reporter.hpp>
#include <cordon/engine/session.hpp>
#include <cordon/engine/worker/worker.hpp>

#include <string>
#include <utility>

// The engine is compiled in one file of a program. A second one fails at link time, and this name says why.
int CORDON_MAIN_or_CORDON_IMPLEMENT_is_defined_in_more_than_one_file = 1;

namespace cordon {

namespace engine {

int run_as(const std::string& marker) {
    result<worker::link> connection = worker::attach(marker);
    if (!connection) {
        os::write_standard_error("cordon: can not " + os::describe(connection.failure()) + "\n");
        return cli::exit_trouble;
    }
    const bool is_worker = connection.value().marker.as == wire::marker::role::worker;
    return is_worker ? worker::be_worker(connection.value()) : worker::be_test_process(connection.value());
}

}  // namespace engine

/// Runs the program's tests as the command line says and returns the exit code: what main() does with CORDON_MAIN. A
/// worker of the run comes through here as well, so call it once, early, and return what it returns.
int run(int argc, const char* const* argv) {
    engine::os::find_self(argc, argv).ignore();
    engine::os::share_coverage_file();
    if (const engine::optional<std::string> marker = engine::worker::take_marker()) return engine::run_as(*marker);
    engine::result<engine::test_list> tests = engine::build_test_list(engine::worker::first_test);
    if (!tests) {
        engine::os::write_standard_error("cordon: " + tests.failure().detail + "\n");
        return engine::cli::exit_usage;
    }
    engine::setup_plan setups = engine::build_setup_plan(tests.value(), engine::worker::first_setup);
    return engine::session(std::move(tests.value()), std::move(setups)).run(argc, argv);
}

}  // namespace cordon

#if defined(CORDON_MAIN)
int main(int argc, char** argv) { return cordon::run(argc, argv); }
#endif
