#pragma once

#include <cordon/engine/base/clock.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::os {

/// Signals are held back except inside wait_for(); their handlers only note that they came.

/// Notes the ends of children. For worker and supervisor.
void watch_children();
/// Notes requests to end the run: SIGINT, SIGTERM, SIGHUP. For the supervisor only.
void watch_cancellation();
/// Also notes requests to suspend the run (SIGTSTP) and to report the running tests (SIGUSR1). For the supervisor only.
void watch_requests();
/// Makes writing into a pipe without a reader an error instead of a signal. For worker and supervisor.
void ignore_broken_pipes();
/// The same without a change to what a forked process does with such a signal. After hold_back_signals(). Worker only.
void hold_back_broken_pipes();
/// Holds back the watched signals until wait_for().
void hold_back_signals();

/// True once after a child ended.
bool take_child_ended();
/// The newest cancellation signal since the last call, 0 for none; `count` is the number of all so far.
int take_cancellation(int& count);

/// The number of cancellation signals so far, and when this function saw the last of them. They stay for
/// take_cancellation().
int cancellations();
instant last_cancellation();

/// True once after such a request.
bool take_suspension();
bool take_status_request();

/// In a new process: restores the state in which the program was started.
void restore_signals();

/// The signal of Ctrl-C.
int interrupt_signal();
/// The signal of abort().
int abort_signal();
/// The signal that nobody can refuse.
int kill_signal();
/// True for a signal that comes from other processes: SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT.
bool comes_from_others(int number);

/// "SIGSEGV", "SIGRTMIN+2"; "signal 99" for a number without a name.
std::string signal_name(int number);
/// The meaning of the signal for a reader of a report: "invalid memory reference".
std::string_view signal_meaning(int number);

}  // namespace cordon::engine::os
