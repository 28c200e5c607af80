#pragma once

#include <cordon/engine/exec/branch.hpp>
#include <cordon/engine/exec/property_corpus.hpp>
#include <cordon/engine/exec/property_example.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/test_environment.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/property/shrink.hpp>

#include <cstdio>
#include <cstdlib>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// How an example failed. Shrinking keeps it, so that it does not end at another mistake.
struct way_to_fail {
    ending how = ending::passed;
    int code = 0;  ///< signal or exit code
    std::string file;
    std::uint32_t line = 0;

    bool is(const way_to_fail& other) const {
        return how == other.how && code == other.code && file == other.file && line == other.line;
    }
};

bool is_failure(ending how) { return how != ending::passed && how != ending::skipped && how != ending::lost; }

way_to_fail way_of(const branch_end& end) {
    way_to_fail way;
    way.how = end.how;
    if (end.how == ending::crashed || end.how == ending::exited) way.code = end.code;
    for (std::size_t i = 0; i < end.failures.size() && way.file.empty(); ++i) {
        if (end.failures[i].kind == failure_kind::warning) continue;
        way.file = end.failures[i].file;
        way.line = end.failures[i].line;
    }
    return way;
}

/// Tries a property: many examples in one process, until one fails; each step of shrinking in a process of its own.
class property_run : private property::example_trial {
  public:
    property_run(const detail::property& which, const detail::test_case& test, property_board& board)
        : which_(which),
          test_(test),
          board_(board),
          seed_(environment_of_tests().seed()),
          kept_(test, which.parameters) {
        const optional<os::attention> looks = os::remembered_attention();
        leaks_fail_ = looks && *looks == os::attention::thorough;
        read_decorators();
    }

    void run() {
        for (std::size_t i = 0; i < kept_.examples().size(); ++i) {
            if (!try_kept(kept_.examples()[i].made)) return;
        }
        while (board_.passed < wanted_) {
            if (!try_many()) return;
        }
        tell_passed();
    }

  private:
    static constexpr std::uint32_t usual_examples = 100;
    static constexpr std::uint32_t most_discards = 10;  ///< for each example
    static constexpr std::size_t most_steps = 20'000;
    static constexpr duration usual_patience = std::chrono::seconds(2);
    static constexpr duration shrink_time = std::chrono::seconds(10);

