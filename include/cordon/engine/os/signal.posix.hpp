#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/signal.hpp>

#include <pthread.h>
#include <signal.h>
#include <string.h>

namespace cordon::engine::os {

namespace signal_posix {

volatile sig_atomic_t& child_ended = *make_lasting<volatile sig_atomic_t>();
volatile sig_atomic_t cancelled_by = 0;
volatile sig_atomic_t cancellations = 0;
volatile sig_atomic_t suspension = 0;
volatile sig_atomic_t status_request = 0;
int seen_cancellations = 0;  // by cancellations()
instant seen_at{};
sigset_t original;
bool original_known = false;
sigset_t let_in;                       // by wait_for(), of what is held back
bool child_signal_is_default = false;  // and is read from a descriptor
struct sigaction pipe_before {};
bool pipe_ignored = false;
bool cancellation_watched = false;

pthread_t waiting_thread;  // the one that calls wait_for()

// A thread of the user's program may get the signal while the waiting thread holds it back. It would wake nobody there,
// so it is passed on.
bool pass_on(int number) {
    if (::pthread_equal(::pthread_self(), waiting_thread) != 0) return false;
    ::pthread_kill(waiting_thread, number);
    return true;
}

extern "C" void cordon_note_child(int number) {
    if (!pass_on(number)) child_ended = 1;
}
extern "C" void cordon_note_cancellation(int number) {
    if (pass_on(number)) return;
    cancelled_by = number;
    cancellations = cancellations + 1;
}

extern "C" void cordon_note_suspension(int number) {
    if (!pass_on(number)) suspension = 1;
}
extern "C" void cordon_note_status_request(int number) {
    if (!pass_on(number)) status_request = 1;
}

constexpr int cancelling[] = {SIGINT, SIGTERM, SIGHUP};

bool is_ignored(int number) {
    struct sigaction now {};
    return ::sigaction(number, nullptr, &now) == 0 && now.sa_handler == SIG_IGN;
}

bool is_watched(int number) {
    struct sigaction now {};
    if (::sigaction(number, nullptr, &now) != 0) return false;
    return now.sa_handler == cordon_note_cancellation || now.sa_handler == cordon_note_suspension ||
           now.sa_handler == cordon_note_status_request;
}

void install(int number, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = number == SIGCHLD ? SA_NOCLDSTOP : 0;
    sigfillset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

struct name_and_meaning {
    int number;
    std::string_view name;
    std::string_view meaning;
};

constexpr name_and_meaning table[] = {
    {SIGABRT, "SIGABRT", "abort"},
    {SIGALRM, "SIGALRM", "alarm clock"},
    {SIGBUS, "SIGBUS", "access to memory that is not there"},
    {SIGCHLD, "SIGCHLD", "a child ended"},
    {SIGCONT, "SIGCONT", "continue"},
    {SIGFPE, "SIGFPE", "arithmetic error"},
    {SIGHUP, "SIGHUP", "terminal closed"},
    {SIGILL, "SIGILL", "illegal instruction"},
    {SIGINT, "SIGINT", "interrupt"},
    {SIGIO, "SIGIO", "input or output is possible"},
    {SIGKILL, "SIGKILL", "killed; on Linux often for lack of memory"},
    {SIGPIPE, "SIGPIPE", "write to a closed pipe"},
    {SIGPROF, "SIGPROF", "profiling clock"},
#if defined(SIGPWR)
    {SIGPWR, "SIGPWR", "power failure"},
#endif
    {SIGQUIT, "SIGQUIT", "quit"},
    {SIGSEGV, "SIGSEGV", "invalid memory reference"},
#if defined(SIGSTKFLT)
    {SIGSTKFLT, "SIGSTKFLT", "stack fault of a coprocessor"},
#endif
    {SIGSTOP, "SIGSTOP", "stopped"},
    {SIGSYS, "SIGSYS", "forbidden system call"},
    {SIGTERM, "SIGTERM", "asked to end"},
    {SIGTRAP, "SIGTRAP", "breakpoint or trap"},
    {SIGTSTP, "SIGTSTP", "stopped from the terminal"},
    {SIGTTIN, "SIGTTIN", "terminal input in the background"},
    {SIGTTOU, "SIGTTOU", "terminal output in the background"},
    {SIGURG, "SIGURG", "urgent socket data"},
    {SIGUSR1, "SIGUSR1", "user signal 1"},
    {SIGUSR2, "SIGUSR2", "user signal 2"},
    {SIGVTALRM, "SIGVTALRM", "clock of processor time"},
    {SIGWINCH, "SIGWINCH", "terminal resized"},
    {SIGXCPU, "SIGXCPU", "over its CPU time limit"},
    {SIGXFSZ, "SIGXFSZ", "over its file size limit"},
};

const name_and_meaning* find(int number) {
    for (const name_and_meaning& entry : table) {
        if (entry.number == number) return &entry;
    }
    return nullptr;
}

// The C library keeps the lowest ones for itself, so only the running program knows both ends.
#if defined(SIGRTMIN) && defined(SIGRTMAX)
int first_real_time() { return SIGRTMIN; }
bool is_real_time(int number) { return number >= SIGRTMIN && number <= SIGRTMAX; }
#else
int first_real_time() { return 0; }
bool is_real_time(int) { return false; }
#endif

CORDON_COLD void restore_handlers() {
    struct sigaction standard {};  // SIG_DFL, nothing masked
    if (!child_signal_is_default) ::sigaction(SIGCHLD, &standard, nullptr);
    if (pipe_ignored) ::sigaction(SIGPIPE, &pipe_before, nullptr);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGUSR1}) {
        if (is_watched(number)) ::sigaction(number, &standard, nullptr);
    }
}

}  // namespace signal_posix

