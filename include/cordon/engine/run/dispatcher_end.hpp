#pragma once

#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/run/sanitizer.hpp>

// dispatcher: settling attempts, and ending the run.

namespace cordon::engine::run {

// A process has begun another test: its messages about the earlier ones are complete.
void dispatcher::move_on(std::uint32_t index, std::uint32_t to) {
    for (attempt& each : slots_[index].parts) {
        if (each.ticket != to && each.said) each.moved_on = true;
    }
    settle_complete(index);
}

void dispatcher::settle_complete(std::uint32_t index) {
    auto& parts = slots_[index].parts;
    for (std::size_t i = 0; i < parts.size();) {
        if (!parts[i].complete()) {
            ++i;
            continue;
        }
        const std::uint64_t limit = results_.settings(tickets_[parts[i].ticket].test).memory_limit;
        const bool leaked = chosen_.leaks == leak_policy::fail && parts[i].result.left.any_fault();
        conclude(index, parts[i], classify(parts[i].said, parts[i].process, limit, leaked));
    }
}

void dispatcher::conclude(std::uint32_t index, attempt& part, const classification& what) {
    slot& from = slots_[index];
    attempt done = std::move(part);
    from.parts.erase(from.parts.begin() + (&part - from.parts.data()));
    from.forget(done.ticket);
    from.quiet_since = now();
    from.fruitful = true;
    fresh_starts_.on_progress();
    const ticket_book::entry ticket = tickets_[done.ticket];
    if (settings_.repeats == nullptr) schedule_.done(index);
    // If the user stopped the run, a test that was cut short has no verdict; settle_the_rest() reports it. If the
    // global timeout ended a running test, the test has exceeded that limit, except in repeated runs. If a subcase
    // failed before, that result stays.
    const bool says_nothing = what.cancelled && (!out_of_time_ || settings_.repeats != nullptr);
    if (says_nothing && done.pieces.empty()) {
        tickets_.settle(done.ticket);
        return;
    }
    attempt_result& result = done.result;
    result.test = ticket.test;
    result.number = ticket.number;
    result.of = std::max(ticket.number, results_.most_attempts(ticket.test));
    result.how = what.cancelled && !says_nothing ? ending::timed_out : what.how;
    result.reason = what.cancelled ? stopped_because_ : what.reason;
    result.slot = index;
    result.seed = ticket.seed;
    done.fill(settings_.started.time_since_epoch());
    // A process that did not reach its end was not checked. Without isolation nothing is checked.
    const bool looked = chosen_.leaks != leak_policy::ignore && settings_.isolation != isolate::none;
    result.left.inside_seen = done.said && looked;
    result.left.threads_seen = result.left.inside_seen && machine_.sees_threads;
    name_finding(result);
    name_signal(result);
    cut_at_limit(result);
    learn(result);
    const bool at_once = chosen_.fail_fast != 0 || settings_.repeats != nullptr || stopping_;
    vector<code_place> places = places_of(done.traces);
    for (const piece& each : done.pieces) {
        const vector<code_place> more = places_of(each.traces);
        places.append(more.begin(), more.end());
    }
    if (at_once || places.empty() || port_.prepare_names(places)) return tell(index, done, ticket.turn);
    unnamed_.push_back({index, ticket.turn, std::move(done), std::move(places)});
}

// Naming the calls of a stack takes time at first. Only those wait that depend on the result: the next tests with
// --fail-fast, the next run if tests are repeated.
void dispatcher::tell_what_is_named() {
    for (std::size_t i = 0; i < unnamed_.size();) {
        if (!stopping_ && !port_.prepare_names(unnamed_[i].places)) {
            ++i;
            continue;
        }
        unnamed_attempt ready = std::move(unnamed_[i]);
        unnamed_.erase(unnamed_.begin() + i);
        tell(ready.index, ready.what, ready.turn);
    }
}

void dispatcher::tell(std::uint32_t index, attempt& done, std::uint32_t turn) {
    attempt_result& result = done.result;
    explain_end(done, result);
    const vector<std::string> last_path = done.leaves.path();
    done.fill_leaves();
    if (!done.pieces.empty()) join_pieces(done, last_path);
    announce(index, done, result.pid, result.started + settings_.started.time_since_epoch());
    tickets_.settle(done.ticket);
    const std::string without_lines = module_without_lines(result);
    pass_on(std::move(result));
    hint_at_lines(without_lines);
    if (settings_.repeats != nullptr) end_run_of_turn(index, turn);
}

void dispatcher::explain_end(attempt& done, attempt_result& result) {
    explain(done.traces, result, [this](const code_place& place) { return port_.name(place); });
    if (done.stop_signal() != 0) result.reason = describe_stop(done.stop_signal(), port_.signal(done.stop_signal()));
    if (result.how == ending::crashed && done.process && done.process->out_of_memory)
        result.reason += std::string(result.reason.empty() ? "" : "; ") + "memory had been refused before";
}

// For a file without line numbers; once in a run.
void dispatcher::hint_at_lines(const std::string& module) {
    if (lines_hinted_at_) return;
    const missing_lines lacks = module.empty() ? missing_lines::none : port_.lacks(module);
    if (lacks == missing_lines::none) return;
    lines_hinted_at_ = true;
    out_.on(notice{notice::level::info,
                   lacks == missing_lines::tool
                       ? "stacks have no lines: install addr2line (binutils) or llvm-symbolizer to see them"
                       : "stacks have no lines: compile with -g to see them"});
}

// The time after the limit (the last look, the grace time) is not the test's time.
void dispatcher::cut_at_limit(attempt_result& result) {
    const duration limit = results_.settings(result.test).timeout;
    if (result.how != ending::timed_out || limit == duration{0} || result.took <= limit) return;
    result.cleanup += result.took - limit;
    result.took = limit;
}

// Most sanitizers end the process with a report on standard error; UndefinedBehaviorSanitizer only reports. In a
// program without a sanitizer such a line is just output.
void dispatcher::name_finding(attempt_result& result) {
    const bool ended_badly =
        result.how == ending::crashed || result.how == ending::exited || result.how == ending::exit_failure;
    const bool may_be_undefined = machine_.reports_undefined && (ended_badly || result.how == ending::passed);
    if (result.output.empty() || (!ended_badly && !may_be_undefined)) return;
    const std::string errors = result.output.text(stream::err);
    std::string found = ended_badly ? sanitizer_finding(errors) : std::string();
    if (found.empty() && may_be_undefined) found = undefined_behaviour(errors);
    if (found.empty()) return;
    if (result.how == ending::passed) result.how = ending::failed;
    if (result.reason.empty()) result.reason = std::move(found);
    forget_symbolizer(result.left);
}

void dispatcher::name_signal(attempt_result& result) {
    if (result.signal == 0) return;
    const signal_facts known = port_.signal(result.signal);
    result.signal_name = known.name;
    result.signal_meaning = known.meaning;
}

void dispatcher::announce(std::uint32_t index, attempt& part, std::int64_t pid, duration started) {
    if (std::exchange(part.announced, true)) return;
    const ticket_book::entry& info = tickets_[part.ticket];
    out_.on(attempt_started{info.test, info.number, index, pid, started - settings_.started.time_since_epoch()});
}

// A moving average, so that batches follow the present cost of tests.
void dispatcher::learn(const attempt_result& result) {
    const duration cost = result.took + result.spawn + result.cleanup;
    mean_ = mean_ == duration{0} ? cost : mean_ + (cost - mean_) / 8;
}

void dispatcher::pass_on(attempt_result result) {
    const std::size_t test = result.test;
    if (settings_.repeats != nullptr) {
        results_.report(std::move(result));
        if (std::string why = settings_.repeats->stop_reason(); !why.empty() && !stopping_) stop_early(std::move(why));
        return;
    }
    switch (results_.record(std::move(result))) {
        case results::next::settled:
            break;
        case results::next::repeat:
            schedule_.add(test);
            break;
        case results::next::retry:
            retries_.push_back({test, now() + delay_before_retry(test)});
            break;
    }
    if (chosen_.fail_fast != 0 && results_.failed() >= chosen_.fail_fast && !stopping_) {
        stop_early("stopped after " + std::to_string(results_.failed()) +
                   (results_.failed() == 1 ? " failure" : " failures") + " (--fail-fast)");
    }
}

duration dispatcher::delay_before_retry(std::size_t test) const {
    const std::uint32_t number = results_.next_attempt(test);
    return select::retry_delay(chosen_, results_.retries_so_far(test), random_source(seed_of(test, number)));
}

// Running tests may end, but no new test begins.
void dispatcher::stop_early(std::string why) {
    stopping_ = true;
    stopped_because_ = std::move(why);
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        drop_held(index);
        if (slots_[index].outstanding.size() > 1) port_.send(index, wire::surrender{});
    }
}

