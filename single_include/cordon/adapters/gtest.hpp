// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/adapters/gtest.hpp ----

// Runs the tests of GoogleTest under cordon, each in its own process. One file of the program, instead of main():
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/gtest.hpp>
//
// docs/googletest.md says what becomes of GoogleTest's features and flags.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a FAIL
#endif

// ---- cordon/api/adapters/adapter.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_)
#define CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_

// How an optional header takes over the tests of another framework.

namespace cordon::detail {

/// The command line of a program with tests of another framework.
struct adapted_command {
    int count;
    const char* const* words;
    bool done = false;  ///< the other framework did what was asked for: the program ends with `exit_code`
    int exit_code = 0;
    /// With which workers are started. Null: with those that cordon::run got.
    const char* const* all_words = nullptr;
    int all_count = 0;
};

/// `prepare` runs once in each process of a run, before the list of tests is built. It adds the tests and replaces the
/// words that are meant for the other framework.
struct adapter {
    explicit adapter(void (*prepare)(adapted_command&)) noexcept;

    void (*prepare)(adapted_command&);
    adapter* next;
};

}  // namespace cordon::detail
#endif
#include "../cordon.hpp"

CORDON_SILENCE_BEGIN

// ---- cordon/adapters/gtest/flags.hpp ----

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

// ---- cordon/adapters/gtest/listener.hpp ----

// ---- cordon/adapters/gtest/tests.hpp ----

// ---- cordon/adapters/gtest/filter.hpp ----

#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Patterns of GoogleTest: * is any text, ? any character.
inline bool matches_glob(std::string_view pattern, std::string_view name) {
    std::size_t at = 0, here = 0, star = std::string_view::npos, tried = 0;
    while (here < name.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            tried = here;
        } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[here])) {
            ++at;
            ++here;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            here = ++tried;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*')
        ++at;
    return at == pattern.size();
}

/// Several patterns, with ':' between them.
inline bool matches_any(std::string_view patterns, std::string_view name) {
    while (true) {
        const std::size_t end = patterns.find(':');
        if (matches_glob(patterns.substr(0, end), name)) return true;
        if (end == std::string_view::npos) return false;
        patterns.remove_prefix(end + 1);
    }
}

/// --gtest_filter: patterns, then perhaps '-' and patterns of tests to leave out.
inline bool is_selected(std::string_view filter, std::string_view name) {
    const std::size_t minus = filter.find('-');
    if (minus == std::string_view::npos) return matches_any(filter, name);
    return (minus == 0 || matches_any(filter.substr(0, minus), name)) && !matches_any(filter.substr(minus + 1), name);
}

/// A name as a filter that matches it. It may match other names too, if some characters have a meaning in filters.
inline std::string filter_for(std::string name) {
    for (char& each : name) {
        if (each == ':' || each == '-' || each == '*') each = '?';
    }
    return name;
}

