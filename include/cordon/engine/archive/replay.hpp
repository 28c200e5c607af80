#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/loose_ends.hpp>
#include <cordon/engine/archive/merge.hpp>
#include <cordon/engine/archive/source.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <memory>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// `--replay`: recordings as events. One recording is replayed unchanged; several are merged into one run.
class replay {
  public:
    using speaker = void (*)(const std::string& line);

    /// `say` gets messages for the user, one line at a time.
    replay(const options& chosen, speaker say) : chosen_(chosen), say_(say) {}

    /// Checks the recordings. Returns false, after a message, if they cannot be reported.
    bool prepare() {
        if (chosen_.replays.size() != 1) return prepare_merge();
        result<source> opened = source::open(chosen_.replays[0]);
        if (!opened) return refuse("cannot " + os::describe(opened.failure()));
        single_.emplace(std::move(opened.value()));
        return true;
    }

    /// Passes on all events. Returns false, after a message, if some are missing.
    bool drive(sink& to) {
        if (single_) {
            const bool whole = play(*single_, to);
            tell_end_of(*single_, whole);
            return fine_;
        }
        to.on(run_started(merge_->begin()));
        for (const std::string& each : merge_->problems())
            to.on(notice{notice::level::warning, each});
        for (std::size_t i = 0; i < merge_->parts().size(); ++i)
            play_part(i, to);
        const std::size_t missing = merge_->pass_missing(to);
        run_finished end(merge_->end());
        end.in_trouble = end.in_trouble || !fine_;
        const vector<std::string>& problems = merge_->problems();
        if (missing != 0 && end.stopped_because.empty() && !problems.empty()) end.stopped_because = problems.front();
        to.on(end);
        return fine_;
    }

  private:
    /// Receives the events of one part.
    class part_sink final : public sink {
      public:
        part_sink(const merge& whole, std::size_t index, sink& to) : whole_(whole), index_(index), to_(to) {}
        void on(const event& happened) override { whole_.pass(index_, event(happened), to_); }

      private:
        const merge& whole_;
        std::size_t index_;
        sink& to_;
    };

    /// Passes on the events of a recording, and completes them if its end is missing. Returns whether it was complete.
    bool play(source& from, sink& to) {
        loose_ends ends;
        while (const optional<event> happened = from.next()) {
            ends.on(*happened);
            to.on(*happened);
        }
        if (!ends.whole()) ends.tie_up(to, !from.damage().empty() || chosen_.replay_strict);
        return ends.whole();
    }

    void tell_end_of(const source& from, bool whole) {
        const std::string damage = from.damage();
        if (!damage.empty()) {
            say_(from.path() + ": " + damage + "; the report has the events before it");
            fine_ = false;
        } else if (!whole) {
            say_(from.path() + " ends before its run did; the report has the events in it");
            if (chosen_.replay_strict) fine_ = false;
        }
    }

    void play_part(std::size_t index, sink& to) {
        result<source> opened = source::open(merge_->parts()[index].path);
        if (!opened) {
            fine_ = refuse("cannot " + os::describe(opened.failure()));
            return;
        }
        part_sink through(*merge_, index, to);
        if (!play(opened.value(), through) && chosen_.replay_strict) fine_ = false;
    }

    bool refuse(const std::string& line) {
        say_(line);
        return false;
    }

    bool prepare_merge() {
        vector<part> parts;
        bool good = true;
        for (const std::string& path : chosen_.replays) {
            result<source> opened = source::open(path);
            if (!opened) {
                good = refuse("cannot " + os::describe(opened.failure()));
            } else if (!opened.value().can_be_read_again()) {
                good = refuse("cannot merge " + path + ": it is not a file that can be read twice");
            } else {
                parts.emplace_back();
                good = look_at(opened.value(), parts.back()) && good;
            }
        }
        if (!good) return false;
        merge_.emplace(std::move(parts));
        for (const std::string& each : merge_->problems())
            say_((chosen_.merge_partial ? "warning: " : "cannot merge: ") + each);
        if (merge_->problems().empty() || chosen_.merge_partial) return true;
        return refuse("use --merge-partial to report them anyway");
    }

    bool look_at(source& from, part& into) {
        into.path = from.path();
        while (const optional<event> happened = from.next())
            into.on(*happened);
        if (from.damage().empty()) return true;
        say_(from.path() + ": " + from.damage());
        fine_ = false;
        return chosen_.merge_partial;
    }

    const options& chosen_;
    speaker say_;
    bool fine_ = true;
    optional<source> single_;
    optional<merge> merge_;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
