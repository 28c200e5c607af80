#pragma once

#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>

// For signal handlers of a process that is about to end: runs code that may crash or hang, and continues after it.

namespace cordon::engine::os::at_risk {

constexpr int caught[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGALRM};

sigjmp_buf way_out;
volatile sig_atomic_t active = 0;
pthread_t thread_at_risk;

extern "C" void cordon_give_up_risk(int number) {
    if (active == 0) {
        if (number != SIGALRM) ::signal(number, SIG_DFL);
        return;
    }
    if (::pthread_equal(::pthread_self(), thread_at_risk) != 0) ::siglongjmp(way_out, 1);
    if (number == SIGALRM) {
        ::pthread_kill(thread_at_risk, number);
    } else {
        ::sleep(2);  // the process ends sooner
    }
}

/// Calls `action`. A fatal signal ends the call, and so does one second. Signal actions and mask stay changed.
void run(void (*action)()) {
    static std::atomic<bool> taken{false};
    if (taken.exchange(true)) return;  // by another thread, or by the code that this one has interrupted
    struct sigaction give_up {};
    give_up.sa_handler = cordon_give_up_risk;
    give_up.sa_flags = SA_NODEFER | SA_ONSTACK;
    sigset_t let_in;
    sigemptyset(&let_in);
    thread_at_risk = ::pthread_self();
    for (const int each : caught) {
        ::sigaction(each, &give_up, nullptr);
        sigaddset(&let_in, each);
    }
    if (sigsetjmp(way_out, 1) == 0) {
        active = 1;
        ::pthread_sigmask(SIG_UNBLOCK, &let_in, nullptr);
        ::alarm(1);
        action();
    }
    active = 0;
    ::alarm(0);
    taken.store(false);
}

}  // namespace cordon::engine::os::at_risk
