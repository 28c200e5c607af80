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

// ---- cordon/adapters/catch2.hpp ----

// Runs the tests of Catch2 under cordon, each in its own process. One file of the program, instead of CATCH_CONFIG_MAIN
// or the library Catch2Main:
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/catch2.hpp>
//
// docs/catch2-adapter.md says what becomes of Catch2's features and options.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a CHECK
#endif

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "../cordon.hpp"
#endif

// ---- cordon/adapters/catch2/edition.hpp ----

// Version 2 of Catch2, whose implementation is compiled here, or version 3, with which the program is linked.

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_case_info.hpp>
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#include <catch2/interfaces/catch_interfaces_reporter_factory.hpp>
#include <catch2/internal/catch_reporter_registry.hpp>
#include <catch2/internal/catch_run_context.hpp>
#include <catch2/internal/catch_test_case_registry_impl.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_multi.hpp>
#elif __has_include(<catch_amalgamated.hpp>)
#include <catch_amalgamated.hpp>
#else
#if !defined(CATCH_CONFIG_RUNNER)
#define CATCH_CONFIG_RUNNER
#endif
#if !defined(CATCH_CONFIG_NO_POSIX_SIGNALS)
#define CATCH_CONFIG_NO_POSIX_SIGNALS  // cordon tells how a test has crashed
#endif
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch.hpp>
#endif
#define CORDON_CATCH2_VERSION_2
#endif

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cordon::catch2_adapter {

template <class Text>
std::string text_of(const Text& text) {
    return static_cast<std::string>(text);
}

#if defined(CORDON_CATCH2_VERSION_2)

using test_handle = ::Catch::TestCase;
using listener_base = ::Catch::TestEventListenerBase;
using told_by_listener = bool;
using catch_config = std::shared_ptr<::Catch::Config>;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const std::string& tag) { return tag; }

/// A configuration that lives as long as the program.
inline catch_config lasting_config(::Catch::Session& session) {
    return std::make_shared<::Catch::Config>(session.configData());
}

/// The user's listeners, then `Reporter`.
template <class Reporter>
::Catch::IStreamingReporterPtr all_listeners(const catch_config& config) {
    auto all = std::make_unique<::Catch::ListeningReporter>();
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(::Catch::ReporterConfig(config)));
    all->addReporter(std::make_unique<Reporter>(::Catch::ReporterConfig(config)));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config& config) { ::Catch::applyFilenamesAsTags(config); }

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string& program, const test_handle& test) {
    context.testGroupStarting(program, 1, 1);
    const ::Catch::Totals totals = context.runTest(test);
    context.testGroupEnded(program, totals, 1, 1);
    return totals;
}

#else

using test_handle = ::Catch::TestCaseHandle;
using listener_base = ::Catch::EventListenerBase;
using told_by_listener = void;
using catch_config = const ::Catch::Config*;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const ::Catch::Tag& tag) { return text_of(tag.original); }

inline catch_config lasting_config(::Catch::Session& session) { return new ::Catch::Config(session.configData()); }

template <class Reporter>
::Catch::IEventListenerPtr all_listeners(catch_config config) {
    auto all = ::Catch::Detail::make_unique<::Catch::MultiReporter>(config);
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(config));
    all->addReporter(::Catch::Detail::make_unique<Reporter>(config));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config&) {
    for (auto* each : ::Catch::getRegistryHub().getTestCaseRegistry().getAllInfos())
        each->addFilenameTag();
}

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string&, const test_handle& test) {
    return context.runTest(test);
}

#endif

// Since 3.3 a test can skip itself.

template <class Result = ::Catch::ResultWas, int Skip = Result::ExplicitSkip>
bool is_skip(::Catch::ResultWas::OfType type, int) {
    return type == Skip;
}
template <class Result = ::Catch::ResultWas>
bool is_skip(::Catch::ResultWas::OfType, long) {
    return false;
}

template <class Counts>
auto was_skipped(const Counts& counts, int) -> decltype(counts.skipped != 0) {
    return counts.skipped != 0;
}
template <class Counts>
bool was_skipped(const Counts&, long) {
    return false;
}

}  // namespace cordon::catch2_adapter

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

// ---- cordon/adapters/catch2/options.hpp ----

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

