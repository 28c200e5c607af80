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

// ---- cordon/adapters/doctest.hpp ----

// Runs the tests of doctest under cordon, each in its own process. One file of the program, instead of
// DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN:
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/doctest.hpp>
//
// It compiles doctest's implementation, too. docs/doctest-adapter.md says what becomes of doctest's features and
// options.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a CHECK
#endif

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "../cordon.hpp"
#endif

#if !defined(DOCTEST_CONFIG_IMPLEMENT)
#define DOCTEST_CONFIG_IMPLEMENT
#endif
#if !defined(DOCTEST_CONFIG_NO_POSIX_SIGNALS)
#define DOCTEST_CONFIG_NO_POSIX_SIGNALS  // cordon tells how a test has crashed
#endif
#if __has_include(<doctest/doctest.h>)
#include <doctest/doctest.h>
#else
#include <doctest.h>
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

// ---- cordon/adapters/doctest/options.hpp ----

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

#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// doctest's options. Which words of a command line are doctest's, and what each of them means to cordon.

namespace cordon::doctest_adapter {

enum class use : unsigned char {
    select,   ///< chooses tests
    inside,   ///< works inside a test
    ask,      ///< doctest answers, and no test runs
    order,    ///< becomes an option of cordon
    ignored,  ///< concerns doctest's own lines
    report,   ///< doctest's if it answers, else cordon's
};

struct option_row {
    const char* name;
    const char* shorter;
    bool has_value;
    use is;
};

constexpr option_row option_rows[] = {
    {"source-file", "sf", true, use::select},
    {"source-file-exclude", "sfe", true, use::select},
    {"test-suite", "ts", true, use::select},
    {"test-suite-exclude", "tse", true, use::select},
    {"test-case", "tc", true, use::select},
    {"test-case-exclude", "tce", true, use::select},
    {"first", "f", true, use::select},
    {"last", "l", true, use::select},
    {"no-skip", "ns", false, use::select},
    {"case-sensitive", "cs", false, use::inside},
    {"subcase", "sc", true, use::inside},
    {"subcase-exclude", "sce", true, use::inside},
    {"subcase-filter-levels", "scfl", true, use::inside},
    {"abort-after", "aa", true, use::inside},
    {"no-throw", "nt", false, use::inside},
    {"no-breaks", "nb", false, use::inside},
    {"count", "c", false, use::ask},
    {"list-test-cases", "ltc", false, use::ask},
    {"list-test-suites", "lts", false, use::ask},
    {"list-reporters", "lr", false, use::ask},
    {"no-run", "nr", false, use::ask},
    {"order-by", "ob", true, use::order},
    {"rand-seed", "rs", true, use::order},
    {"no-colors", "nc", false, use::order},
    {"force-colors", "fc", false, use::order},
    {"reporters", "r", true, use::report},
    {"out", "o", true, use::report},
    {"success", "s", false, use::ignored},
    {"exit", "e", false, use::ignored},
    {"duration", "d", false, use::ignored},
    {"minimal", "m", false, use::ignored},
    {"no-exitcode", "ne", false, use::ignored},
    {"no-intro", "ni", false, use::ignored},
    {"no-version", "nv", false, use::ignored},
    {"gnu-file-line", "gfl", false, use::ignored},
    {"no-path-filenames", "npf", false, use::ignored},
    {"no-line-numbers", "nln", false, use::ignored},
    {"no-debug-output", "ndo", false, use::ignored},
    {"no-skipped-summary", "nss", false, use::ignored},
    {"no-time-in-output", "ntio", false, use::ignored},
};

/// A word of doctest: the option, and the text behind its '='.
struct option_word {
    const option_row* row = nullptr;  ///< null: the word is not doctest's
    std::string value;
    bool is_on() const { return value != "0" && value != "false" && value != "off" && value != "no"; }
};

inline option_word option_of(std::string_view word) {
    if (word.size() < 2 || word.front() != '-') return {};
    word.remove_prefix(word.find_first_not_of('-') == std::string_view::npos ? word.size()
                                                                             : word.find_first_not_of('-'));
    if (word.substr(0, 3) == "dt-") word.remove_prefix(3);
    const std::size_t equal = word.find('=');
    const std::string_view name = word.substr(0, equal);
    for (const option_row& each : option_rows) {
        if (name != each.name && name != each.shorter) continue;
        if (equal == std::string_view::npos) return each.has_value ? option_word() : option_word{&each, ""};
        const std::string value(word.substr(equal + 1));
        // -f is --filter of cordon, too.
        if (std::strcmp(each.shorter, "f") == 0 && name == "f" && value.find_first_not_of("0123456789") != value.npos)
            return {};
        return {&each, value};
    }
    return {};
}

/// The words of a command line.
class word_split {
  public:
    explicit word_split(const detail::adapted_command& command) {
        std::vector<std::string> reports;
        for (int i = 0; i < command.count; ++i) {
            const std::string word = command.words[i];
            if (i == 0) program_ = word;
            const option_word option = i == 0 ? option_word() : option_of(word);
            if (option.row == nullptr) {
                own.push_back(word);
            } else if (option.row->is == use::report) {
                reports.push_back(word);
            } else {
                take(word, option);
            }
        }
        std::vector<std::string>& owner = doctest_answers ? for_doctest : own;
        owner.insert(owner.end(), reports.begin(), reports.end());
        if (!seed_.empty() && is_random_) options.add("--seed", seed_);
    }

