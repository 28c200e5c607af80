#pragma once

#include <cordon/adapters/shared/command.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

// Since 1.12 GoogleTest has these two itself.
#if defined(GTEST_FLAG_GET)
#define CORDON_GTEST_FLAG_GET(name) GTEST_FLAG_GET(name)
#define CORDON_GTEST_FLAG_SET(name, value) GTEST_FLAG_SET(name, value)
#define CORDON_GTEST_OWN_FLAG(name) GTEST_FLAG_GET(name)
#else
#define CORDON_GTEST_OWN_FLAG(name) GTEST_FLAG(name)
#define CORDON_GTEST_FLAG_GET(name) ::testing::GTEST_FLAG(name)
#define CORDON_GTEST_FLAG_SET(name, value) (void)(::testing::GTEST_FLAG(name) = value)
#endif

namespace cordon::gtest_adapter {

/// GoogleTest's flags as options of cordon.
class translation : public adapters::translated_options {
  public:
    explicit translation(const std::vector<std::string>& own_words) {
        order();
        ends();
        looks();
        output();
        // Options of GoogleTest bring its report, unless another report is asked for.
        if (is_asked() && !adapters::has_option(own_words, "--report") && std::getenv("CORDON_REPORT") == nullptr)
            add("--report", "googletest");
        if (is_asked()) add("--allow-empty");
        if (std::getenv("GTEST_TOTAL_SHARDS") != nullptr && std::getenv("CORDON_SHARD") == nullptr &&
            !adapters::has_option(own_words, "--shard"))
            add("--shard", "auto");
    }

  private:
    void order() {
        if (!CORDON_GTEST_FLAG_GET(shuffle)) return;
        add("--order", "random");
        const int seed = CORDON_GTEST_FLAG_GET(random_seed);
        if (seed != 0) add("--seed", std::to_string(seed));
    }

    void ends() {
        const int repeat = CORDON_GTEST_FLAG_GET(repeat);
        if (repeat == 0) refuse("--gtest_repeat=0 would run nothing");
        if (repeat < 0) add("--stress");
        if (repeat > 1) add_word("--stress=" + std::to_string(repeat));
#if defined(GTEST_FLAG_GET)  // else GoogleTest may be too old for this flag
        if (CORDON_GTEST_FLAG_GET(fail_fast)) add("--fail-fast");
#endif
    }

    void looks() {
        const std::string color = CORDON_GTEST_FLAG_GET(color);
        if (color == "yes" || color == "true" || color == "t" || color == "1") add("--color", "always");
        if (color == "no" || color == "false" || color == "f" || color == "0") add("--color", "never");
#if defined(GTEST_FLAG_GET)  // else GoogleTest may be too old for this flag
        if (CORDON_GTEST_FLAG_GET(brief)) add("--quiet");
#endif
    }

    void output() {
        const std::string wanted = CORDON_GTEST_FLAG_GET(output);
        const char* const of_bazel = std::getenv("XML_OUTPUT_FILE");  // cordon obeys it, too
        if (wanted.empty() || (of_bazel != nullptr && wanted == std::string("xml:") + of_bazel)) return;
        const std::size_t colon = std::min(wanted.find(':'), wanted.size());
        const std::string format = wanted.substr(0, colon);
        if (format != "xml" && format != "json")
            return refuse("--gtest_output=" + wanted + ": use xml or json, with :PATH");
        std::string path = wanted.substr(std::min(colon + 1, wanted.size()));
        if (path.empty()) path = "test_detail." + format;
        // In a folder GoogleTest would name the file after the program.
        if (path.back() == '/') path += program_name() + "." + format;
        add("--report", "googletest-" + format + "=" + path);
    }

    /// Variables do not count: they hold for every program, also for one that a person starts.
    static bool is_asked() {
        for (const std::string& each : ::testing::internal::GetArgvs()) {
            const std::size_t dashes = each.find_first_not_of('-');
            const bool flag = dashes == 1 || dashes == 2;
            if (flag && each.compare(dashes, 6, "gtest_") == 0) return true;
        }
        return false;
    }

    static std::string program_name() {
        const std::vector<std::string> words = ::testing::internal::GetArgvs();
        const std::string path = words.empty() ? std::string("test_detail") : words.front();
        return path.substr(path.rfind('/') + 1);
    }
};

/// The flags among these words that change what a test does.
inline std::vector<std::string> flags_inside(const std::vector<std::string>& words) {
    std::vector<std::string> found;
    for (const std::string& word : words) {
        for (const char* each : {"also_run_disabled_tests", "break_on_failure", "throw_on_failure", "catch_exceptions",
                                 "death_test_style", "death_test_use_fork", "stack_trace_depth"}) {
            if (word.rfind(std::string("--gtest_") + each, 0) == 0) found.push_back(word);
        }
    }
    return found;
}

}  // namespace cordon::gtest_adapter