#include <string>
#include <string_view>
#include <vector>

// Catch2's options. Which words of a command line are Catch2's, and what each of them means to cordon.

namespace cordon::catch2_adapter {

enum class use : unsigned char {
    inside,   ///< Catch2 obeys it, where it chooses tests or runs one
    ask,      ///< Catch2 answers, and no test runs
    order,    ///< becomes an option of cordon
    ignored,  ///< concerns Catch2's own lines
    report,   ///< Catch2's if it answers, else becomes a report of cordon
};

struct option_row {
    const char* name;
    const char* letter;  ///< null: none, or cordon's
    bool has_value;
    use is;
};

constexpr option_row option_rows[] = {
    {"list-tests", "l", false, use::ask},
    {"list-tags", "t", false, use::ask},
    {"list-test-names-only", nullptr, false, use::ask},
    {"list-reporters", nullptr, false, use::ask},
    {"list-listeners", nullptr, false, use::ask},
    {"libidentify", nullptr, false, use::ask},
    {"input-file", nullptr, true, use::inside},
    {"filenames-as-tags", "#", false, use::inside},
    {"nothrow", "e", false, use::inside},
    {"break", "b", false, use::inside},
    {"invisibles", "i", false, use::inside},
    {"section", "c", true, use::inside},
    {"warn", "w", true, use::inside},
    {"rng-seed", nullptr, true, use::inside},
    {"skip-benchmarks", nullptr, false, use::inside},
    {"benchmark-samples", nullptr, true, use::inside},
    {"benchmark-resamples", nullptr, true, use::inside},
    {"benchmark-confidence-interval", nullptr, true, use::inside},
    {"benchmark-no-analysis", nullptr, false, use::inside},
    {"benchmark-warmup-time", nullptr, true, use::inside},
    {"order", nullptr, true, use::order},
    {"abort", "a", false, use::order},
    {"abortx", "x", true, use::order},
    {"use-colour", nullptr, true, use::order},
    {"colour-mode", nullptr, true, use::order},
    {"shard-count", nullptr, true, use::order},
    {"shard-index", nullptr, true, use::order},
    {"allow-running-no-tests", nullptr, false, use::order},
    {"reporter", "r", true, use::report},
    {"out", "o", true, use::report},
    {"success", "s", false, use::ignored},
    {"name", "n", true, use::ignored},
    {"durations", "d", true, use::ignored},
    {"min-duration", "D", true, use::ignored},
    {"verbosity", "v", true, use::ignored},
    {"wait-for-keypress", nullptr, true, use::ignored},
};

/// A word of Catch2: the option, and its value.
struct option_word {
    const option_row* row = nullptr;  ///< null: the word is not Catch2's
    std::string value;
    bool used_next = false;  ///< the value was the next word
};

/// -x, -v and --order are options of cordon, too; the value tells whose they are.
inline bool is_value_for(const option_row& row, const std::string& value) {
    const std::string_view name = row.name;
    if (name == "abortx") return !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    if (name == "verbosity") return value == "quiet" || value == "normal" || value == "high";
    if (name == "order") return value == "decl" || value == "lex" || value == "rand";
    return true;
}

inline option_word option_of(std::string_view word, const char* next) {
    const bool is_long = word.substr(0, 2) == "--";
    if (word.size() < 2 || word.front() != '-') return {};
    word.remove_prefix(is_long ? 2 : 1);
    const std::size_t cut = word.find_first_of("=:");
    const std::string_view name = word.substr(0, cut);
    for (const option_row& each : option_rows) {
        if (is_long ? name != each.name : each.letter == nullptr || name != each.letter) continue;
        if (!each.has_value) return {&each, {}, false};
        const bool used_next = cut == std::string_view::npos;
        if (used_next && next == nullptr) return {};
        const std::string value = used_next ? next : std::string(word.substr(cut + 1));
        return is_value_for(each, value) ? option_word{&each, value, used_next} : option_word();
    }
    return {};
}

/// The words of a command line. What is no option is Catch2's: names, patterns and tags of tests.
class word_split {
  public:
    explicit word_split(const detail::adapted_command& command) {
        for (int i = 0; i < command.count; ++i) {
            const std::string word = command.words[i];
            const char* const next = i + 1 < command.count ? command.words[i + 1] : nullptr;
            const option_word option = i == 0 ? option_word() : option_of(word, next);
            if (option.row != nullptr) {
                if (option.used_next) ++i;
                take(word, option);
            } else if (i == 0) {
                own.push_back(word);
                for_catch2.push_back(word);
            } else if (is_for_cordon(word)) {
                own.push_back(word);
                if (next != nullptr && detail::takes_next_word(word)) own.push_back(command.words[++i]);
            } else {
                for_catch2.push_back(word);
            }
        }
        for (const std::string& each : adapters::subcases_of(own))
            for_catch2.insert(for_catch2.end(), {"--section", each});
        reports();
        order();
    }

