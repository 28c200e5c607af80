#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace cordon::engine::supervisor {

namespace sanitizer_detail {

// The line from `at` on, without what differs from one run to the next: addresses and process ids.
std::string headline(std::string_view text, std::size_t at) {
    std::string_view line = text.substr(at, text.find('\n', at) - at);
    for (const std::string_view end : {" on address ", " on unknown address ", " (pid="}) {
        line = line.substr(0, line.find(end));
    }
    return std::string(line.substr(0, 200));
}

}  // namespace sanitizer_detail

/// What a sanitizer has found, from what it writes to standard error: "AddressSanitizer: heap-use-after-free". Empty
/// where none has spoken. The formats are those of compiler-rt and of GCC's libsanitizer, which are the same.
std::string sanitizer_finding(std::string_view errors) {
    for (const std::string_view name :
         {"AddressSanitizer: ", "LeakSanitizer: ", "ThreadSanitizer: ", "MemorySanitizer: ", "HWAddressSanitizer: "}) {
        for (const std::string_view lead : {"ERROR: ", "WARNING: "}) {
            const std::size_t at = errors.find(std::string(lead) + std::string(name));
            if (at != std::string_view::npos) return sanitizer_detail::headline(errors, at + lead.size());
        }
    }
    return {};
}

/// The same of UndefinedBehaviorSanitizer, which by default lets the program go on.
std::string undefined_behaviour(std::string_view errors) {
    constexpr std::string_view mark = ": runtime error: ";
    const std::size_t at = errors.find(mark);
    if (at == std::string_view::npos) return {};
    return "UndefinedBehaviorSanitizer: " + sanitizer_detail::headline(errors, at + mark.size());
}

}  // namespace cordon::engine::supervisor