inline bool is_disabled(std::string_view name) {
    return name.substr(0, 9) == "DISABLED_" || name.find("/DISABLED_") != std::string_view::npos;
}

}  // namespace cordon::gtest_adapter

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::gtest_adapter {

/// One test of GoogleTest, and the test of cordon that stands for it. It lives as long as the program.
struct adapted_test {
    const ::testing::TestInfo* info = nullptr;
    std::string full_name;    ///< "Suite.Test", as GoogleTest's filters see it
    std::string name;         ///< of the test of cordon
    std::string description;  ///< the parameter or type
    bool has_rivals = false;  ///< filter_for(full_name) may select another test, too
    detail::decorator items[5];
};

/// All tests of GoogleTest, in its order.
inline std::vector<adapted_test*>& all_tests() {
    static auto* const only = new std::vector<adapted_test*>();
    return *only;
}

inline std::string description_of(const ::testing::TestInfo& info) {
    if (info.value_param() != nullptr) return std::string("GetParam() = ") + info.value_param();
    if (info.type_param() != nullptr) return std::string("TypeParam = ") + info.type_param();
    return {};
}

inline location place_of(const ::testing::TestInfo& info) {
    return {info.file() == nullptr ? "" : info.file(), static_cast<unsigned>(info.line() < 0 ? 0 : info.line())};
}

/// Adds GoogleTest's tests to cordon's.
class registration {
  public:
    registration(std::string filter, bool runs_disabled) : filter_(std::move(filter)), runs_disabled_(runs_disabled) {}

    void add_all(void (*body)(const void*)) {
        const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
        for (int i = 0; i < program.total_test_suite_count(); ++i) {
            const ::testing::TestSuite& suite = *program.GetTestSuite(i);
            if (suite.total_test_count() == 0) continue;
            const detail::suite& owner = *add_suite(suite);
            for (int j = 0; j < suite.total_test_count(); ++j)
                add(*suite.GetTestInfo(j), owner, body);
        }
    }

  private:
    static const detail::suite* add_suite(const ::testing::TestSuite& suite) {
        auto* const name = new detail::decorator[1]{detail::decorator(suite.name())};
        return new detail::suite{place_of(*suite.GetTestInfo(0)), nullptr, name, 1};
    }

    void add(const ::testing::TestInfo& info, const detail::suite& owner, void (*body)(const void*)) {
        adapted_test& made = *new adapted_test;
        const std::string suite = info.test_suite_name();
        made.info = &info;
        made.full_name = suite + "." + info.name();
        made.name = unique(suite, info.name());
        made.description = description_of(info);
        note_rivals(made);
        std::size_t count = 0;
        made.items[count++] = detail::decorator(made.name.c_str());
        made.items[count++] = detail::decorator_scope::require_assertions(false);  // nobody counts those that pass
        if (!made.description.empty())
            made.items[count++] = detail::decorator_scope::description(made.description.c_str());
        if (!runs_disabled_ && (is_disabled(suite) || is_disabled(info.name())))
            made.items[count++] = detail::decorator_scope::skip("disabled: --gtest_also_run_disabled_tests runs it");
        if (!is_selected(filter_, made.full_name))
            made.items[count++] = detail::decorator(detail::decoration::left_out, nullptr, 1);
        all_tests().push_back(&made);
        new detail::test_case(body, place_of(info), &owner, made.items, count, &made);
    }

    /// GoogleTest accepts two tests of one name, cordon does not.
    std::string unique(const std::string& suite, const std::string& wanted) {
        std::string name = wanted;
        for (int number = 2; !taken_.insert(suite + "/" + name).second; ++number)
            name = wanted + " #" + std::to_string(number);
        return name;
    }

    void note_rivals(adapted_test& made) {
        const std::string filter = filter_for(made.full_name);
        adapted_test*& first = by_filter_.emplace(filter, &made).first->second;
        made.has_rivals = filter.find('?') != std::string::npos || first != &made;
        if (first != &made) first->has_rivals = true;
    }

    std::string filter_;
    bool runs_disabled_;
    std::set<std::string> taken_;
    std::map<std::string, adapted_test*> by_filter_;
};

}  // namespace cordon::gtest_adapter

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Passes what GoogleTest says about the running test on to cordon.
class listener : public ::testing::EmptyTestEventListener {
  public:
    void begin(const adapted_test& test) {
        test_ = &test;
        process_ = ::getpid();
        failures_ = 0;
        ran_ = false;
        skip_.clear();
    }

    /// `succeeded`: RUN_ALL_TESTS returned 0. Does not return if the test was skipped.
    void conclude(bool succeeded) {
        const ::testing::TestResult& result = *test_->info->result();
        if (ran_) tell_properties(result);
        if (failures_ != 0) return;
        const bool is_skipped = ran_ ? result.Skipped() : was_skipped_;
        const auto why = [this](text_sink& out) { out << std::string_view(skip_); };
        if (is_skipped && succeeded) detail::skip_test(site(nullptr, 0, ""), detail::text_by(why));
        if (ran_ && result.Passed() && succeeded) return;
        fail(nullptr, 0, "", ran_ ? "GoogleTest has failed outside of the test" : "GoogleTest did not run this test");
        tell_failures_outside();
    }