    std::vector<std::string> own;         ///< for cordon
    std::vector<std::string> for_catch2;  ///< to choose and run tests, or to answer
    std::vector<std::string> inside;      ///< of them, the options that work inside a test
    adapters::translated_options options;
    bool catch2_answers = false;

  private:
    /// Options, and =NAME, with which cordon's reports tell how to run a test again.
    static bool is_for_cordon(const std::string& word) {
        return word.size() > 1 && (word.front() == '-' || word.front() == '=');
    }

    void take(const std::string& word, const option_word& option) {
        const std::string_view name = option.row->name;
        if (option.row->is == use::ask) catch2_answers = true;
        if (option.row->is == use::ask || option.row->is == use::inside) {
            std::vector<std::string> words = {word};
            if (option.used_next) words.push_back(option.value);
            for_catch2.insert(for_catch2.end(), words.begin(), words.end());
            if (option.row->is == use::inside) inside.insert(inside.end(), words.begin(), words.end());
        }
        if (name == "reporter") reporter_ = option.value;
        if (name == "out") out_ = option.value;
        if (name == "rng-seed") seed_ = option.value;
        if (name == "order") order_ = option.value;
        if (name == "shard-count") shards_ = option.value;
        if (name == "shard-index") shard_ = option.value;
        if (name == "abort") options.add("--fail-fast");
        if (name == "abortx") options.add_word("--fail-fast=" + option.value);
        if (name == "allow-running-no-tests") options.add("--allow-empty");
        if (name == "use-colour" || name == "colour-mode") color(option.value);
    }

    void color(const std::string& value) {
        if (value == "yes" || value == "ansi") options.add("--color", "always");
        if (value == "no" || value == "none") options.add("--color", "never");
    }

    void order() {
        if (order_ == "lex") options.add("--order", "name");
        if (order_ == "rand") options.add("--order", "random");
        if (order_ == "rand" && seed_.find_first_not_of("0123456789") == seed_.npos && !seed_.empty())
            options.add("--seed", seed_);
        if (shards_.empty()) return;
        if (shard_.empty() || shard_.find_first_not_of("0123456789") != shard_.npos)
            return options.refuse("--shard-count needs --shard-index N");
        options.add("--shard", std::to_string(std::stoul(shard_) + 1) + "/" + shards_);
    }

    void reports() {
        if (catch2_answers) {
            for (const auto& [option, value] : {std::pair("--reporter", reporter_), std::pair("--out", out_)}) {
                if (!value.empty()) for_catch2.insert(for_catch2.end(), {option, value});
            }
            return;
        }
        if (reporter_.empty() || reporter_ == "console" || reporter_ == "compact") return;
        for (const char* each : {"junit", "tap", "teamcity", "JUnit", "TAP", "TeamCity"}) {
            if (reporter_ != each) continue;
            std::string format = reporter_;
            for (char& letter : format)
                letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
            return options.add("--report", format + (out_.empty() ? "" : "=" + out_));
        }
        // Others are cordon's concern.
        own.insert(own.end(), {"--reporter", reporter_});
        if (!out_.empty()) own.insert(own.end(), {"--out", out_});
    }

    std::string reporter_, out_, seed_, order_, shards_, shard_;
};

}  // namespace cordon::catch2_adapter

// ---- cordon/adapters/catch2/reporter.hpp ----

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

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// What the reporter has seen of the running test. Catch2 makes a new reporter for each run.
struct seen {
    unsigned failures = 0;
    bool ran = false;
    std::string skip_reason;
};

inline seen& seen_here() {
    static auto* const only = new seen;
    return *only;
}

