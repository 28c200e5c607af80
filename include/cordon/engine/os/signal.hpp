#pragma once

#include <cordon/engine/base/clock.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::os {

/// Signals are held back except inside wait_for(), and then only note that they came.

/// Notes the ends of children. Worker and supervisor.
void watch_children();
/// Notes requests to end the run: SIGINT, SIGTERM, SIGHUP. Supervisor only.
void watch_cancellation();
/// Notes these, and requests to suspend the run (SIGTSTP) and to say what runs now (SIGUSR1). Supervisor only.
void watch_requests();
/// Makes writing into a pipe that nobody reads an error instead of a signal. Worker and supervisor.
void ignore_broken_pipes();
/// Lets none of the watched signals in until wait_for().
void hold_back_signals();

/// True once after a child ended.
bool take_child_ended();
/// The newest cancellation signal since the last call, 0 for none; `count` says how many came in all.
int take_cancellation(int& count);

/// How many cancellation signals have come in so far, and when this function saw the last of them. Takes none: they are
/// still there for take_cancellation().
int cancellations();
instant last_cancellation();

/// True once after such a request.
bool take_suspension();
bool take_status_request();

/// In a new process: everything as the program was started with.
void restore_signals();

/// What Ctrl-C sends.
int interrupt_signal();
/// What nobody can refuse.
int kill_signal();
/// A signal that a process is sent by others, and not for something that it did: SIGKILL, SIGTERM, SIGINT, SIGHUP,
/// SIGQUIT.
bool comes_from_others(int number);

/// "SIGSEGV", "SIGRTMIN+2"; "signal 99" for a number without a name.
std::string signal_name(int number);
/// What the signal means to a reader of a report: "invalid memory reference".
std::string_view signal_meaning(int number);

}  // namespace cordon::engine::os