void dispatcher::drop_held(std::uint32_t index) { schedule_.put_back(index, std::exchange(slots_[index].held, {})); }

void dispatcher::fail_held(std::uint32_t index, const setup_troubles::trouble& why) {
    room_again_ = true;
    for (const std::size_t test : std::exchange(slots_[index].held, {})) {
        vector<wire::trace> traces;
        attempt_result result = troubles_.result_for(why, port_.signal(why.signal).name, traces);
        result.test = test;
        result.number = results_.next_attempt(test);
        result.of = result.number;
        result.slot = index;
        result.started = now() - settings_.started;
        name_signal(result);
        explain(traces, result, [this](const code_place& place) { return port_.name(place); });
        schedule_.done(index);
        out_.on(attempt_started{test, result.number, index, 0, result.started});
        pass_on(std::move(result));
        if (settings_.repeats != nullptr) results_.settle(test, settings_.repeats->verdict_on(test, {}));
    }
}

// Ending tests properly may take time. Tells the user what the run waits for, and how to skip it.
void dispatcher::tell_cancelled() const {
    constexpr std::size_t most = 5;
    std::string names;
    std::size_t running = 0;
    for (const slot& each : slots_) {
        if (each.outstanding.empty()) continue;
        if (++running > most) continue;
        const test_info& test = list_.tests[tickets_[each.outstanding.front()].test];
        names += (names.empty() ? "" : ", ") +
                 quoted((test.suite.empty() ? "" : std::string(test.suite) + "/") + std::string(test.name));
    }
    if (running == 0) return;
    if (running > most) names += " and " + std::to_string(running - most) + " more";
    const char* again = port_.signal(cancelled_by_).from_keyboard ? "press Ctrl-C again" : "send the signal again";
    out_.on(notice{notice::level::warning, stopped_because_ + "; still running: " + names + "; " + again + " to kill " +
                                               (running == 1 ? "it" : "them") + " at once"});
}

void dispatcher::on_cancel(int signal, int count) {
    if (cancelled_by_ == 0) {
        cancelled_by_ = signal;
        stopped_because_ = "cancelled by " + port_.signal(signal).name;
        tell_cancelled();
        cancel_all();
    }
    if (count > 1) kill_all();
}

void dispatcher::cancel_all() {
    stopping_ = true;
    force_end_at_ = now() + chosen_.grace + std::chrono::seconds(3);
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        drop_held(index);
        if (slots_[index].can_be_sent_to() && slots_[index].is_busy()) port_.send(index, wire::cancel{});
        if (slots_[index].now_in == slot::phase::switching) port_.kill(index);
    }
}

void dispatcher::settle_the_rest() {
    tell_what_is_named();
    const std::string why = stopped_because_.empty() ? "the run ended early" : stopped_because_;
    for (const std::size_t test : plan_.order) {
        if (results_.is_settled(test)) continue;
        if (settings_.repeats != nullptr) {
            results_.settle(test, settings_.repeats->verdict_on(test, why));
        } else if (in_trouble_) {
            results_.settle(test, {verdict::lost, why});
        } else {
            results_.settle_unfinished(test, why);
        }
    }
}

}  // namespace cordon::engine::run