/// Passes what Catch2 says about the running test on to cordon.
class reporter : public listener_base {
  public:
    using listener_base::listener_base;
    static std::string getDescription() { return "passes everything on to cordon"; }

    /// The outermost section is the test itself. It begins again for each path through its sections.
    void sectionStarting(const ::Catch::SectionInfo& section) override {
        const auto line = static_cast<unsigned>(section.lineInfo.line);
        if (depth_++ != 0) {
            detail::enter_adapted_subcase(adapters::trimmed(section.name), section.lineInfo.file, line);
        } else if (passes_++ != 0) {
            detail::begin_adapted_pass();
        }
    }
    void sectionEnded(const ::Catch::SectionStats& section) override {
        if (section.missingAssertions) tell_missing(section.sectionInfo);
        if (--depth_ != 0) detail::leave_adapted_subcase();
    }

    void testCaseEnded(const ::Catch::TestCaseStats& test) override {
        const auto passed = static_cast<unsigned long long>(test.totals.assertions.passed);
        if (passed != 0) detail::count_adapted(passed);
        seen_here().ran = true;
    }

    told_by_listener assertionEnded(const ::Catch::AssertionStats& stats) override {
        tell_assertion(stats);
        return told_by_listener();
    }

    // Version 2 collects data of these for its own reporters.
    void testCaseStarting(const ::Catch::TestCaseInfo&) override {}
    void testRunStarting(const ::Catch::TestRunInfo&) override {}
    void testRunEnded(const ::Catch::TestRunStats&) override {}

  private:
    static void tell(const adapters::foreign_failure& what) {
        if (what.is != adapters::adapted_failure::warning) ++seen_here().failures;
        adapters::tell(what);
    }

    static void tell_missing(const ::Catch::SectionInfo& section) {
        adapters::foreign_failure what;
        what.file = section.lineInfo.file;
        what.line = static_cast<unsigned>(section.lineInfo.line);
        what.words = "no assertions in '" + section.name + "'";
        tell(what);
    }

    static void tell_assertion(const ::Catch::AssertionStats& stats) {
        const ::Catch::AssertionResult& result = stats.assertionResult;
        const ::Catch::ResultWas::OfType type = result.getResultType();
        const std::string message = text_of(result.getMessage());
        if (is_skip(type, 0)) seen_here().skip_reason = message;
        if (type == ::Catch::ResultWas::Warning) adapters::tell_text(message);
        if (result.succeeded() || is_skip(type, 0)) return;
        adapters::foreign_failure what;
        if (result.isOk()) what.is = adapters::adapted_failure::warning;  // CHECK_NOFAIL
        what.file = result.getSourceInfo().file;
        what.line = static_cast<unsigned>(result.getSourceInfo().line);
        what.macro = text_of(result.getTestMacroName());
        what.expression = result.getExpression();
        describe(result, message, what);
        // The message of the assertion itself is the last one.
        const std::size_t count = stats.infoMessages.size() - (result.hasMessage() ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i)
            what.infos.push_back(stats.infoMessages[i].message);
        tell(what);
    }

    static void describe(const ::Catch::AssertionResult& result, const std::string& message,
                         adapters::foreign_failure& what) {
        using was = ::Catch::ResultWas;
        switch (result.getResultType()) {
            case was::ThrewException:
                what.words = "threw " + message;
                if (what.macro != "TEST_CASE" && !what.macro.empty()) return;
                what.words = "the test was left by an exception: " + message;
                what.is = adapters::adapted_failure::exception;
                what.macro.clear();
                what.expression.clear();
                return;
            case was::DidntThrowException:
                what.words = "threw nothing";
                return;
            case was::ExplicitFailure:
                what.is = adapters::adapted_failure::message;
                what.words = message;
                return;
            default:
                if (result.hasExpandedExpression()) what.values = result.getExpandedExpression();
                what.words = message;
        }
    }

    unsigned depth_ = 0;
    unsigned passes_ = 0;
};

}  // namespace cordon::catch2_adapter

// ---- cordon/adapters/catch2/tests.hpp ----

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

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// Adds Catch2's tests to cordon's.
class registration {
  public:
    registration(const ::Catch::Config& config, void (*body)(const void*)) : config_(config), enrolment_(body) {}

