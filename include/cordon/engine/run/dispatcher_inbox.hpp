#pragma once

#include <cordon/engine/run/dispatcher.hpp>
#include <cordon/engine/wire/announced_failure.hpp>

// dispatcher: messages from the workers.

namespace cordon::engine::run {

void dispatcher::on_report(std::uint32_t index, wire::report& what) {
    slots_[index].heard = true;
    what.visit([this, index](auto& message) { hear(index, message); });
}

// Unknown ticket: the message is forged or corrupt.
bool dispatcher::trusts(std::uint32_t index, std::uint32_t ticket) {
    if (slots_[index].owns(ticket)) return true;
    condemn(index, "it reported on a test that it was not given");
    return false;
}

// The worker cannot be trusted any more. Its end will be reported.
void dispatcher::condemn(std::uint32_t index, std::string reason) {
    if (slots_[index].condemned.empty()) slots_[index].condemned = std::move(reason);
    port_.kill(index);
}

void dispatcher::hear(std::uint32_t index, wire::hello& what) {
    slot& from = slots_[index];
    if (what.list_hash != list_.hash || what.tests != list_.tests.size()) {
        return give_up("a worker has other tests than this process: was the program rebuilt meanwhile?");
    }
    from.greeted = true;
    if (from.now_in == slot::phase::starting) from.now_in = slot::phase::ready;
    from.start_took = now() - from.started_at;
    const bool replacement = from.starts > 1 && !std::exchange(from.renewed, false);
    out_.on(worker_started{index, from.pid, now() - settings_.started, from.start_took, replacement});
    if (what.threads > 1) note_threads("a static initializer");
}

void dispatcher::hear(std::uint32_t index, wire::setup_ready& what) {
    slot& from = slots_[index];
    if (from.entering != what.group) return condemn(index, "it reported on a setup that it was not given");
    from.entering.reset();
    from.entered.push_back(what.group);
    from.now_in = slot::phase::ready;
    from.fruitful = false;
    if (what.threads > 1) note_threads("a setup block");
    go_on(index);
}

void dispatcher::note_threads(const char* who) {
    if (std::exchange(threads_noted_, true) || settings_.isolation == isolate::exec) return;
    out_.on(notice{notice::level::warning, std::string(who) +
                                               " has started a thread, so cordon cannot fork safely: it starts the " +
                                               "program anew for each test (as with --isolate=exec), which is slower"});
}

void dispatcher::hear(std::uint32_t index, wire::failed_assertion& what) {
    if (what.ticket == 0) return wire::take_failure(slots_[index].setup_said.failures, std::move(what));
    if (!trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::left_behind& what) {
    if (!trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::trace& what) {
    if (what.ticket == 0) return slots_[index].setup_said.traces.push_back(std::move(what));
    if (!trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).traces.push_back(std::move(what));
}

void dispatcher::hear(std::uint32_t index, wire::debugger_view& what) {
    if (what.ticket == 0) {
        slots_[index].setup_said.debugger_view += what.text;
    } else if (trusts(index, what.ticket)) {
        slots_[index].part(what.ticket).result.debugger_view += what.text;
    }
}

void dispatcher::hear(std::uint32_t index, wire::output& what) {
    if (what.ticket == 0) {
        captured_output& printed = slots_[index].setup_said.output;
        printed.dropped += what.dropped_before;
        return printed.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
    }
    if (!trusts(index, what.ticket)) return;
    if (what.live) return out_.on(output_arrived{tickets_[what.ticket].test, what.from, std::move(what.text)});
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::output_done& what) {
    if (what.ticket == 0 || !trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).output_complete = true;
    settle_complete(index);
}

void dispatcher::hear(std::uint32_t index, wire::finished& what) {
    if (!trusts(index, what.ticket)) return;
    move_on(index, what.ticket);
    slots_[index].part(what.ticket).said = std::move(what);
    settle_complete(index);
}

void dispatcher::hear(std::uint32_t index, wire::ended& what) {
    if (!trusts(index, what.ticket)) return;
    lose_predecessors(index, what.ticket);
    attempt& part = slots_[index].part(what.ticket);
    part.on(what);
    if (part.process->goes_on) {
        const test_settings settings = results_.settings(tickets_[part.ticket].test);
        part.go_on(settings.timeout, settings.memory_limit);
    }
    settle_complete(index);
}

void dispatcher::hear(std::uint32_t index, wire::entered& what) {
    if (trusts(index, what.ticket)) slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::pass_over& what) {
    if (trusts(index, what.ticket)) slots_[index].part(what.ticket).on(what);
}

// A worker runs its items in order, and sends all messages about an item before the end of its process. So when a
// process has ended, no more messages can come for items sent before it.
void dispatcher::lose_predecessors(std::uint32_t index, std::uint32_t of) {
    slot& from = slots_[index];
    for (attempt& each : from.parts) {
        each.output_complete = each.output_complete || each.ticket < of;
    }
    move_on(index, of);
    while (!from.is_next(of)) {
        lose(index, from.outstanding.front(), "its end was not reported");
    }
}

void dispatcher::hear(std::uint32_t index, wire::returned& what) {
    slots_[index].asked_to_surrender = false;
    slots_[index].quiet_since = now();
    take_back(index, what.tickets);
}

void dispatcher::hear(std::uint32_t index, wire::left& what) {
    slot& from = slots_[index];
    // When a setup's process ends, the processes of the setups inside it have ended too.
    const auto entered = std::find(from.entered.begin(), from.entered.end(), what.group);
    if (!from.entering && entered == from.entered.end())
        return condemn(index, "it reported on a setup that it was not given");
    from.entered.erase(entered, from.entered.end());
    if (from.entering) {
        fail_setup(index, what);
    } else if (!what.clean) {
        return lose_setup(index, what);
    }
    from.setup_said = {};
    if (from.now_in == slot::phase::switching) from.now_in = slot::phase::ready;
    go_on(index);
}

// The process of a setup has ended while tests still had to run in it. Commands on their way to it would now reach the
// worker, which must not run them without the setup. So the worker ends too.
void dispatcher::lose_setup(std::uint32_t index, const wire::left& how) {
    slot& from = slots_[index];
    const std::string reason = "the process that its setup ran in " + describe_end(how.by_signal, how.code);
    abandon(index, reason, port_.look(index).ticket);
    drop_held(index);
    from.now_in = slot::phase::switching;
    condemn(index, reason);
}

void dispatcher::fail_setup(std::uint32_t index, const wire::left& how) {
    slot& from = slots_[index];
    const std::uint32_t group = *std::exchange(from.entering, nullopt);
    troubles_.note(group, how, std::move(from.setup_said));
    from.fruitful = true;
}

void dispatcher::hear(std::uint32_t index, wire::trouble& what) {
    if (what.ticket == 0) {
        if (slots_[index].entering && (others_work(index) || port_.make_room()))
            return postpone_setup(index, what.text);
        out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + ": " + what.text});
        return condemn(index, what.text);
    }
    if (!trusts(index, what.ticket)) return;
    if (port_.make_room()) return take_back(index, {what.ticket});
    if (!slots_[index].crowded && !others_work(index)) return lose(index, what.ticket, what.text);
    // Its process could not be created, so the test has not begun: other processes use the resources.
    take_back(index, {what.ticket});
    make_room(what.text);
}

std::string dispatcher::describe_end(bool by_signal, int code) const {
    return by_signal ? "was ended by " + port_.signal(code).name : "ended with exit code " + std::to_string(code);
}

void dispatcher::on_worker_end(std::uint32_t index, const worker_end& how) {
    slot& from = slots_[index];
    const bool in_order = from.now_in == slot::phase::leaving;
    const std::string& known = !from.condemned.empty() ? from.condemned : how.broken;
    const std::string reason =
        !known.empty() ? "its worker was ended: " + known : "its worker " + describe_end(how.by_signal, how.code);
    from.now_in = slot::phase::absent;
    from.asked_to_surrender = false;
    from.retired_at.reset();
    if (in_order) {
        if (how.by_signal || how.code != 0) report_bad_leave(index, how);
        return;
    }
    if (from.greeted) {
        // A setup that ends its worker is not tried again either.
        if (from.entering && known.empty()) fail_setup(index, {*from.entering, false, false, how.by_signal, how.code});
    } else if (!stopping_) {  // it may have ended with the run
        report_early_end(from, how);
    }
    from.entering.reset();
    out_.on(worker_lost{index, how.pid, now() - settings_.started, reason});
    abandon(index, reason, how.last.ticket);
    if (!from.fruitful) note_futile_end(from, how);
    drop_held(index);
}

void dispatcher::note_futile_end(const slot& of, const worker_end& how) {
    using fate = select::fresh_starts::fate;
    const std::string& known = !of.condemned.empty() ? of.condemned : how.broken;
    // What a program does to itself looks otherwise, but for SIGKILL after it has spoken.
    const signal_facts ended_by = how.by_signal ? port_.signal(how.code) : signal_facts();
    const bool by_others = known.empty() && (of.greeted ? ended_by.kills : ended_by.from_others);
    fresh_starts_.on_futile(!by_others   ? fate::ended_by_itself
                            : of.greeted ? fate::killed_after_it_spoke
                                         : fate::killed_before_it_spoke,
                            now());
    last_futile_end_ = known.empty() ? describe_end(how.by_signal, how.code) : "was ended: " + known;
    if (!ended_by.meaning.empty()) last_futile_end_ += " (" + std::string(ended_by.meaning) + ")";
}

std::string dispatcher::no_progress() const {
    std::string why = "workers end before they have run a test: the last one " + last_futile_end_;
    if (const std::uint32_t killed = fresh_starts_.killed_starting(); killed != 0)
        why += "; " + counted(killed, "worker") + " in a row were killed while they started, in " +
               duration_text(fresh_starts_.spent(now()));
    return why;
}

// If several workers in a row are killed, only the first is reported, and the number at the end.
void dispatcher::report_early_end(const slot& of, const worker_end& how) {
    const std::string& known = !of.condemned.empty() ? of.condemned : how.broken;
    std::string text = "a worker " + describe_end(how.by_signal, how.code) + " before it was ready: ";
    if (!known.empty() || !how.by_signal || !port_.signal(how.code).from_others) {
        text += (known.empty() ? "does a static initializer crash?" : known) + printed_by(how);
        return out_.on(notice{notice::level::error, std::move(text)});
    }
    if (fresh_starts_.killed_starting() != 0) return;
    text += "it was killed (Linux does this when memory runs out); it is replaced";
    out_.on(notice{notice::level::warning, text + printed_by(how)});
}

void dispatcher::report_bad_leave(std::uint32_t index, const worker_end& how) {
    out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + " " +
                                               describe_end(how.by_signal, how.code) + " when it left" +
                                               printed_by(how)});
}

std::string dispatcher::printed_by(const worker_end& how) {
    const std::string text = how.output.text(stream::err) + how.output.text(stream::out);
    return text.empty() ? "" : "\n" + text;
}

void dispatcher::abandon(std::uint32_t index, const std::string& reason, std::uint32_t running) {
    slot& from = slots_[index];
    if (from.owns(running)) {
        lose_predecessors(index, running);
        from.part(running);
    }
    for (attempt& part : from.parts) {
        part.moved_on = part.ticket != from.parts.back().ticket;
        part.output_complete = true;
    }
    settle_complete(index);
    for (const attempt& part : vector<attempt>(from.parts))
        lose(index, part.ticket, reason);
    take_back(index, vector<std::uint32_t>(from.outstanding.begin(), from.outstanding.end()));
}

void dispatcher::lose(std::uint32_t index, std::uint32_t ticket, const std::string& reason) {
    attempt& part = slots_[index].part(ticket);
    conclude(index, part, {ending::lost, reason, stopping_});
}

}  // namespace cordon::engine::run
