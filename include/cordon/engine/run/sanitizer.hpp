#pragma once

#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/leftovers.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::run {

// The line from `at` on, without parts that differ from run to run: addresses and process ids.
std::string headline(std::string_view text, std::size_t at) {
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    for (const std::string_view end : {" on address ", " on unknown address ", " (pid="}) {
        line = line.substr(0, line.find(end));
    }
    return std::string(line.substr(0, 200));
}

/// The finding of a sanitizer, from its output on standard error: "AddressSanitizer: heap-use-after-free". Empty if
/// there is none. The formats of compiler-rt and of GCC's libsanitizer are the same.
std::string sanitizer_finding(std::string_view errors) {
    for (const std::string_view name : {"AddressSanitizer: ", "LeakSanitizer: ", "ThreadSanitizer: ",
                                        "MemorySanitizer: ", "HWAddressSanitizer: ", "UndefinedBehaviorSanitizer: "}) {
        for (const std::string_view lead : {"ERROR: ", "WARNING: "}) {
            const std::size_t at = errors.find(std::string(lead) + std::string(name));
            if (at != std::string_view::npos) return headline(errors, at + lead.size());
        }
    }
    return {};
}

/// The process met a signal that the sanitizer handles: it reports it, and then exits with its own code.
bool caught_signal(std::string_view errors) { return errors.find("Sanitizer:DEADLYSIGNAL") != std::string_view::npos; }

/// What UndefinedBehaviorSanitizer has found, which by default lets the program continue.
std::string undefined_behaviour(std::string_view errors) {
    constexpr std::string_view mark = ": runtime error: ";
    const std::size_t at = errors.find(mark);
    if (at == std::string_view::npos) return {};
    return "UndefinedBehaviorSanitizer: " + headline(errors, at + mark.size());
}

/// For a test with such a finding: removes from its leftovers the program that the sanitizer started to name places,
/// and the two pipes to it. That program ends with the test's process, and may have ended already.
void forget_symbolizer(leftovers& left) {
    const auto names_places = [](const leftover& each) {
        if (each.kind != leftover_kind::process) return false;
        const std::string_view program = file_name_of(std::string_view(each.what).substr(0, each.what.find(' ')));
        return program.substr(0, 15) == "llvm-symbolizer" || program == "addr2line" || program == "atos";
    };
    vector<leftover> others;
    std::uint32_t symbolizers = 0;
    for (const leftover& each : left.items) {
        if (names_places(each)) ++symbolizers;
    }
    std::uint32_t pipes = 2 * std::max(symbolizers, 1U);
    for (leftover& each : left.items) {
        if (names_places(each)) continue;
        const bool is_pipe = each.kind == leftover_kind::descriptor && each.what.find("(pipe:") != std::string::npos;
        if (is_pipe && pipes != 0) {
            --pipes;
        } else {
            others.push_back(std::move(each));
        }
    }
    left.items = std::move(others);
    left.processes -= std::min(left.processes, symbolizers);
}

}  // namespace cordon::engine::run