    /// GoogleTest read them before; the code under test must not see them.
    void OnTestProgramStart(const ::testing::UnitTest&) override {
        ::unsetenv("GTEST_TOTAL_SHARDS");
        ::unsetenv("GTEST_SHARD_INDEX");
        was_skipped_ = false;
    }

    void OnTestPartResult(const ::testing::TestPartResult& part) override {
        if (test_ == nullptr || part.passed()) return;
        const char* const message = part.message() == nullptr ? "" : part.message();
        if (::getpid() != process_) return print(part, message);
        if (part.skipped()) {
            was_skipped_ = true;
            if (skip_.empty()) skip_ = trimmed(message);
            return;
        }
        // GoogleTest has no place for exceptions.
        const char* const macro = part.file_name() == nullptr ? "" : part.fatally_failed() ? "ASSERT" : "EXPECT";
        fail(part.file_name(), part.line_number(), macro, message);
    }

    void OnTestEnd(const ::testing::TestInfo& info) override {
        if (test_ != nullptr && &info == test_->info) ran_ = true;
    }

  private:
    detail::assertion_site site(const char* file, int line, const char* macro) const {
        const location test = place_of(*test_->info);
        if (file == nullptr) return {test.file, macro, "", test.line, detail::severity::check, false};
        return {file, macro, "", static_cast<unsigned>(line < 0 ? 0 : line), detail::severity::check, false};
    }

    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
            text.remove_prefix(1);
        while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
            text.remove_suffix(1);
        return text;
    }

    /// SCOPED_TRACE and the stack, which GoogleTest adds to the message, become lines of information.
    void fail(const char* file, int line, const char* macro, std::string_view message) {
        failures_.fetch_add(1);
        constexpr std::string_view trace = "\nGoogle Test trace:\n";
        constexpr std::string_view stack = "\nStack trace:\n";
        const std::size_t cut = std::min(message.find(trace), message.find(stack));
        std::string_view rest = cut == std::string_view::npos ? std::string_view() : message.substr(cut + 1);
        if (cut != std::string_view::npos && message.compare(cut, trace.size(), trace) == 0)
            rest.remove_prefix(trace.size() - 1);
        const std::string words(trimmed(message.substr(0, cut)));
        const detail::assertion_site here = site(file, line, macro);
        if (!test_->description.empty()) {
            const auto about = detail::info_by([this](text_sink& out) { out << std::string_view(test_->description); });
            return tell(here, words, trimmed(rest));
        }
        tell(here, words, trimmed(rest));
    }

    /// A scope for each line, so the first line is the outermost.
    static void tell(const detail::assertion_site& here, const std::string& words, std::string_view infos) {
        if (infos.empty()) return detail::fail_plain(here, words.c_str());
        const std::size_t end = std::min(infos.find('\n'), infos.size());
        const std::string_view first = infos.substr(0, end);
        const auto info = detail::info_by([first](text_sink& out) { out << first; });
        tell(here, words, infos.substr(std::min(end + 1, infos.size())));
    }

    /// A process that the test forked cannot fail it, in GoogleTest neither.
    static void print(const ::testing::TestPartResult& part, const char* message) {
        std::printf("%s:%d: %s\n%s\n", part.file_name() == nullptr ? "unknown file" : part.file_name(),
                    part.line_number(), part.skipped() ? "Skipped" : "Failure", message);
    }

    static void tell_properties(const ::testing::TestResult& result) {
        for (int i = 0; i < result.test_property_count(); ++i) {
            const ::testing::TestProperty& each = result.GetTestProperty(i);
            std::printf("%s: %s\n", each.key(), each.value());
        }
    }

    void tell_failures_outside() {
        const ::testing::TestResult& outside = ::testing::UnitTest::GetInstance()->ad_hoc_test_result();
        for (int i = 0; i < outside.total_part_count(); ++i) {
            const ::testing::TestPartResult& part = outside.GetTestPartResult(i);
            if (part.failed()) OnTestPartResult(part);
        }
    }

    const adapted_test* test_ = nullptr;
    ::pid_t process_ = 0;
    std::atomic<int> failures_{0};
    bool ran_ = false;
    bool was_skipped_ = false;
    std::string skip_;
};

}  // namespace cordon::gtest_adapter

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace testing {

// Of gmock, if the program is linked with it.
__attribute__((weak)) void InitGoogleMock(int* argc, char** argv);

}  // namespace testing