/// Defined for each system, in its quickest way.
void set_signal_mask(const sigset_t& mask);

void watch_children() {
    signal_posix::install(SIGCHLD, signal_posix::cordon_note_child);
    signal_posix::child_signal_is_default = false;
}

void watch_cancellation() {
    signal_posix::cancellation_watched = true;
    for (const int number : signal_posix::cancelling) {
        // Signals that the caller ignores (nohup) stay ignored.
        if (!signal_posix::is_ignored(number)) signal_posix::install(number, signal_posix::cordon_note_cancellation);
    }
}

void watch_requests() {
    using namespace signal_posix;
    watch_cancellation();
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGTSTP);
    sigaddset(&held, SIGUSR1);
    ::sigprocmask(SIG_BLOCK, &held, nullptr);
    if (!is_ignored(SIGTSTP)) install(SIGTSTP, cordon_note_suspension);
    if (!is_ignored(SIGUSR1)) install(SIGUSR1, cordon_note_status_request);
}

void ignore_broken_pipes() {
    ::sigaction(SIGPIPE, nullptr, &signal_posix::pipe_before);
    signal_posix::pipe_ignored = true;
    signal_posix::install(SIGPIPE, SIG_IGN);
}

void hold_back_broken_pipes() {
    sigset_t pipes;
    sigemptyset(&pipes);
    sigaddset(&pipes, SIGPIPE);
    ::sigprocmask(SIG_BLOCK, &pipes, nullptr);
    sigaddset(&signal_posix::let_in, SIGPIPE);
}

void hold_back_signals() {
    signal_posix::waiting_thread = ::pthread_self();
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGCHLD);
    for (const int number : signal_posix::cancelling) {
        sigaddset(&held, number);
    }
    sigset_t before;
    ::sigprocmask(SIG_BLOCK, &held, &before);
    if (!signal_posix::original_known) {
        signal_posix::original = before;
        signal_posix::original_known = true;
    }
    signal_posix::let_in = signal_posix::original;
}

bool take_child_ended() {
    const bool ended = signal_posix::child_ended != 0;
    signal_posix::child_ended = 0;
    return ended;
}

int take_cancellation(int& count) {
    const int number = signal_posix::cancelled_by;
    signal_posix::cancelled_by = 0;
    count = signal_posix::cancellations;
    return number;
}

int cancellations() {
    const int count = signal_posix::cancellations;
    if (count != signal_posix::seen_cancellations) signal_posix::seen_at = now();
    signal_posix::seen_cancellations = count;
    return count;
}

instant last_cancellation() { return signal_posix::seen_at; }

bool take_suspension() {
    const bool wanted = signal_posix::suspension != 0;
    signal_posix::suspension = 0;
    return wanted;
}

bool take_status_request() {
    const bool wanted = signal_posix::status_request != 0;
    signal_posix::status_request = 0;
    return wanted;
}

// The mask comes last: until then a signal waits, and then it finds no handler of cordon's that would only note it.
CORDON_HOT void restore_signals() {
    using namespace signal_posix;
    if (!child_signal_is_default || pipe_ignored || cancellation_watched) restore_handlers();
    set_signal_mask(original);
}

int interrupt_signal() { return SIGINT; }
int abort_signal() { return SIGABRT; }
int kill_signal() { return SIGKILL; }
bool comes_from_others(int number) {
    return number == SIGKILL || number == SIGTERM || number == SIGINT || number == SIGHUP || number == SIGQUIT;
}

std::string signal_name(int number) {
    if (const auto* entry = signal_posix::find(number)) return std::string(entry->name);
    if (!signal_posix::is_real_time(number)) return "signal " + std::to_string(number);
    const int distance = number - signal_posix::first_real_time();
    return distance == 0 ? "SIGRTMIN" : "SIGRTMIN+" + std::to_string(distance);
}

std::string_view signal_meaning(int number) {
    if (const auto* entry = signal_posix::find(number)) return entry->meaning;
    return signal_posix::is_real_time(number) ? "real-time signal" : std::string_view();
}

}  // namespace cordon::engine::os
