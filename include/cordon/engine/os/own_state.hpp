#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// What a test can change in its own process, in three steps of very different cost. Every worker remembers, once, the
// state that its tests begin in. Each test process asks at its end whether anything has changed, by the cheapest
// questions that tell. Only where one of them says yes it looks closely.

/// How closely changed_state() looks. Thorough: the descriptors up to 1023 and every signal, at some 25 microseconds a
/// test. Quick: the descriptors up to 63 and the signals that programs commonly handle, at some three.
enum class attention : std::uint8_t { quick, thorough };

/// Remembers this process's state as the one that tests begin in, handlers and mask of signals excepted: for them, what
/// restore_signals() will leave counts.
void remember_state(attention how);
/// The same once more in a process that has run a test: as it is now, signals included, is how the next one begins.
void remember_state_again();

/// What cannot be remembered beforehand, because it differs between tests: taken when one begins.
struct state_mark {
    std::uint64_t environment = 0;
};
state_mark mark_state();

/// The kinds of leftovers that there may be now, as bits `1 << leftover_kind`; 0: none. May say one too many, that
/// describe_changes() then does not find.
std::uint32_t changed_state(const state_mark& since);

/// What they are. Threads that are about to end are none.
void describe_changes(std::uint32_t kinds, vector<leftover>& to);

/// Whether threads can be told here. Linux: yes. Elsewhere no.
bool can_see_threads();

/// Ends the children that this process has, with what they leave behind. Those that were running are added to `to`.
/// `for_long`: since the last time so much has passed that children may have come and gone, and may have left others.
/// Linux only; elsewhere nothing.
void end_children(vector<leftover>& to, bool for_long);

}  // namespace cordon::engine::os