    /// For doctest: the program's name and these words. doctest takes the last of several.
    adapters::lasting_words with(std::vector<std::string> words, std::initializer_list<const char*> more = {}) const {
        words.insert(words.begin(), program_);
        words.insert(words.end(), more.begin(), more.end());
        return adapters::lasting_words(words);
    }

    std::vector<std::string> own;          ///< for cordon
    std::vector<std::string> for_doctest;  ///< to choose tests or to answer
    std::vector<std::string> inside;       ///< of them, those that work inside a test
    /// The subcases that cordon's words select, in doctest's. A comma is in no pattern.
    std::vector<std::string> subcases() const {
        const std::vector<std::string> names = adapters::subcases_of(own);
        if (names.empty()) return {};
        std::string all = "--subcase=";
        for (const std::string& each : names) {
            if (all.back() != '=') all += ',';
            for (const char c : each)
                all += c == ',' ? '?' : c;
        }
        return {all, "--subcase-filter-levels=" + std::to_string(names.size())};
    }

    adapters::translated_options options;
    bool doctest_answers = false;
    bool selects = false;
    bool runs_skipped = false;

  private:
    void take(const std::string& word, const option_word& option) {
        for_doctest.push_back(word);
        const std::string_view name = option.row->name;
        if (option.row->is == use::select) selects = true;
        if (name == "no-skip") runs_skipped = option.is_on();
        if (option.row->is == use::inside) inside.push_back(word);
        if (option.row->is == use::ask && option.is_on()) doctest_answers = true;
        if (name == "abort-after" && option.value != "0") options.add_word("--fail-fast=" + option.value);
        if (name == "order-by" && option.value == "name") options.add("--order", "name");
        if (name == "order-by" && option.value == "rand") is_random_ = true, options.add("--order", "random");
        if (name == "rand-seed") seed_ = option.value;
        if (name == "no-colors" && option.is_on()) options.add("--color", "never");
        if (name == "force-colors" && option.is_on()) options.add("--color", "always");
    }

    std::string program_;
    bool is_random_ = false;
    std::string seed_;
};

}  // namespace cordon::doctest_adapter

// ---- cordon/adapters/doctest/tests.hpp ----

// ---- cordon/adapters/doctest/reporter.hpp ----

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

#include <atomic>
#include <sstream>
#include <string>
#include <vector>

// Needs doctest's header before it.

namespace cordon::doctest_adapter {

/// What the reporter has seen. doctest makes a new reporter for each of its runs.
struct seen {
    std::vector<const ::doctest::TestCaseData*> listed;
    std::atomic<unsigned> failures{0};
    bool ran = false;
};

inline seen& seen_here() {
    static auto* const only = new seen;
    return *only;
}

inline std::string text_of(const ::doctest::String& text) { return text.c_str(); }

/// Passes what doctest says about the running test on to cordon.
class reporter : public ::doctest::IReporter {
  public:
    explicit reporter(const ::doctest::ContextOptions&) {}

    void report_query(const ::doctest::QueryData& found) override {
        seen_here().listed.assign(found.data, found.data + found.num_data);
    }

    void test_case_start(const ::doctest::TestCaseData& test) override { test_ = &test; }
    void test_case_reenter(const ::doctest::TestCaseData&) override { detail::begin_adapted_pass(); }
    void test_case_end(const ::doctest::CurrentTestCaseStats& stats) override {
        const int passed = stats.numAssertsCurrentTest - stats.numAssertsFailedCurrentTest;
        if (passed > 0) detail::count_adapted(static_cast<unsigned long long>(passed));
        seen_here().ran = true;
    }

