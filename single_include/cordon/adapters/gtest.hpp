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

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "../cordon.hpp"
#endif

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/adapters/gtest/flags.hpp ----

// ---- cordon/adapters/shared/command.hpp ----

// ---- cordon/api/adapters/adapter.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_)
#define CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_

// How an optional header takes over the tests of another framework.

namespace cordon::detail {

/// The command line of a program with tests of another framework.
struct adapted_command {
    int count;
    const char* const* words;
    bool runs_tests = false;  ///< in a process that cordon has started for tests
    bool done = false;        ///< the other framework did what was asked for: the program ends with `exit_code`
    int exit_code = 0;
    /// The words that started the program. Workers get them if the system does not tell. Null: those that cordon::run
    /// got.
    const char* const* all_words = nullptr;
    int all_count = 0;
    /// Words for the other framework that a command needs to show a failure again, besides the names of tests.
    const char* const* again_words = nullptr;
    int again_count = 0;
};

/// `prepare` runs once in each process of a run, before the list of tests is built. It adds the tests and replaces the
/// words that are meant for the other framework.
struct adapter {
    explicit adapter(void (*prepare)(adapted_command&)) noexcept;

    void (*prepare)(adapted_command&);
    adapter* next;
};

/// True for an option of cordon whose value is the next word: "--jobs", "-j".
bool takes_next_word(text_view word) noexcept;

/// What another framework reports about the running test.
struct adapted_failure {
    enum kind : unsigned char { assertion, message, exception, warning };

    kind is;
    const char* file;
    unsigned line;
    text_view macro;       ///< empty: no assertion has failed
    text_view expression;  ///< as written in the source
    text_view values;      ///< the expression with its values
    text_view words;       ///< a text of the user, or the reason
    const text_view* infos;
    size_t info_count;
};

// Functions for the reporters of other frameworks. Any thread of the test may call them.

/// Texts are copied.
void tell_adapted_failure(const adapted_failure& told) noexcept;
/// Assertions that passed.
void count_adapted(unsigned long long passed) noexcept;
/// The other framework has entered a subcase, which it has chosen itself, or leaves the innermost one.
void enter_adapted_subcase(text_view name, const char* file, unsigned line) noexcept;
void leave_adapted_subcase() noexcept;
/// The other framework runs the test again, for its other subcases.
void begin_adapted_pass() noexcept;
/// False in a process that the test has forked: the other framework counts nothing that happens there.
bool is_in_test_process() noexcept;

}  // namespace cordon::detail
#endif

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// The command line of a program with tests of another framework.

namespace cordon::adapters {

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

/// Options of cordon that stand for those of the other framework.
class translated_options {
  public:
    void add(const char* option) { words_.emplace_back(option); }
    void add(const char* option, std::string value) {
        words_.emplace_back(option);
        words_.push_back(std::move(value));
    }
    void add_word(std::string word) { words_.push_back(std::move(word)); }
    /// An option that cannot be obeyed.
    void refuse(const std::string& why) {
        if (complaint_.empty()) complaint_ = why;
    }

    /// Puts the options before what the user wrote for cordon, so that the user's own words win.
    void put_into(std::vector<std::string>& own) const {
        own.insert(own.begin() + (own.empty() ? 0 : 1), words_.begin(), words_.end());
    }
    /// Why an option cannot be obeyed; empty if all can.
    const std::string& complaint() const { return complaint_; }

  private:
    std::vector<std::string> words_;
    std::string complaint_;
};

inline bool has_option(const std::vector<std::string>& words, std::string_view option) {
    for (const std::string& each : words) {
        if (each == option || each.rfind(std::string(option) + "=", 0) == 0) return true;
    }
    return false;
}

/// The names of subcases after each `--subcase`, outermost first. cordon's reports write them so, for the other
/// framework chooses the subcases of its tests.
inline std::vector<std::string> subcases_of(const std::vector<std::string>& words) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "--subcase") continue;
        std::string name;
        for (const char c : words[++i]) {
            if (c != '\\') name += c;
        }
        names.push_back(name);
    }
    return names;
}

