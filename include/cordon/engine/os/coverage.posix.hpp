#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/at_risk.posix.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/process.hpp>

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

/// True if a signal has interrupted code of the C library that does not wait: it may be in the middle of an allocation,
/// and then nothing can be allocated. False if the system cannot tell.
bool interrupts_library(const void* context);
/// Called once before.
void prepare_to_tell_interruptions();

namespace coverage_posix {

// Functions of the run-time libraries of gcov (GCC's and LLVM's) and of llvm-cov; null in programs without them. GCC's
// library is linked in parts: the first available writing function is used. They are not declared weak under their own
// names, because that would weaken the program's own use, and the linker would leave out parts.
extern "C" {
static void gcov_dump() __attribute__((weakref("__gcov_dump")));
static void gcov_flush() __attribute__((weakref("__gcov_flush")));
static void gcov_exit() __attribute__((weakref("__gcov_exit")));
static void gcov_reset() __attribute__((weakref("__gcov_reset")));
static int llvm_write_file() __attribute__((weakref("__llvm_profile_write_file")));
static void llvm_reset_counters() __attribute__((weakref("__llvm_profile_reset_counters")));
static void llvm_set_filename(const char*) __attribute__((weakref("__llvm_profile_set_filename")));
extern char llvm_filename[] __asm__("__llvm_profile_filename") __attribute__((weak));
}

constexpr const char* llvm_variable = "LLVM_PROFILE_FILE";

/// The file for llvm-cov's counts; set by share_coverage_file(). Never destroyed.
std::string& pattern() {
    static auto* only = new std::string;
    return *only;
}

using writer = void (*)();

writer gcov_writer() {
    if (gcov_dump != nullptr) return gcov_dump;
    if (gcov_flush != nullptr) return gcov_flush;
    return gcov_exit;
}

bool counts() { return gcov_writer() != nullptr || llvm_write_file != nullptr; }

void write_now() {
    if (const writer write = gcov_writer()) write();
    if (llvm_write_file != nullptr) static_cast<void>(llvm_write_file());
}

volatile sig_atomic_t postponed = 0;
struct timespec postponed_at {};

/// Since the first delay. May be called in a signal handler.
bool was_put_off_for_long() {
    constexpr long patience = 500;  // milliseconds
    struct timespec now {};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    if (postponed == 0) postponed_at = now;
    postponed = 1;
    return (now.tv_sec - postponed_at.tv_sec) * 1000 + (now.tv_nsec - postponed_at.tv_nsec) / 1'000'000 >= patience;
}

void come_again_soon() {
    struct itimerval soon {};
    soon.it_value.tv_usec = 1000;
    ::setitimer(ITIMER_REAL, &soon, nullptr);
}

void handle(int number);

// Writing allocates memory: if that is impossible now, the program continues for a moment.
extern "C" void cordon_write_coverage(int, siginfo_t*, void* context) {
    if (interrupts_library(context) && !was_put_off_for_long()) {
        handle(SIGALRM);
        return come_again_soon();
    }
    at_risk::run(write_now);
    struct sigaction standard {};
    ::sigaction(SIGTERM, &standard, nullptr);
    ::raise(SIGTERM);  // may be held back until this handler returns
}

void handle(int number) {
    struct sigaction action {};
    action.sa_sigaction = cordon_write_coverage;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    ::sigaction(number, &action, nullptr);
}

/// The position of "%m", "%4m", "%p" or "%c" in the name; npos if there is none.
std::size_t find_pattern(const std::string& name, const char* letters) {
    for (std::size_t at = name.find('%'); at != std::string::npos; at = name.find('%', at + 1)) {
        const std::size_t letter = name.find_first_not_of("0123456789", at + 1);
        if (letter != std::string::npos && std::string(letters).find(name[letter]) != std::string::npos) return at;
    }
    return std::string::npos;
}

/// The name with "%m" in it: the run-time library then adds to the file's content, under a lock.
std::string merging(const std::string& name) {
    if (find_pattern(name, "mpc") != std::string::npos) return name;
    const std::size_t file = name.rfind('/') == std::string::npos ? 0 : name.rfind('/') + 1;
    const std::size_t dot = name.rfind('.');
    return name.substr(0, dot <= file ? std::string::npos : dot) + "_%m" +
           (dot == std::string::npos || dot <= file ? std::string() : name.substr(dot));
}

/// The same file, independent of the process's folder.
std::string wherever(const std::string& name) {
    if (name[0] == '/' || name.compare(0, 2, "%t") == 0) return name;  // "%t" is the folder for temporary files
    const std::string folder = current_folder();
    return folder.empty() ? name : folder + "/" + name;
}

std::string wanted_file() {
    if (const char* chosen = ::getenv(llvm_variable); chosen != nullptr && *chosen != '\0') return chosen;
    if (llvm_filename != nullptr && *llvm_filename != '\0') return llvm_filename;
    return "default.profraw";
}

// The library empties the file of that name when the program starts.
void remove_if_empty(const std::string& name) {
    struct stat about {};
    if (::stat(name.c_str(), &about) == 0 && S_ISREG(about.st_mode) && about.st_size == 0) ::unlink(name.c_str());
}

// The library has inserted the number of the process in which it was started.
void name_after_this_process() {
    std::string name = pattern();
    for (std::size_t at = find_pattern(name, "p"); at != std::string::npos; at = find_pattern(name, "p"))
        name.replace(at, name.find('p', at) + 1 - at, std::to_string(own_process_id()));
    llvm_set_filename(name.c_str());
}

}  // namespace coverage_posix

void write_coverage_when_asked_to_end() {
    struct sigaction before {};
    ::sigaction(SIGTERM, nullptr, &before);
    if (!coverage_posix::counts() || (before.sa_flags & SA_SIGINFO) != 0 || before.sa_handler != SIG_DFL) return;
    prepare_to_tell_interruptions();
    coverage_posix::handle(SIGTERM);
}

void write_coverage() {
    if (coverage_posix::counts()) at_risk::run(coverage_posix::write_now);
}

void leave_with_coverage(int code) {
    write_coverage();
    leave_now(code);
}

CORDON_HOT void count_coverage_anew() {
    if (coverage_posix::gcov_reset != nullptr) coverage_posix::gcov_reset();
    if (coverage_posix::llvm_reset_counters == nullptr) return;
    coverage_posix::llvm_reset_counters();
    if (coverage_posix::find_pattern(coverage_posix::pattern(), "p") != std::string::npos)
        coverage_posix::name_after_this_process();
}

void share_coverage_file() {
    if (coverage_posix::llvm_set_filename == nullptr) return;
    const std::string wanted = coverage_posix::wanted_file();
    const std::string merging = coverage_posix::merging(wanted);
    std::string& name = coverage_posix::pattern();
    name = coverage_posix::wherever(merging);
    if (merging != wanted) {
        coverage_posix::remove_if_empty(wanted);
        if (::getenv(coverage_posix::llvm_variable) != nullptr)
            write_standard_error("cordon: coverage goes to " + merging + ": the processes of a run would overwrite " +
                                 "each other's " + wanted + "\n");
    }
    ::setenv(coverage_posix::llvm_variable, name.c_str(), 1);
    coverage_posix::llvm_set_filename(name.c_str());
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