    void subcase_start(const ::doctest::SubcaseSignature& entered) override {
        detail::enter_adapted_subcase(adapters::trimmed(entered.m_name.c_str()), entered.m_file,
                                      static_cast<unsigned>(entered.m_line));
    }
    void subcase_end() override { detail::leave_adapted_subcase(); }

    void test_case_exception(const ::doctest::TestCaseException& thrown) override {
        // doctest says this where a subcase is left, and the text of the exception afterwards.
        if (text_of(thrown.error_string).rfind("exception thrown in subcase", 0) == 0) return;
        adapters::foreign_failure what;
        what.is = adapters::adapted_failure::exception;
        if (test_ != nullptr) {
            what.file = test_->m_file.c_str();
            what.line = test_->m_line;
        }
        what.words = "the test was left by an exception: " + text_of(thrown.error_string);
        const int count = get_num_stringified_contexts();
        for (int i = count; i-- > 0;)
            what.infos.push_back(text_of(get_stringified_contexts()[i]));
        tell(what);
    }

    void log_assert(const ::doctest::AssertData& assertion) override {
        if (!assertion.m_failed) return;
        adapters::foreign_failure what;
        if ((assertion.m_at & ::doctest::assertType::is_warn) != 0) what.is = adapters::adapted_failure::warning;
        what.file = assertion.m_file;
        what.line = static_cast<unsigned>(assertion.m_line);
        what.macro = ::doctest::assertString(assertion.m_at);
        what.expression = expression_of(assertion);
        if (assertion.m_threw) {
            what.words = "threw " + text_of(assertion.m_exception);
        } else if ((assertion.m_at & ::doctest::assertType::is_normal) != 0) {
            what.values = text_of(assertion.m_decomp);
        } else {
            what.words = "threw nothing";
        }
        what.infos = active_infos();
        tell(what);
    }

    void log_message(const ::doctest::MessageData& message) override {
        const std::string text = text_of(message.m_string);
        if ((message.m_severity & ::doctest::assertType::is_warn) != 0) return adapters::tell_text(text);
        adapters::foreign_failure what;
        what.is = adapters::adapted_failure::message;
        what.file = message.m_file;
        what.line = static_cast<unsigned>(message.m_line);
        what.macro = (message.m_severity & ::doctest::assertType::is_require) != 0 ? "FAIL" : "FAIL_CHECK";
        what.words = text;
        what.infos = active_infos();
        tell(what);
    }

    void test_run_start() override {}
    void test_run_end(const ::doctest::TestRunStats&) override {}
    void test_case_skipped(const ::doctest::TestCaseData&) override {}

  private:
    static void tell(const adapters::foreign_failure& what) {
        if (what.is != adapters::adapted_failure::warning) seen_here().failures.fetch_add(1);
        adapters::tell(what);
    }

    /// With the type or text that the exception must have, as it is written in the macro.
    static std::string expression_of(const ::doctest::AssertData& assertion) {
        using namespace ::doctest::assertType;
        std::string all = assertion.m_expr;
        if ((assertion.m_at & is_throws_with) != 0) all += ", \"" + text_of(assertion.m_exception_string) + "\"";
        if ((assertion.m_at & is_throws_as) != 0) all += std::string(", ") + assertion.m_exception_type;
        return all;
    }

    static std::vector<std::string> active_infos() {
        std::vector<std::string> all;
        const ::doctest::IContextScope* const* const scopes = get_active_contexts();
        for (int i = 0; i < get_num_active_contexts(); ++i) {
            std::ostringstream text;
            scopes[i]->stringify(&text);
            all.push_back(text.str());
        }
        return all;
    }

    const ::doctest::TestCaseData* test_ = nullptr;
};

}  // namespace cordon::doctest_adapter

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

#include <set>
#include <string>
#include <vector>

// Needs doctest's implementation before it.

namespace cordon::doctest_adapter {

using ::doctest::detail::TestCase;

using test_data = ::doctest::TestCaseData;

/// The tests that doctest selects by these words, in its order.
inline std::vector<const test_data*> ask(const adapters::lasting_words& words) {
    seen_here().listed.clear();
    ::doctest::Context(words.count, words.get()).run();
    return seen_here().listed;
}

/// Adds doctest's tests to cordon's.
class registration {
  public:
    registration(const word_split& words, void (*body)(const void*)) : words_(words), enrolment_(body) {}

