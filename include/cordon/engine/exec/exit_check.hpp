#pragma once

#include <cordon/api/exits.hpp>
#include <cordon/engine/exec/branch.hpp>
#include <cordon/engine/exec/hooks.hpp>
#include <cordon/engine/os/signal.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

std::string signal_words(int number) {
    const std::string_view meaning = os::signal_meaning(number);
    return os::signal_name(number) + (meaning.empty() ? std::string() : " (" + std::string(meaning) + ")");
}

std::string words_of(const wanted_exit& wanted) {
    if (wanted.how == wanted_exit::code) return "exit code " + std::to_string(wanted.number);
    if (wanted.how == wanted_exit::normal) return "the end of the block";
    return signal_words(wanted.how == wanted_exit::abort ? os::abort_signal() : wanted.number);
}

/// How a block has ended.
std::string words_of(const branch_end& end) {
    if (end.threw) return "an exception left the block: " + end.why;
    if (end.returned) return "the block reached its end";
    if (end.how == ending::lost && !end.why.empty()) return "it did not run: " + end.why;
    if (end.how == ending::lost) return "its end is unknown: something else has waited for the process";
    const std::string how =
        end.by_signal ? "it crashed: " + signal_words(end.code) : "it ended with exit code " + std::to_string(end.code);
    return end.why.empty() ? how : how + "; " + end.why;
}

bool is_wanted(const wanted_exit& wanted, const branch_end& end) {
    if (wanted.how == wanted_exit::normal) return end.returned;
    if (wanted.how == wanted_exit::code) return end.how == ending::exited && end.code == wanted.number;
    const int number = wanted.how == wanted_exit::abort ? os::abort_signal() : wanted.number;
    return end.how == ending::crashed && end.code == number;
}

/// The output as lines below a failure.
std::string printed_words(const std::string& output) {
    constexpr std::size_t most = 8 * 1024;
    if (output.empty()) return "it printed nothing";
    std::string words = "it printed:\n";
    if (output.size() > most) words += "[... " + std::to_string(output.size() - most) + " bytes left out ...]\n";
    words += output.size() > most ? output.substr(output.size() - most) : output;
    while (words.back() == '\n')
        words.pop_back();
    return words;
}

/// Passes on where the block has crashed.
void tell_crash(branch_end& end, const detail::assertion_site& site) {
    if (!end.crash) return;
    end.crash->when = wire::moment::branch;
    if (!end.crash->threads.empty())
        end.crash->threads.front().call =
            "crashed in a block of " + std::string(site.macro) + ": " + signal_words(end.code);
    context().tell(*end.crash);
}

void fail_exit(const detail::assertion_site& site, const wanted_exit& wanted, const detail::wanted_output* output,
               branch_end& end) {
    if (context().counts_only(site)) return;
    told_failure told(site, failure_kind::assertion);
    const bool ended_well = is_wanted(wanted, end);
    told.what.message = ended_well ? "its output does not match " + written(output->words)
                                   : "expected " + words_of(wanted) + ", but " + words_of(end);
    told.what.message += "\n" + printed_words(end.output);
    if (!ended_well && context().wants_details()) tell_crash(end, site);
    told.tell();
}

}  // namespace cordon::engine::exec

namespace cordon::detail {

bool contains_text(text_view in, text_view part) noexcept {
    return std::string_view(in.data, in.size).find(std::string_view(part.data, part.size)) != std::string_view::npos;
}

bool check_exit(const assertion_site& site, const wanted_exit& wanted, const wanted_output* output,
                void (*block)(void*), void* context) {
    using namespace engine;
    exec::branch_options options;
    options.keeps_output = true;
    if (wanted.how == wanted_exit::signal) options.expected_signal = wanted.number;
    if (wanted.how == wanted_exit::abort) options.expected_signal = os::abort_signal();
    if (!os::can_fork() && exec::replica_here.passes_by()) return true;
    if (exec::replica_here.is_there()) exec::become_branch_of_replica(block, context, options.expected_signal);
    exec::branch_end end = exec::run_branch(block, context, options);
    if (end.left) {
        if (end.how == ending::skipped) exec::context().skip(end.why);
        leave_test();
    }
    if (exec::is_wanted(wanted, end) && (output == nullptr || output->is_in(output->text, end.output))) {
        pass(site);
        return true;
    }
    exec::fail_exit(site, wanted, output, end);
    return false;
}

}  // namespace cordon::detail

CORDON_CHEAP_END