/// The other framework has done everything.
inline void finish(detail::adapted_command& command, int exit_code) {
    command.done = true;
    command.exit_code = exit_code;
}

inline void repeat_with(detail::adapted_command& command, const std::vector<std::string>& words) {
    const lasting_words again(words);
    command.again_words = again.get();
    command.again_count = again.count;
}

/// Goes on with these words, unless an option cannot be obeyed. False: the program ends.
inline bool go_on(detail::adapted_command& command, std::vector<std::string> own, const translated_options& options) {
    if (!options.complaint().empty()) {
        std::fprintf(stderr, "cordon: %s\n", options.complaint().c_str());
        finish(command, 2);
        return false;
    }
    options.put_into(own);
    const lasting_words meant(own);
    command.words = meant.get();
    command.count = meant.count;
    return true;
}

}  // namespace cordon::adapters

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

inline bool is_disabled(std::string_view name) {
    return name.substr(0, 9) == "DISABLED_" || name.find("/DISABLED_") != std::string_view::npos;
}

}  // namespace cordon::gtest_adapter

// ---- cordon/adapters/shared/enrolment.hpp ----

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Adds tests of another framework to cordon's. What is made here lives as long as the program.

namespace cordon::adapters {

inline const char* lasting(std::string text) { return (new std::string(std::move(text)))->c_str(); }

/// A test that is to be added.
struct new_test {
    std::string suite;
    std::string name;  ///< empty: cordon numbers it
    location where;
    std::vector<detail::decorator> decorators;
    const void* context = nullptr;  ///< of the body

    void decorate(detail::decorator item) { decorators.push_back(item); }
    /// By an option of the other framework.
    void leave_out() { decorate({detail::decoration::left_out, nullptr, 1}); }
};

class enrolment {
  public:
    explicit enrolment(void (*body)(const void*)) : body_(body) {}

    /// Returns the name under which cordon knows the test: other frameworks accept two tests of one name.
    const char* add(const new_test& made) {
        auto* const items = new detail::decorator[made.decorators.size() + 1];
        std::size_t count = 0;
        if (!made.name.empty()) items[count++] = detail::decorator(lasting(unique(made.suite, made.name)));
        const char* const name = count == 0 ? "" : items[0].text;
        for (const detail::decorator& each : made.decorators)
            items[count++] = each;
        new detail::test_case(body_, made.where, suite_of(made), items, count, made.context);
        return name;
    }

  private:
    const detail::suite* suite_of(const new_test& made) {
        if (made.suite.empty()) return nullptr;
        const detail::suite*& known = suites_[made.suite];
        if (known == nullptr) {
            auto* const name = new detail::decorator[1]{detail::decorator(lasting(made.suite))};
            known = new detail::suite{made.where, nullptr, name, 1};
        }
        return known;
    }

    std::string unique(const std::string& suite, const std::string& wanted) {
        std::string name = wanted;
        for (int number = 2; !taken_.insert(suite + "/" + name).second; ++number)
            name = wanted + " #" + std::to_string(number);
        return name;
    }

    void (*body_)(const void*);
    std::map<std::string, const detail::suite*> suites_;
    std::set<std::string> taken_;
};

}  // namespace cordon::adapters

#include <gtest/gtest.h>

#include <string>

namespace cordon::gtest_adapter {

/// One test of GoogleTest. It lives as long as the program.
struct adapted_test {
    const ::testing::TestSuite* suite = nullptr;
    const ::testing::TestInfo* info = nullptr;
    std::string description;  ///< the parameter or type
};

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
    registration(std::string filter, bool runs_disabled, void (*body)(const void*))
        : filter_(std::move(filter)), runs_disabled_(runs_disabled), enrolment_(body) {}

    void add_all() {
        const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
        for (int i = 0; i < program.total_test_suite_count(); ++i) {
            const ::testing::TestSuite& suite = *program.GetTestSuite(i);
            for (int j = 0; j < suite.total_test_count(); ++j)
                add(suite, *suite.GetTestInfo(j));
        }
    }