    void add_all() {
        constexpr const char* list = "--list-test-cases";
        constexpr const char* to_reporter = "--reporters=cordon";
        const std::vector<const test_data*> all = ask(words_.with({}, {list, to_reporter, "--no-skip"}));
        if (words_.selects) {
            select(ask(words_.with(words_.for_doctest, {list, to_reporter})));
            if (!words_.runs_skipped)
                select_skipped(ask(words_.with(words_.for_doctest, {list, to_reporter, "--no-skip"})));
        }
        for (const test_data* each : all)
            add(*each);
    }

  private:
    void select(const std::vector<const test_data*>& tests) { selected_.insert(tests.begin(), tests.end()); }
    void select_skipped(const std::vector<const test_data*>& tests) {
        for (const test_data* each : tests) {
            if (each->m_skip) selected_.insert(each);
        }
    }

    void add(const test_data& test) {
        adapters::new_test made;
        made.suite = test.m_test_suite;
        made.name = std::string(adapters::trimmed(test.m_name));  // SCENARIO begins with spaces
        made.where = {test.m_file.c_str(), test.m_line};
        made.context = &test;
        using scope = detail::decorator_scope;
        if (test.m_description != nullptr) made.decorate(scope::description(test.m_description));
        if (test.m_timeout > 0) made.decorate(scope::timeout(test.m_timeout));
        if (test.m_may_fail) made.decorate(scope::may_fail());
        if (test.m_should_fail) made.decorate(scope::should_fail());
        if (test.m_expected_failures > 0) made.decorate(scope::expected_failures(test.m_expected_failures));
        if (test.m_skip && !words_.runs_skipped) made.decorate(scope::skip("--no-skip runs it"));
        if (words_.selects && selected_.count(&test) == 0) made.leave_out();
        enrolment_.add(made);
    }

    const word_split& words_;
    std::set<const test_data*> selected_;
    adapters::enrolment enrolment_;
};

/// doctest knows no test any more. So a run looks at no others, and a test process does not free them at its end, which
/// would copy the memory that it shares with the worker.
inline void hide_tests() { (new std::set<TestCase>)->swap(::doctest::detail::getRegisteredTests()); }

/// While it lives, doctest knows this test, without what cordon judges itself.
class only_test {
  public:
    explicit only_test(const TestCase& test) {
        TestCase alone(test);
        alone.m_skip = alone.m_may_fail = alone.m_should_fail = false;
        alone.m_expected_failures = 0;
        alone.m_timeout = 0;
        ::doctest::detail::getRegisteredTests().insert(alone);
    }
    ~only_test() { ::doctest::detail::getRegisteredTests().clear(); }
    only_test(const only_test&) = delete;
    only_test& operator=(const only_test&) = delete;
};

}  // namespace cordon::doctest_adapter

#include <string>
#include <vector>

namespace cordon::doctest_adapter {

/// Runs tests. The worker has parsed doctest's options before it forks.
inline ::doctest::Context*& context() {
    static ::doctest::Context* only = nullptr;
    return only;
}

inline void run_test(const void* wanted) {
    const auto& test = static_cast<const TestCase&>(*static_cast<const test_data*>(wanted));
    seen& what = seen_here();
    what.failures = 0;
    what.ran = false;
    const only_test alone(test);
    const int code = context()->run();
    if (what.ran && (code == 0 || what.failures != 0)) return;
    adapters::foreign_failure failure;
    failure.file = test.m_file.c_str();
    failure.line = test.m_line;
    failure.words = what.ran ? "doctest has failed outside of the test" : "doctest did not run this test";
    adapters::tell(failure);
}

inline int answer(const adapters::lasting_words& words) { return ::doctest::Context(words.count, words.get()).run(); }

inline void take_over(detail::adapted_command& command) {
    const word_split split(command);
    if (split.doctest_answers) return adapters::finish(command, answer(split.with(split.for_doctest)));
    if (adapters::has_option(split.own, "--help")) answer(split.with({}, {"--help"}));
    if (!adapters::go_on(command, split.own, split.options)) return;
    std::vector<std::string> again = split.inside;
    if (split.runs_skipped) again.emplace_back("--no-skip");
    adapters::repeat_with(command, again);
    ::doctest::registerReporter<reporter>("cordon", 0, true);
    registration(split, run_test).add_all();
    hide_tests();
    std::vector<std::string> within = split.inside;
    for (const std::string& each : split.subcases())
        within.push_back(each);
    const adapters::lasting_words inside = split.with(within, {"--reporters=cordon"});
    context() = new ::doctest::Context(inside.count, inside.get());
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::doctest_adapter
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
