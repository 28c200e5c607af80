#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/property/choices.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// In shared memory: what the processes that run the examples of a property say to the test. It survives their death.
struct property_board {
    static constexpr std::size_t most_code = 32 * 1024;
    static constexpr std::uint32_t most_labels = 16;

    struct label_count {
        char name[64];
        std::uint32_t count;
    };

    std::uint32_t started;  ///< examples; the last one is in `log`
    std::uint32_t passed;
    std::uint32_t discarded;
    bool has_body_begun;   ///< false: its values are being made
    bool is_discarded;     ///< the running example
    bool has_leaked;       ///< it has left something behind in its process
    std::int64_t longest;  ///< nanoseconds, of those that passed
    std::uint32_t labels;
    std::uint32_t labels_here;  ///< bits: those of the running example
    label_count label[most_labels];
    std::uint32_t code_size;
    char code[most_code];  ///< of the values, if they were asked for
    property::drawn_log log;

    void begin_example() {
        has_body_begun = is_discarded = has_leaked = false;
        labels_here = 0;
        code_size = 0;
    }

    /// The end of a long text is dropped.
    void add_code(std::string_view text) {
        const std::size_t size = text.size() < most_code - code_size ? text.size() : most_code - code_size;
        std::memcpy(code + code_size, text.data(), size);
        code_size += static_cast<std::uint32_t>(size);
    }
    std::string written_code() const { return std::string(code, code_size < most_code ? code_size : most_code); }

    void add_label(std::string_view name) {
        const std::string_view kept = name.substr(0, sizeof label[0].name - 1);
        std::uint32_t i = 0;
        while (i < labels && kept != label[i].name)
            ++i;
        if (i == most_labels) return;
        if (i == labels) {
            std::memcpy(label[i].name, kept.data(), kept.size());
            label[i].name[kept.size()] = '\0';
            ++labels;
        }
        labels_here |= 1u << i;
    }
    void count_labels() {
        for (std::uint32_t i = 0; i < labels; ++i)
            label[i].count += labels_here >> i & 1;
    }
};

}  // namespace cordon::engine::exec
