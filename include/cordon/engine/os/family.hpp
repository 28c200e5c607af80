#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::os {

/// A number that all descendants of a process inherit, whatever they execute and whatever session they enter. It
/// identifies the processes of a run when their parents are gone. 0 means none.
using family_mark = std::uint64_t;

/// A mark that no other run has; 0 if processes cannot be marked. Linux: the soft limit of file locks (`ulimit -x`),
/// which the kernel keeps for each process, passes on, and has not enforced since version 2.4. Elsewhere: 0.
family_mark new_family_mark();

/// Gives this process the mark. Safe between fork and exec.
void bear_mark(family_mark mark);

/// Kills and reaps children that this process has adopted (see adopt_orphans()) and that have another mark, with all
/// their descendants. Spares those in `kept`. Limited to some seconds, if a process cannot be killed. Never kills a
/// child that existed before. Does nothing if processes cannot be marked.
void end_strays(const vector<process_id>& kept);

/// Kills the processes of the group, and waits a moment until they have ended: then their resources (ports, locks) are
/// free.
void end_group(process_id leader);

struct watched_workers;

/// Processes beside this one that kill the rest of its family when it dies. They wait for that and do nothing else. The
/// keeper, a child of this process, restarts the guard if it is killed. The guard is the keeper's child, so killing
/// this process and all its children at once does not kill the guard. When this process has ended, the guard kills all
/// processes with the mark and without a living worker above them. The workers have some seconds to end normally. The
/// guard exits when no process is left.
class guardian {
  public:
    guardian() = default;
    guardian(const guardian&) = delete;
    guardian& operator=(const guardian&) = delete;
    ~guardian();

    /// Starts it if it does not run. If that fails, the run continues without it. Does nothing if processes cannot be
    /// marked.
    void watch_over(family_mark mark);

    /// The worker of that slot; 0: none.
    void note_worker(std::size_t slot, process_id worker);

    /// A child has ended: it may have been the keeper.
    void look();

    /// There is no room for it: ends it permanently. Returns false if it does not run.
    bool stand_down();

    process_id keeper() const { return keeper_; }

  private:
    void end();

    family_mark mark_ = 0;
    process_id keeper_ = 0;
    bool stands_down_ = false;
    watched_workers* workers_ = nullptr;
};

}  // namespace cordon::engine::os