  private:
    void add(const ::testing::TestSuite& suite, const ::testing::TestInfo& info) {
        adapted_test& known = *new adapted_test;
        adapters::new_test made;
        made.suite = info.test_suite_name();
        made.name = info.name();
        made.where = place_of(info);
        made.context = &known;
        known.suite = &suite;
        known.info = &info;
        known.description = description_of(info);
        using scope = detail::decorator_scope;
        made.decorate(scope::require_assertions(false));  // nobody counts those that pass
        if (!known.description.empty()) made.decorate(scope::description(known.description.c_str()));
        if (!runs_disabled_ && (is_disabled(made.suite) || is_disabled(made.name)))
            made.decorate(scope::skip("disabled: --gtest_also_run_disabled_tests runs it"));
        if (!is_selected(filter_, made.suite + "." + made.name)) made.leave_out();
        enrolment_.add(made);
    }

    std::string filter_;
    bool runs_disabled_;
    adapters::enrolment enrolment_;
};

}  // namespace cordon::gtest_adapter

// ---- cordon/adapters/shared/telling.hpp ----

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// Passes on what another framework says about the running test.

namespace cordon::adapters {

using detail::adapted_failure;

/// A failure with texts of its own.
struct foreign_failure {
    adapted_failure::kind is = adapted_failure::assertion;
    std::string file;
    unsigned line = 0;
    std::string macro;
    std::string expression;
    std::string values;
    std::string words;
    std::vector<std::string> infos;  ///< outermost first
};

inline void print(const foreign_failure& what) {
    std::printf("%s:%u: %s\n%s\n", what.file.c_str(), what.line,
                what.macro.empty() ? "failure" : (what.macro + "(" + what.expression + ")").c_str(),
                what.words.empty() ? what.values.c_str() : what.words.c_str());
}

/// Tells cordon. A process that the test has forked cannot fail it, with the other framework neither: it prints.
inline void tell(const foreign_failure& what) {
    if (!detail::is_in_test_process()) return print(what);
    const std::vector<detail::text_view> infos(what.infos.begin(), what.infos.end());
    detail::tell_adapted_failure({what.is, what.file.c_str(), what.line, what.macro, what.expression, what.values,
                                  what.words, infos.data(), infos.size()});
}

inline void tell_text(std::string_view text) {
    if (!detail::is_in_test_process()) return void(std::printf("%.*s\n", static_cast<int>(text.size()), text.data()));
    cordon::log(text);
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

[[noreturn]] inline void skip(std::string_view why) {
    const detail::assertion_site nowhere = {"", "", "", 0, detail::severity::check, false};
    const auto writer = [why](text_sink& out) { out << why; };
    detail::skip_test(nowhere, detail::text_by(writer));
}

}  // namespace cordon::adapters

#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Passes what GoogleTest says about the running test on to cordon.
class listener : public ::testing::EmptyTestEventListener {
  public:
    void begin(const adapted_test& test) {
        test_ = &test;
        failures_ = 0;
        ran_ = was_skipped_ = false;
        skip_.clear();
    }

    /// `succeeded`: RUN_ALL_TESTS returned 0. Does not return if the test was skipped.
    void conclude(bool succeeded) {
        const ::testing::TestResult& result = *test_->info->result();
        if (ran_) tell_properties(result);
        if (failures_ != 0) return;
        const bool is_skipped = ran_ ? result.Skipped() : was_skipped_;
        if (is_skipped && succeeded) adapters::skip(skip_);
        if (ran_ && result.Passed() && succeeded) return;
        fail(nullptr, 0, "", ran_ ? "GoogleTest has failed outside of the test" : "GoogleTest did not run this test");
        tell_failures_outside();
    }