namespace cordon::gtest_adapter {

inline listener*& own_listener() {
    static listener* only = nullptr;
    return only;
}

/// Makes GoogleTest run exactly this test. Among tests that its filter cannot tell apart, its shards do.
inline void select(const adapted_test& test) {
    const std::string filter = filter_for(test.full_name);
    CORDON_GTEST_FLAG_SET(filter, filter);
    if (!test.has_rivals) return;
    int place = 0, count = 0;
    for (const adapted_test* each : all_tests()) {
        if (each == &test) place = count;
        if (is_selected(filter, each->full_name)) ++count;
    }
    if (count == 1) return;
    ::setenv("GTEST_TOTAL_SHARDS", std::to_string(count).c_str(), 1);
    ::setenv("GTEST_SHARD_INDEX", std::to_string(place).c_str(), 1);
}

inline void run_test(const void* context) {
    const auto& test = *static_cast<const adapted_test*>(context);
    own_listener()->begin(test);
    select(test);
    const int code = RUN_ALL_TESTS();
    own_listener()->conclude(code == 0);
}

/// GoogleTest reports nothing itself, and runs what cordon asks for.
inline void prepare_googletest() {
    ::testing::TestEventListeners& all = ::testing::UnitTest::GetInstance()->listeners();
    delete all.Release(all.default_result_printer());
    delete all.Release(all.default_xml_generator());
    own_listener() = new listener;
    all.Append(own_listener());
    CORDON_GTEST_FLAG_SET(shuffle, false);
    CORDON_GTEST_FLAG_SET(repeat, 1);
    CORDON_GTEST_FLAG_SET(also_run_disabled_tests, true);
}

/// Takes GoogleTest's flags from the words.
inline void initialize(std::vector<char*>& words) {
    int count = static_cast<int>(words.size());
    words.push_back(nullptr);
    void (*const with_mocks)(int*, char**) = ::testing::InitGoogleMock;
    if (with_mocks != nullptr) {
        with_mocks(&count, words.data());
    } else {
        ::testing::InitGoogleTest(&count, words.data());
    }
    words.resize(static_cast<std::size_t>(count));
}

/// GoogleTest does all of it: lists its tests, or runs one as the process of a death test of style "threadsafe".
inline bool is_for_googletest() {
    using namespace ::testing::internal;  // where old versions have the second flag
    return CORDON_GTEST_FLAG_GET(list_tests) || !CORDON_GTEST_OWN_FLAG(internal_run_death_test).empty();
}

inline void finish(detail::adapted_command& command, int exit_code) {
    command.done = true;
    command.exit_code = exit_code;
}

inline void take_over(detail::adapted_command& command) {
    std::vector<char*> words;
    for (int i = 0; i < command.count; ++i)
        words.push_back(const_cast<char*>(command.words[i]));
    initialize(words);
    ::unsetenv("TESTBRIDGE_TEST_ONLY");  // Bazel's filter, in GoogleTest's words: it is in the flag now
    if (is_for_googletest()) return finish(command, RUN_ALL_TESTS());
    std::vector<std::string> own(words.begin(), words.end());
    translation flags;
    flags.translate(own);
    if (!flags.complaint().empty()) {
        complain(flags.complaint());
        return finish(command, 2);
    }
    own.insert(own.begin() + (own.empty() ? 0 : 1), flags.words().begin(), flags.words().end());
    const lasting_words meant(own);
    command.words = meant.get();
    command.count = meant.count;
    const lasting_words all(
        ::testing::internal::GetArgvs());  // InitGoogleTest of the program may have taken flags away
    command.all_words = all.get();
    command.all_count = all.count;
    registration(CORDON_GTEST_FLAG_GET(filter), CORDON_GTEST_FLAG_GET(also_run_disabled_tests)).add_all(run_test);
    prepare_googletest();
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::gtest_adapter
CORDON_SILENCE_END
