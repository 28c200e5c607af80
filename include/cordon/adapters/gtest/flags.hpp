#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
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
class translation {
  public:
    void translate(const std::vector<std::string>& own_words) {
        order();
        ends();
        looks();
        output();
        if (std::getenv("GTEST_TOTAL_SHARDS") != nullptr && std::getenv("CORDON_SHARD") == nullptr &&
            !has(own_words, "--shard"))
            add("--shard", "auto");
    }

    const std::vector<std::string>& words() const { return words_; }
    /// Why a flag cannot be obeyed; empty if all can.
    const std::string& complaint() const { return complaint_; }

  private:
    void add(const char* option) { words_.emplace_back(option); }
    void add(const char* option, std::string value) {
        words_.emplace_back(option);
        words_.push_back(std::move(value));
    }

    static bool has(const std::vector<std::string>& words, std::string_view option) {
        for (const std::string& each : words) {
            if (each == option || each.rfind(std::string(option) + "=", 0) == 0) return true;
        }
        return false;
    }

    void order() {
        if (!CORDON_GTEST_FLAG_GET(shuffle)) return;
        add("--order", "random");
        const int seed = CORDON_GTEST_FLAG_GET(random_seed);
        if (seed != 0) add("--seed", std::to_string(seed));
    }

    void ends() {
        const int repeat = CORDON_GTEST_FLAG_GET(repeat);
        if (repeat == 0) complaint_ = "--gtest_repeat=0 would run nothing";
        if (repeat < 0) add("--stress");
        if (repeat > 1) words_.push_back("--stress=" + std::to_string(repeat));
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
        if (wanted.compare(0, 3, "xml") != 0 || (wanted.size() > 3 && wanted[3] != ':')) {
            complaint_ = "--gtest_output=" + wanted + ": use --gtest_output=xml:PATH, or --report json=PATH";
            return;
        }
        std::string path = wanted.size() > 4 ? wanted.substr(4) : std::string("test_detail.xml");
        // In a folder GoogleTest would name the file after the program.
        if (path.back() == '/') path += program_name() + ".xml";
        add("--report", "junit=" + path);
    }

    static std::string program_name() {
        const std::vector<std::string> words = ::testing::internal::GetArgvs();
        const std::string path = words.empty() ? std::string("test_detail") : words.front();
        return path.substr(path.rfind('/') + 1);
    }

    std::vector<std::string> words_;
    std::string complaint_;
};

/// A command line that lives as long as the process.
class lasting_words {
  public:
    explicit lasting_words(const std::vector<std::string>& words) : count(static_cast<int>(words.size())) {
        auto& kept = *new std::vector<std::string>(words);
        auto& pointers = *new std::vector<const char*>();
        for (const std::string& each : kept)
            pointers.push_back(each.c_str());
        pointers.push_back(nullptr);
        words_ = pointers.data();
    }

    const char* const* get() const { return words_; }
    const int count;

  private:
    const char* const* words_;
};

inline void complain(const std::string& why) { std::fprintf(stderr, "cordon: %s\n", why.c_str()); }

}  // namespace cordon::gtest_adapter
