#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/text/flake_cause.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/style.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

class flake_writer {
  public:
    flake_writer(std::string& out, const theme& look, std::size_t width, const path_names& paths, bool verbose)
        : out_(out), look_(look), width_(width), paths_(paths), verbose_(verbose) {}

    void write(const flake_summary& found) {
        line("runs", rates(found));
        for (const flake_signature& each : found.signatures)
            line("", counted(each.count) + " x  " + printable(with_name(each.text)));
        if (found.has_cause()) line("cause", std::string(name_of(found.category)) + ": " + cause_in_words(found));
        for (const flake_trial& each : found.trials) {
            if (each.moved) line("moved by", trial(each));
        }
        if (verbose_) write_rest(found);
        names("polluter", found.polluters);
        names("cleaner", found.cleaners);
        names("needs", found.state_setters);
        write_command(found);
        for (const flake_contrast& each : found.contrasts) {
            line("unlike", each.command);
            line("", "passed " + counted(each.runs - each.failures) + " of " + counted(each.runs));
        }
    }

    /// "  timing (pulses=10ms), cache_test.cpp:49: ./cache_test 'writes back' --condition pulses=10ms
    /// --flake-detect=13"
    void write_short(const flake_summary& found) {
        std::string text;
        if (found.has_cause()) text += std::string(name_of(found.category)) + shown_by(found);
        if (!found.signatures.empty()) {
            const std::string what = with_name(found.signatures.front().text);
            const std::size_t at = what.rfind(" at ");
            if (at != std::string::npos) text += (text.empty() ? "" : ", ") + printable(what.substr(at + 4));
        }
        if (!found.repro.empty()) text += (text.empty() ? "" : ": ") + found.repro;
        if (!text.empty()) out_ += "  " + text;
    }

  private:
    static std::string shown_by(const flake_summary& found) {
        for (const flake_trial& each : found.trials)
            if (each.moved && each.condition.kind != condition_kind::order) return " (" + each.condition.text + ")";
        if (!found.polluters.empty()) return " (after " + printable(found.polluters.front()) + ")";
        if (!found.state_setters.empty()) return " (needs " + printable(found.state_setters.front()) + ")";
        return {};
    }

    /// What was varied and showed nothing is not what was never varied.
    void write_rest(const flake_summary& found) {
        std::string without_effect, not_tried;
        const auto add = [](std::string& to, const std::string& name) { to += (to.empty() ? "" : ", ") + name; };
        for (const flake_trial& each : found.trials)
            if (!each.moved) add(without_effect, each.condition.text);
        for (const std::string& each : found.not_tried)
            add(not_tried, each);
        if (!without_effect.empty()) line("no effect", without_effect);
        if (!not_tried.empty()) line("not tried", not_tried);
    }

    static std::string no_command(const flake_summary& found) {
        const std::string alone = counted(found.alone_failures) + " of " + counted(found.alone_runs, "run");
        const std::string among = counted(found.repro_failures) + " of " + counted(found.repro_runs);
        if (found.alone_failures + found.repro_failures == 0)
            return "not reproduced alone: " + alone + (found.repro_runs == 0 ? "" : ", nor among the others: " + among);
        return "no command shows it each time: alone it failed " + alone +
               (found.repro_runs == 0 ? "" : ", among the others " + among);
    }

    void write_command(const flake_summary& found) {
        if (found.repro.empty()) {
            if (found.alone_runs == 0) return;
            line("", no_command(found));
            return;
        }
        line("again", found.repro);
        std::string text = "reproduced " + counted(found.repro_failures) + " of " + counted(found.repro_runs);
        if (found.alone_runs != 0) {
            text += " among the others; alone " + counted(found.alone_failures) + " of " + counted(found.alone_runs);
        }
        line("", text);
    }

    /// "CHECK(a) at /src/a.cpp:12", with the file's name as shown here.
    std::string with_name(const std::string& signature) const {
        const std::size_t at = signature.rfind(" at /");
        if (at == std::string::npos) return signature;
        return signature.substr(0, at + 4) + paths_.name(std::string_view(signature).substr(at + 4));
    }

    static std::string rates(const flake_summary& found) {
        std::string text = counted(found.failures) + " of " + counted(found.runs) + " failed";
        if (found.counts().mixed() && found.runs >= 10) {
            text += ": " + rate_text(found.rate()) + ", 95 % sure from " + rate_text(found.low) + " to " +
                    rate_text(found.high);
        }
        return found.workers == 0 ? text : text + ", over " + counted(found.workers, "worker");
    }

    static std::string trial(const flake_trial& each) {
        std::string text =
            each.condition.text + ": " + counted(each.failures) + " of " + counted(each.runs) + " failed";
        if (each.without.runs == 0) return text;
        return text + "; without it " + counted(each.without.failures) + " of " + counted(each.without.runs);
    }

    void names(std::string_view title, const vector<std::string>& tests) {
        constexpr std::size_t most = 8;
        for (std::size_t i = 0; i < tests.size() && i < most; ++i)
            line(i == 0 ? title : "", printable(tests[i]));
        if (tests.size() > most) line("", "and " + counted(tests.size() - most) + " more");
    }

    void line(std::string_view title, std::string_view text) {
        const std::size_t indent = width_ < 60 ? 4 : 20;
        out_.append(indent, ' ');
        out_ += look_.dim;
        out_ += title;
        out_ += look_.reset;
        out_.append(title.size() < 10 ? 10 - title.size() : 1, ' ');
        out_ += text;
        out_ += '\n';
    }

    std::string& out_;
    const theme& look_;
    std::size_t width_;
    const path_names& paths_;
    bool verbose_;
};

/// The result of repeated runs of a test that failed in some. `verbose`: also what showed nothing.
void write_flake(std::string& out, const flake_summary& found, const theme& look, std::size_t width,
                 const path_names& paths = {}, bool verbose = false) {
    flake_writer(out, look, width, paths, verbose).write(found);
}

/// The same as the rest of a line: the cause, the place and the command.
void write_flake_shortly(std::string& out, const flake_summary& found, const theme& look,
                         const path_names& paths = {}) {
    flake_writer(out, look, 0, paths, false).write_short(found);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
