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
    flake_writer(std::string& out, const theme& look, std::size_t width, const path_names& paths)
        : out_(out), look_(look), width_(width), paths_(paths) {}

    void write(const flake_summary& found) {
        line("runs", rates(found));
        for (const flake_signature& each : found.signatures)
            line("", counted(each.count) + " x  " + printable(with_name(each.text)));
        if (found.has_cause()) line("cause", std::string(name_of(found.category)) + ": " + cause_in_words(found));
        for (const flake_trial& each : found.trials) {
            if (each.moved) line("moved by", trial(each));
        }
        names("polluter", found.polluters);
        names("cleaner", found.cleaners);
        names("needs", found.state_setters);
        write_command(found);
        for (const flake_contrast& each : found.contrasts) {
            line("unlike", each.command);
            line("", "passed " + counted(each.runs - each.failures) + " of " + counted(each.runs));
        }
    }

  private:
    void write_command(const flake_summary& found) {
        if (found.repro.empty()) {
            if (found.alone_runs == 0) return;
            std::string text = "not reproduced alone: 0 of " + counted(found.alone_runs, "run");
            if (found.repro_runs != 0) text += ", nor among the others: 0 of " + counted(found.repro_runs);
            line("", text);
            return;
        }
        line("again", found.repro);
        std::string text = "reproduced " + counted(found.repro_failures) + " of " + counted(found.repro_runs);
        if (found.alone_runs != 0) text += " among the others; alone 0 of " + counted(found.alone_runs);
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
        if (found.failures != 0 && found.failures != found.runs) {
            text += ": " + rate_text(found.rate()) + ", 95 % sure from " + rate_text(found.low) + " to " +
                    rate_text(found.high);
        }
        return found.workers == 0 ? text : text + ", over " + counted(found.workers, "worker");
    }

    static std::string trial(const flake_trial& each) {
        return each.condition.text + ": " + counted(each.failures) + " of " + counted(each.runs) +
               " failed; by accident: " + rate_text(each.chance);
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
};

/// The result of repeated runs of a test that failed in some.
void write_flake(std::string& out, const flake_summary& found, const theme& look, std::size_t width,
                 const path_names& paths = {}) {
    flake_writer(out, look, width, paths).write(found);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