    void add_all() {
        for (const test_handle& each : ::Catch::getAllTestCasesSorted(config_))
            add(each);
    }

  private:
    void add(const test_handle& test) {
        const ::Catch::TestCaseInfo& info = info_of(test);
        adapters::new_test made;
        made.name = std::string(adapters::trimmed(info.name));
        made.where = {info.lineInfo.file, static_cast<unsigned>(info.lineInfo.line)};
        made.context = &test;
        if (config_.testSpec().hasFilters()) {
            choose(info, made);
        } else if (const std::string tags = info.tagsAsString(); !tags.empty()) {
            made.decorate(detail::decorator(adapters::lasting(tags)));  // hides tests, too
        }
        enrolment_.add(made);
    }

    /// The user has named tests in Catch2's words: only these run, even if they are hidden.
    void choose(const ::Catch::TestCaseInfo& info, adapters::new_test& made) const {
        using scope = detail::decorator_scope;
        for (const auto& each : info.tags)
            made.decorate(scope::tag(adapters::lasting(text_of_tag(each))));
        if (info.expectedToFail()) {
            made.decorate(scope::should_fail());
        } else if (info.okToFail()) {
            made.decorate(scope::may_fail());
        }
        const bool is_safe = !info.throws() || config_.allowThrows();
        if (!is_safe || !config_.testSpec().matches(info)) made.leave_out();
    }

    const ::Catch::Config& config_;
    adapters::enrolment enrolment_;
};

}  // namespace cordon::catch2_adapter

#include <cstdio>
#include <exception>
#include <string>

namespace cordon::catch2_adapter {

/// Only one may exist. Its destructor forgets the tests, so it lives as long as the program.
inline ::Catch::Session& session() {
    static auto* const only = new ::Catch::Session;
    return *only;
}

inline catch_config& config_of_tests() {
    static auto* const only = new catch_config;
    return *only;
}

inline ::Catch::Totals run_alone(const test_handle& test) {
    const catch_config& config = config_of_tests();
    ::Catch::RunContext context(config, all_listeners<reporter>(config));
    return run_in(context, text_of(config->name()), test);
}

inline void run_test(const void* wanted) {
    const auto& test = *static_cast<const test_handle*>(wanted);
    seen& what = seen_here();
    what.failures = 0;
    what.ran = false;
    const ::Catch::Totals totals = run_alone(test);
    if (what.failures == 0 && was_skipped(totals.assertions, 0)) adapters::skip(what.skip_reason);
    const ::Catch::TestCaseInfo& info = info_of(test);
    // Catch2 itself fails a test that should fail and passes; so does cordon.
    const bool has_failed = totals.assertions.failed != 0 && !info.expectedToFail();
    if (what.ran && (!has_failed || what.failures != 0)) return;
    adapters::foreign_failure failure;
    failure.file = info.lineInfo.file;
    failure.line = static_cast<unsigned>(info.lineInfo.line);
    failure.words = what.ran ? "Catch2 has failed outside of the test" : "Catch2 did not run this test";
    adapters::tell(failure);
}

/// Catch2 throws if two tests have one name, and if a filter is wrong.
inline bool add_tests() {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    try {
        registration(*config_of_tests(), run_test).add_all();
        return true;
    } catch (const std::exception& wrong) {
        std::fprintf(stderr, "cordon: Catch2: %s\n", wrong.what());
        return false;
    }
#else
    registration(*config_of_tests(), run_test).add_all();
    return true;
#endif
}

inline void take_over(detail::adapted_command& command) {
    const word_split split(command);
    const adapters::lasting_words words(split.for_catch2);
    if (const int wrong = session().applyCommandLine(words.count, words.get()))
        return adapters::finish(command, wrong == 1 ? 1 : 2);
    if (split.catch2_answers) return adapters::finish(command, session().run());
    if (adapters::has_option(split.own, "--help")) session().showHelp();
    if (!adapters::go_on(command, split.own, split.options)) return;
    adapters::repeat_with(command, split.inside);
    if (session().configData().filenamesAsTags) add_tags_of_files(session().config());
    config_of_tests() = lasting_config(session());
    if (!add_tests()) adapters::finish(command, 2);
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::catch2_adapter
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