    void OnTestPartResult(const ::testing::TestPartResult& part) override {
        if (test_ == nullptr || part.passed()) return;
        const char* const message = part.message() == nullptr ? "" : part.message();
        if (part.skipped() && detail::is_in_test_process()) {
            was_skipped_ = true;
            if (skip_.empty()) skip_ = adapters::trimmed(message);
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
    /// SCOPED_TRACE and the stack, which GoogleTest adds to the message, become lines of information.
    void fail(const char* file, int line, const char* macro, std::string_view message) {
        failures_.fetch_add(1);
        constexpr std::string_view trace = "\nGoogle Test trace:\n";
        constexpr std::string_view stack = "\nStack trace:\n";
        const std::size_t cut = std::min(message.find(trace), message.find(stack));
        std::string_view rest = cut == std::string_view::npos ? std::string_view() : message.substr(cut + 1);
        if (cut != std::string_view::npos && message.compare(cut, trace.size(), trace) == 0)
            rest.remove_prefix(trace.size() - 1);
        const location test = place_of(*test_->info);
        adapters::foreign_failure what;
        what.file = file == nullptr ? test.file : file;
        what.line = file == nullptr ? test.line : static_cast<unsigned>(line < 0 ? 0 : line);
        what.macro = macro;
        what.words = adapters::trimmed(message.substr(0, cut));
        if (!test_->description.empty()) what.infos.push_back(test_->description);
        add_lines(adapters::trimmed(rest), what.infos);
        adapters::tell(what);
    }

    static void add_lines(std::string_view text, std::vector<std::string>& to) {
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            to.emplace_back(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
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
    std::atomic<int> failures_{0};
    bool ran_ = false;
    bool was_skipped_ = false;
    std::string skip_;
};

}  // namespace cordon::gtest_adapter

// ---- cordon/adapters/gtest/only_test.hpp ----

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <vector>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

// GoogleTest's run looks at each suite and test of the program and writes to most of them. In a forked process each
// page that it writes to is copied. So the suites are emptied before the fork, and the program's list of suites is made
// short: a run finds the one test that it is for.

namespace cordon::gtest_adapter {

using ::testing::TestSuite;
using info_list = std::vector<::testing::TestInfo*>;
using index_list = std::vector<int>;
using suite_list = std::vector<TestSuite*>;

// The tests of a suite are private. An explicit instantiation may name private members.

struct tests_of_suite {
    using type = info_list TestSuite::*;
    friend type member_of(tests_of_suite);
};
struct order_of_suite {
    using type = index_list TestSuite::*;
    friend type member_of(order_of_suite);
};
struct program_of_test {
    using type = ::testing::internal::UnitTestImpl* ::testing::UnitTest::*;
    friend type member_of(program_of_test);
};
template <class Place, typename Place::type Member>
struct opened {
    friend typename Place::type member_of(Place) { return Member; }
};
template struct opened<tests_of_suite, &TestSuite::test_info_list_>;
template struct opened<order_of_suite, &TestSuite::test_indices_>;
template struct opened<program_of_test, &::testing::UnitTest::impl_>;

inline TestSuite& changeable(const TestSuite& suite) { return const_cast<TestSuite&>(suite); }

/// GoogleTest's own list of suites. Its class is not in GoogleTest's headers, so the list is known by what it holds:
/// all suites of the program, in their order. Null if it is not found.
inline suite_list* find_list_of(const suite_list& suites) {
#if defined(__GLIBC__)
    void* const program = (*::testing::UnitTest::GetInstance()).*member_of(program_of_test());
    const std::size_t words = ::malloc_usable_size(program) / sizeof(void*);
    auto* const all = static_cast<TestSuite***>(program);
    for (std::size_t i = 0; i + 3 <= words && sizeof(suite_list) == 3 * sizeof(void*); ++i) {
        TestSuite** const first = all[i];
        TestSuite** const last = all[i + 1];
        if (first == nullptr || last != first + suites.size() || all[i + 2] < last) continue;
        if (std::equal(suites.begin(), suites.end(), first)) return reinterpret_cast<suite_list*>(all + i);
    }
#endif
    static_cast<void>(suites);
    return nullptr;
}

/// The list of suites of a run; null if it has all of them.
inline suite_list*& short_list() {
    static suite_list* only = nullptr;
    return only;
}

inline void shorten_list_of_suites() {
    const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
    suite_list suites;
    for (int i = 0; i < program.total_test_suite_count(); ++i)
        suites.push_back(&changeable(*program.GetTestSuite(i)));
    if (suites.empty()) return;
    short_list() = find_list_of(suites);
    if (short_list() != nullptr) short_list()->resize(1);
}

inline void empty_suites() {
    const ::testing::UnitTest& program = *::testing::UnitTest::GetInstance();
    for (int i = 0; i < program.total_test_suite_count(); ++i) {
        TestSuite& suite = changeable(*program.GetTestSuite(i));
        (new info_list)->swap(suite.*member_of(tests_of_suite()));  // to free them would copy memory, too
        (new index_list)->swap(suite.*member_of(order_of_suite()));
    }
}

/// While it lives, the test is the only one of its suite, and the others are empty or not listed.
class only_test {
  public:
    only_test(const TestSuite& suite, const ::testing::TestInfo& test) : suite_(changeable(suite)) {
        (suite_.*member_of(tests_of_suite())).push_back(const_cast<::testing::TestInfo*>(&test));
        (suite_.*member_of(order_of_suite())).push_back(0);
        if (short_list() != nullptr) short_list()->front() = &suite_;
    }
    ~only_test() {
        (suite_.*member_of(tests_of_suite())).clear();
        (suite_.*member_of(order_of_suite())).clear();
    }
    only_test(const only_test&) = delete;
    only_test& operator=(const only_test&) = delete;

  private:
    TestSuite& suite_;
};

}  // namespace cordon::gtest_adapter

#include <gtest/gtest.h>

#include <cstdlib>
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

inline int run_alone(const adapted_test& test) {
    const only_test alone(*test.suite, *test.info);
    return RUN_ALL_TESTS();
}

/// cordon has chosen the tests; the code under test must not see them either.
inline void hide_shard() {
    static bool is_hidden = false;
    if (is_hidden) return;
    is_hidden = true;
    ::unsetenv("GTEST_TOTAL_SHARDS");
    ::unsetenv("GTEST_SHARD_INDEX");
}

inline void run_test(const void* context) {
    const auto& test = *static_cast<const adapted_test*>(context);
    hide_shard();
    own_listener()->begin(test);
    own_listener()->conclude(run_alone(test) == 0);
}

/// GoogleTest reports nothing itself, and runs what cordon asks for.
inline void prepare_googletest() {
    ::testing::TestEventListeners& all = ::testing::UnitTest::GetInstance()->listeners();
    delete all.Release(all.default_result_printer());
    delete all.Release(all.default_xml_generator());
    own_listener() = new listener;
    all.Append(own_listener());
    CORDON_GTEST_FLAG_SET(filter, "*");
    CORDON_GTEST_FLAG_SET(shuffle, false);
    CORDON_GTEST_FLAG_SET(repeat, 1);
    CORDON_GTEST_FLAG_SET(also_run_disabled_tests, true);
    empty_suites();
    shorten_list_of_suites();
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

inline void take_over(detail::adapted_command& command) {
    std::vector<char*> words;
    for (int i = 0; i < command.count; ++i)
        words.push_back(const_cast<char*>(command.words[i]));
    initialize(words);
    ::unsetenv("TESTBRIDGE_TEST_ONLY");  // Bazel's filter, in GoogleTest's words: it is in the flag now
    if (is_for_googletest()) return adapters::finish(command, RUN_ALL_TESTS());
    std::vector<std::string> own(words.begin(), words.end());
    if (!adapters::go_on(command, own, translation(own))) return;
    // InitGoogleTest of the program may have taken flags away.
    const adapters::lasting_words all(::testing::internal::GetArgvs());
    command.all_words = all.get();
    command.all_count = all.count;
    adapters::repeat_with(command, flags_inside(::testing::internal::GetArgvs()));
    registration(CORDON_GTEST_FLAG_GET(filter), CORDON_GTEST_FLAG_GET(also_run_disabled_tests), run_test).add_all();
    prepare_googletest();
    if (command.runs_tests) hide_shard();  // here, because a test's process would copy the environment
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::gtest_adapter
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
