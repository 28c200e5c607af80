#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// Finds changes that a test makes in its own process, in three steps of different cost. Every worker remembers, once,
// the state in which its tests begin. Each test process asks at its end, with the cheapest possible questions, whether
// anything has changed. Only if one says yes, it looks closely.

/// How thoroughly changed_state() looks. Thorough: descriptors up to 1023 and every signal, at about 25 microseconds
/// for each test. Quick: descriptors up to 63 and signals that programs commonly handle, at about three.
enum class attention : std::uint8_t { quick, thorough };

/// Remembers this process's state as the one in which tests begin. Handlers and mask of signals are excepted: they will
/// be as restore_signals() leaves them.
void remember_state(attention how);
/// The same again in a process that has run a test: the next one begins in the present state, signals included.
void remember_state_again();

/// As remember_state() was told; nothing if it was not called in this process or an ancestor.
optional<attention> remembered_attention();

/// State that differs between tests and so cannot be remembered before: taken when one begins.
struct state_mark {
    std::uint64_t environment = 0;
};
state_mark mark_state();

/// The possible kinds of leftovers, as bits `1 << leftover_kind`; 0: none. There may be one too many, which
/// describe_changes() then does not find.
std::uint32_t changed_state(const state_mark& since);

/// The same for kinds that are in memory only: for a process that has made no system call since.
std::uint32_t changed_memory(const state_mark& since);

/// Describes them. Threads that are about to end do not count.
void describe_changes(std::uint32_t kinds, vector<leftover>& to);

/// True if threads can be counted here. Linux: yes. Elsewhere no.
bool can_see_threads();

/// Kills the children of this process and their orphans. Running ones are added to `to`. `for_long`: so much time has
/// passed since the last call that children may have come and gone, and may have left others. Linux and Windows
/// only; elsewhere nothing.
void end_children(vector<leftover>& to, bool for_long);

}  // namespace cordon::engine::os
