#pragma once

#include <cordon/api/location.hpp>

// What a test is given, and what it may change about its process. docs/inside-a-test.md explains all of it.

namespace cordon {

/// Returns the path of the running test's own temporary folder. The first call creates the folder and sets TEST_TMPDIR.
/// The folder and its content are removed after the test; with `--keep-temp` they stay if the test failed. Any thread
/// may call it. Returns null if the folder cannot be created; the reason goes to standard error.
const char* temp_dir();

/// A small number, from 0, that no two running tests of the run share.
unsigned slot();

/// The number of this attempt, from 1. In a setup: 1.
unsigned attempt();

/// splitmix64, for the distributions of <random>, and for anything else that wants 64 random bits.
class random_engine {
  public:
    using result_type = unsigned long long;
    explicit constexpr random_engine(result_type seed) : state_(seed) {}
    static constexpr result_type(min)() { return 0; }
    static constexpr result_type(max)() { return ~result_type{0}; }
    result_type operator()();

  private:
    result_type state_;
};

/// The test's random numbers. They follow from CORDON_SEED and begin anew in each pass through the test. For one thread
/// at a time.
random_engine& random();

// If one of the following is impossible, the test fails at `where` and ends, as after a failed REQUIRE. Changes hold
// until the pass through the test ends; those of a setup hold for all of its tests. Any thread may call them, but no
// other thread may read what is changed at the same time.

constexpr location here(const char* file = __builtin_FILE(), unsigned line = __builtin_LINE()) { return {file, line}; }

/// Returns a port from 20000 to 29999 that is free for TCP and UDP. No other test on this machine gets it before this
/// pass ends.
int free_port(location where = here());

/// Sets an environment variable. Null removes it.
void set_env(const char* name, const char* value, location where = here());
/// Changes the working folder.
void set_cwd(const char* folder, location where = here());
/// Sets all categories of the C library's locale. Returns false if this machine does not have the locale.
[[nodiscard]] bool set_locale(const char* name);

enum class limit : unsigned char {
    memory,     ///< bytes of address space, as the decorator memory_limit
    cpu,        ///< seconds of processor time from now on
    files,      ///< numbers of descriptors are below it
    file_size,  ///< bytes of a file that is written
    stack,      ///< bytes of the stack of the main thread
    core,       ///< bytes of a core file
    processes,  ///< of the user, on the whole machine; has no effect for root
};
/// Lowers or raises a limit of the process; not above the system's own.
void set_limit(limit what, unsigned long long value, location where = here());

}  // namespace cordon