    void read_decorators() {
        if (const char* text = std::getenv("CORDON_EXAMPLES")) {
            if (const optional<std::uint64_t> n = parse_unsigned(text, 1'000'000'000); n && *n != 0)
                wanted_ = static_cast<std::uint32_t>(*n);
        }
        for (std::size_t i = 0; i < test_.count; ++i) {
            const detail::decorator& each = test_.decorators[i];
            if (each.kind == detail::decoration::examples) wanted_ = static_cast<std::uint32_t>(each.number);
            if (each.kind == detail::decoration::example_timeout) own_patience_ = from_seconds(each.number);
        }
    }

    // ---- limits of time ----

    /// How long an example may take: the decorator's time, or much longer than those that passed. An endless one takes
    /// this time up to five times, and the test's own limit must allow that.
    duration patience() const {
        if (own_patience_ != duration{0}) return own_patience_;
        const duration longest(board_.longest);
        const duration usual = std::max<duration>(usual_patience, 100 * longest);
        const duration limit = environment_of_tests().time_limit();
        return limit == duration{0} ? usual : std::max(std::min(usual, limit / 8), 4 * longest);
    }
    /// The same for a step of shrinking, of which there are many.
    duration short_patience() const {
        return std::min(patience(), std::max<duration>(std::chrono::milliseconds(50), 20 * duration(board_.longest)));
    }
    duration time_to_shrink() const {
        const duration elapsed = os::steady_now().time_since_epoch() - context().started();
        const duration limit = environment_of_tests().time_limit();
        return limit == duration{0} ? shrink_time : std::min(shrink_time, (limit - elapsed) / 3);
    }

    // ---- in a branch ----

    /// Examples by chance, until one fails or there are enough.
    static void work_through(void* self) { static_cast<property_run*>(self)->run_many(); }
    void run_many() {
        begin_watch();
        while (board_.passed < wanted_ && !has_given_up()) {
            run_numbered(board_.started++);
            if (context().branch()->bad != 0 || context().branch()->skipped != 0) return;
            if (board_.has_leaked) return;
            if (board_.is_discarded) {
                ++board_.discarded;
            } else {
                ++board_.passed;
                board_.count_labels();
            }
        }
    }
    bool has_given_up() const { return board_.discarded > std::uint64_t{most_discards} * wanted_; }

    void run_numbered(std::uint64_t number) {
        const std::size_t size = 1 + (wanted_ < 2 ? 50 : board_.passed * std::size_t{99} / (wanted_ - 1));
        detail::drawing state(board_.log, mix_bits(seed_ + number * 0x9e3779b97f4a7c15u), size);
        run_watched(state, false);
    }

    static void work_on_one(void* self) { static_cast<property_run*>(self)->run_candidate(); }
    void run_candidate() {
        begin_watch();
        detail::drawing state(board_.log, candidate_->data(), candidate_->size());
        run_watched(state, tells_code_);
    }

    /// With --leaks=fail an example fails that leaves something behind in its process.
    void begin_watch() {
        if (leaks_fail_) os::remember_state_again();
    }
    void run_watched(detail::drawing& state, bool tells_code) {
        const os::state_mark before = leaks_fail_ ? os::mark_state() : os::state_mark();
        run_example(which_, state, board_, tells_code);
        // A process that the example forked and that returned here must not go on with others.
        if (!context().in_own_process()) os::leave_with_coverage(0);
        if (!leaks_fail_) return;
        vector<leftover> found;
        os::describe_changes(os::changed_state(before), found);
        board_.has_leaked = !found.empty();
    }

    // ---- in the test ----

    branch_end in_branch(void (*work)(void*), duration limit) {
        board_.has_leaked = board_.is_discarded = false;
        branch_options wanted;
        wanted.kind = branch_kind::trial;
        wanted.keeps_output = true;
        wanted.limit = limit;
        branch_end end = run_branch(work, this, wanted);
        if (end.how == ending::passed && leaks_fail_ && (board_.has_leaked || end.survivors != 0))
            end.how = ending::leaked;
        return end;
    }
    /// Tries one example by its choices.
    branch_end try_one(const property::choices& example, duration limit, bool tells_code) {
        candidate_ = &example;
        tells_code_ = tells_code;
        return in_branch(work_on_one, limit);
    }

    /// False: the run of the property is over.
    bool try_kept(const property::choices& example) {
        const branch_end end = try_one(example, patience(), false);
        if (board_.log.misfit) kept_.note_misfit();
        if (is_failure(end.how)) return conclude_failure(end, "an example of the corpus");
        return goes_on(end);
    }

    /// One process that runs examples until its time is over, or one fails. Its time is the patience with one example,
    /// so the example that began it and still runs takes too long. Another one gets its own time.
    bool try_many() {
        const branch_end end = in_branch(work_through, patience());
        if (is_failure(end.how)) {
            if (end.how == ending::leaked && !board_.has_leaked) return tell_processes(end);
            return conclude_failure(end, "example " + std::to_string(board_.started));
        }
        std::fwrite(end.output.data(), 1, end.output.size(), stdout);
        if (!goes_on(end)) return false;
        if (has_given_up()) return give_up(), false;
        return true;
    }

    bool goes_on(const branch_end& end) {
        context().count().add(end.passed);
        if (end.how == ending::skipped) context().skip(end.why);
        if (end.how == ending::lost) record(failure_kind::process, "its examples could not be run: " + end.why);
        return end.how == ending::passed;
    }

    void give_up() {
        record(failure_kind::explicit_, "only " + counted(board_.passed) + " of " + counted(wanted_, "example") +
                                            " passed assume() and filters, " + counted(board_.discarded) +
                                            " were discarded\nMake such values with a generator (map, bind, in_range) "
                                            "instead of discarding others.");
    }
    /// Nobody knows which of the examples has started them.
    bool tell_processes(const branch_end& end) {
        record(failure_kind::process, "the examples left " + counted(end.survivors, "process") + " running");
        return false;
    }

    // ---- an example has failed ----

    bool fails(const property::choices& candidate, property::drawn& seen) override {
        ++steps_;
        const branch_end end = try_one(candidate, short_patience(), false);
        seen.take(board_.log);
        return is_failure(end.how) && !board_.is_discarded && way_of(end).is(way_);
    }
    bool is_over() override { return now() > shrink_until_ || steps_ > most_steps; }

    /// True: it was no failure, only too slow for the time that was left.
    bool conclude_failure(const branch_end& first, const std::string& which) {
        way_ = way_of(first);
        property::drawn failing;
        failing.take(board_.log);
        const std::string heading = "falsified by " + which + counts();
        const branch_end again = try_one(failing.made, patience(), false);
        if (!way_of(again).is(way_)) {
            if (way_.how == ending::timed_out && !is_failure(again.how)) return goes_on(again);
            return tell_dependent(first, again, heading);
        }
        shrink_until_ = now() + time_to_shrink();
        property::shrinker shrinker(*this, failing);
        shrinker.run();
        const bool complete = now() <= shrink_until_ && steps_ <= most_steps;
        branch_end last = try_to_tell(shrinker.best().made);
        const bool confirmed = way_of(last).is(way_);
        if (!confirmed) last = try_to_tell(failing.made);
        tell(last,
             heading + "; " + counted(shrinker.improvements(), "shrink step") + " of " + counted(shrinker.steps()) +
                 " tried" + (complete ? "" : " in the time for it: there may be a simpler one"),
             confirmed ? shrinker.best().made : failing.made);
        return false;
    }

    /// Tries the example, and keeps its values as code, unless writing that code is what fails.
    branch_end try_to_tell(const property::choices& example) {
        branch_end end = try_one(example, patience(), true);
        if (way_of(end).is(way_)) return end;
        branch_end untold = try_one(example, patience(), false);
        if (way_of(untold).is(way_)) board_.add_code("its values cannot be shown: the code that writes them fails\n");
        return untold;
    }

    std::string counts() const {
        std::string text = ", " + counted(board_.passed) + " passed";
        if (board_.discarded != 0) text += ", " + counted(board_.discarded) + " discarded";
        return text;
    }

    void tell(const branch_end& end, const std::string& heading, const property::choices& example) {
        std::string text = heading + "\n" + board_.written_code();
        if (!board_.has_body_begun) text += "while its values were made\n";
        if (end.how == ending::timed_out)
            text += "did not end within " + duration_text(patience()) + "; example_timeout(seconds) allows more\n";
        text += kept_.keep(example, board_.written_code());
        // Its ending is for the worker to say, who sees what it left.
        record(end.how == ending::leaked ? failure_kind::warning : failure_kind::explicit_, text);
        tell_notes();
        tell_found(end);
        if (end.how != ending::crashed && end.how != ending::exited && end.how != ending::leaked) return;
        // Again in the test's own process, which so ends in the same way, with all that reports know of it.
        detail::drawing state(board_.log, example.data(), example.size());
        std::fflush(stdout);
        run_example(which_, state, board_, false);
    }

    void tell_found(const branch_end& end) {
        std::fwrite(end.output.data(), 1, end.output.size(), stdout);
        for (const failure& each : end.failures)
            context().record(each);
    }

    /// It fails only after other examples, or not always.
    bool tell_dependent(const branch_end& first, const branch_end& alone, const std::string& heading) {
        std::string text = heading + ", but that example alone " +
                           (is_failure(alone.how) ? "fails in another way" : "passes") +
                           ": the outcome depends on earlier examples, or on chance\n" + board_.written_code();
        if (first.how == ending::crashed) text += "its process was ended by " + os::signal_name(first.code) + "\n";
        if (first.how == ending::exited)
            text += "its process ended with exit code " + std::to_string(first.code) + "\n";
        if (first.how == ending::timed_out) text += "did not end within " + duration_text(patience()) + "\n";
        record(failure_kind::explicit_, text);
        tell_notes();
        tell_found(first);
        return false;
    }

    void tell_passed() {
        std::string text = counted(board_.passed, "example") + " passed";
        if (board_.discarded != 0) text += ", " + counted(board_.discarded) + " discarded";
        if (!kept_.examples().empty()) text += ", and " + counted(kept_.examples().size()) + " of the corpus";
        for (std::uint32_t i = 0; i < board_.labels; ++i) {
            const std::uint64_t percent = 100 * std::uint64_t{board_.label[i].count} / std::max(board_.passed, 1u);
            text += "\n" + std::to_string(percent) + " % " + board_.label[i].name;
        }
        record(failure_kind::warning, text);
        tell_notes();
    }

    void tell_notes() {
        if (!kept_.trouble().empty()) record(failure_kind::warning, kept_.trouble());
    }

    void record(failure_kind kind, std::string text) {
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        failure what;
        what.kind = kind;
        what.message = std::move(text);
        what.file = test_.where.file;
        what.line = test_.where.line;
        context().record(std::move(what));
    }

    const detail::property& which_;
    const detail::test_case& test_;
    property_board& board_;
    std::uint64_t seed_;
    property_corpus kept_;
    std::uint32_t wanted_ = usual_examples;
    duration own_patience_{0};
    bool leaks_fail_;
    const property::choices* candidate_ = nullptr;
    bool tells_code_ = false;
    way_to_fail way_;
    instant shrink_until_{};
    std::size_t steps_ = 0;
};

const detail::test_case* test_of_property(const void* which) {
    for (const detail::test_case* each = first_test; each != nullptr; each = each->next) {
        if (each->context == which) return each;
    }
    return nullptr;
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

void check_property(const void* which) {
    using namespace engine::exec;
    engine::result<engine::os::shared_memory> memory = engine::os::shared_memory::create(sizeof(property_board));
    if (!memory) end_misused("no memory for the examples: " + engine::os::describe(memory.failure()));
    const test_case* const test = test_of_property(which);
    memory.value().close_object();
    auto* const board = static_cast<property_board*>(memory.value().address());
    property_run(*static_cast<const property*>(which), *test, *board).run();
}

}  // namespace cordon::detail

CORDON_CHEAP_END
