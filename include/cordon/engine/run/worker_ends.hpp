#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/worker_slot.hpp>
#include <cordon/engine/select/fresh_starts.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// The ends of workers: reports them, and decides whether starting another worker is useful.
class worker_ends {
  public:
    explicit worker_ends(const run_context& of) : run_(of) {}

    /// An attempt reached its end in a worker.
    void on_progress() { fresh_starts_.on_progress(); }
    /// A worker has ended without finishing an attempt.
    void on_futile(const worker_slot& of, const worker_end& how);

    const select::fresh_starts& fresh_starts() const { return fresh_starts_; }
    /// Why no further worker is started, when that is useless.
    std::string no_progress() const;

    /// Reports a worker that ended before its first message.
    void report_early(const worker_slot& of, const worker_end& how) const;
    /// Reports a worker that was told to end and did not end normally.
    void report_bad_leave(std::uint32_t index, const worker_end& how) const;

    /// Why the dispatcher or the port ended the worker; empty: it ended by itself.
    static const std::string& known_reason(const worker_slot& of, const worker_end& how) {
        return !of.condemned.empty() ? of.condemned : how.broken;
    }

  private:
    static std::string printed_by(const worker_end& how) {
        const std::string text = how.output.text(stream::err) + how.output.text(stream::out);
        return text.empty() ? "" : "\n" + text;
    }

    const run_context& run_;
    select::fresh_starts fresh_starts_;
    std::string last_futile_;  // end of the last worker that finished no attempt
};

void worker_ends::on_futile(const worker_slot& of, const worker_end& how) {
    using fate = select::fresh_starts::fate;
    const std::string& known = known_reason(of, how);
    // A program cannot end itself with these signals, except SIGKILL after its first message.
    const signal_facts ended_by = how.by_signal ? run_.world.signal(how.code) : signal_facts();
    const bool by_others = known.empty() && (of.greeted ? ended_by.kills : ended_by.from_others);
    fresh_starts_.on_futile(!by_others   ? fate::ended_by_itself
                            : of.greeted ? fate::killed_after_it_spoke
                                         : fate::killed_before_it_spoke,
                            run_.now());
    last_futile_ = known.empty() ? run_.describe_end(how.by_signal, how.code) : "was ended: " + known;
    if (!ended_by.meaning.empty()) last_futile_ += " (" + std::string(ended_by.meaning) + ")";
}

std::string worker_ends::no_progress() const {
    std::string why = "workers end before they have run a test: the last one " + last_futile_;
    if (const std::uint32_t killed = fresh_starts_.killed_starting(); killed != 0)
        why += "; " + counted(killed, "worker") + " in a row were killed while they started, in " +
               duration_text(fresh_starts_.spent(run_.now()));
    return why;
}

// If several workers in a row are killed, only the first is reported, and the number at the end.
void worker_ends::report_early(const worker_slot& of, const worker_end& how) const {
    const std::string& known = known_reason(of, how);
    std::string text = "a worker " + run_.describe_end(how.by_signal, how.code) + " before it was ready: ";
    if (!known.empty() || !how.by_signal || !run_.world.signal(how.code).from_others) {
        text += !known.empty()                ? known
                : run_.chosen.wrapper.empty() ? "does a static initializer crash?"
                                              : "does the command of --wrap run programs?";
        return run_.say(notice::level::error, text + printed_by(how));
    }
    if (fresh_starts_.killed_starting() != 0) return;
    text += "it was killed (Linux does this when memory runs out); it is replaced";
    run_.say(notice::level::warning, text + printed_by(how));
}

void worker_ends::report_bad_leave(std::uint32_t index, const worker_end& how) const {
    run_.say(notice::level::warning, "worker " + std::to_string(index) + " " +
                                         run_.describe_end(how.by_signal, how.code) + " when it left" +
                                         printed_by(how));
}

}  // namespace cordon::engine::run
