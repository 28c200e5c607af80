#pragma once

#include <cordon/compat/doctest/values.hpp>

// What a main() of the user's own uses.

namespace doctest {

namespace detail {

template <class>
inline constexpr bool is_supported = false;

}  // namespace detail

/// The options that a test can ask for. Those without a counterpart in cordon have doctest's default.
struct ContextOptions {
    std::ostream* cout = nullptr;
    String binary_name;
    String out, order_by = "file", strip_file_prefixes;
    unsigned rand_seed = 0, first = 0, last = ~0u;
    int abort_after = 0, subcase_filter_levels = 0x7fffffff;
    bool success = false, case_sensitive = false, exit = false, duration = false, minimal = false, quiet = false;
    bool no_throw = false, no_exitcode = false, no_run = false, no_intro = false, no_version = false, no_colors = false;
    bool force_colors = false, no_breaks = true, no_skip = false, gnu_file_line = true, no_path_in_filenames = false;
    bool no_line_numbers = false, no_debug_output = true, no_skipped_summary = false, no_time_in_output = false;
    bool help = false, version = false, count = false, list_test_cases = false, list_test_suites = false;
    bool list_reporters = false;
};

/// Those of the last Context that ran.
const ContextOptions* getContextOptions();

/// Collects doctest's options and runs the tests with them. cordon starts the program again for its tests: there run()
/// does not return. So code before it runs once in each process, and code after it once.
class Context {
  public:
    explicit Context(int argc = 0, const char* const* argv = nullptr);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    /// The run fails if cordon does not know a word: give it no options of the program's own.
    void applyCommandLine(int argc, const char* const* argv);
    void addFilter(const char* filter, const char* value) { setOption(filter, value); }
    void clearFilters();
    void setOption(const char* option, bool value) { setOption(option, value ? "true" : "false"); }
    void setOption(const char* option, int value);
    void setOption(const char* option, const char* value);
    void overrideOption(const char* option, bool value) { setOption(option, value); }
    void overrideOption(const char* option, int value) { setOption(option, value); }
    void overrideOption(const char* option, const char* value) { setOption(option, value); }

    /// True if run() has only answered a question, such as for the list of tests.
    bool shouldExit();
    /// Returns 0 if no test failed.
    int run();

    template <class Unused = void>
    void setAsDefaultForAssertsOutOfTestCases() {
        static_assert(detail::is_supported<Unused>, "cordon: assertions outside of tests are not supported");
    }
    template <class Handler>
    void setAssertHandler(Handler) {
        static_assert(detail::is_supported<Handler>, "cordon: assertions outside of tests are not supported");
    }
    template <class Stream>
    void setCout(Stream*) {
        static_assert(detail::is_supported<Stream>, "cordon: setCout is not supported: use --report FORMAT=PATH");
    }

  private:
    struct state;
    state* own_;
};

}  // namespace doctest
