#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::os {

/// A number that a process hands down to all that it makes, whatever they execute and into whatever session they go:
/// the processes of a run are known by it when their parents are gone. 0 stands for none.
using family_mark = std::uint64_t;

/// A mark that no other run has; 0 where processes cannot be marked.
/// Linux: the soft limit of file locks (`ulimit -x`), which the kernel keeps for each process, hands down, and has not
/// enforced since version 2.4. Elsewhere: 0.
family_mark new_family_mark();

/// This process bears the mark from now on. Safe between fork and exec.
void bear_mark(family_mark mark);

/// Ends the children of this process that it has adopted (see adopt_orphans()) and that bear another mark than it does
/// itself, with all that came of them; reaps them. Not those in `kept`. Bounded: some seconds, where a process cannot
/// be ended. Never ends a child that was there before. Does nothing where processes cannot be marked.
void end_strays(const vector<process_id>& kept);

/// Ends the processes of the group, and waits a moment until they are gone: what they held (ports, locks) is free then.
void end_group(process_id leader);

struct watched_workers;

/// Processes beside this one that end the rest of its family when it dies. They wait for that and do nothing else: the
/// keeper, a child of this process, which starts the guard again if it is killed; and the guard, its child, so that
/// who kills this process and all of its children at once has not killed the guard.
///
/// When this process is gone, the guard ends all that bear the mark and have no living worker above them; the workers
/// have some seconds to leave in order. It exits when nobody is left.
class guardian {
  public:
    guardian() = default;
    guardian(const guardian&) = delete;
    guardian& operator=(const guardian&) = delete;
    ~guardian();

    /// Starts it if it does not run. Where that fails the run goes without. Does nothing where processes cannot be
    /// marked.
    void watch_over(family_mark mark);

    /// The worker of that slot; 0: none.
    void note_worker(std::size_t slot, process_id worker);

    /// A child has ended: it may have been the keeper.
    void look();

    /// There is no room for it: it ends, for good. False: it does not run.
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
