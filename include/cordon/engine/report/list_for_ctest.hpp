#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The output of --list=ctest, for cordon_discover_tests() in cmake/cordonTests.cmake: a call of cordon_test() for each
// test, between two comments, because the program may print text of its own around them. CMake takes seconds to read
// thousands of tests as JSON, and reads its own language in no time.

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// Appends text to an argument in quotes.
void append_for_cmake(std::string& out, std::string_view text) {
    for (const char c : text) {
        if (std::string_view("\"\\$@").find(c) != std::string_view::npos) out += '\\';
        if (c == '\n' || c == '\r' || c == '\t') {
            out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
        } else {
            out += c;
        }
    }
}

void append_argument(std::string& out, std::string_view text) {
    out += out.back() == '(' ? "\"" : " \"";
    append_for_cmake(out, text);
    out += '"';
}

/// A word in a list of CMake, which cannot hold every character.
void append_word(std::string& list, std::string_view word) {
    constexpr std::string_view bad = "[];\\", good = "(),/";
    if (!list.empty()) list += ';';
    const std::size_t start = list.size();
    append_printable(list, word);
    for (std::size_t i = start; i < list.size(); ++i) {
        const std::size_t place = bad.find(list[i]);
        if (place != std::string_view::npos) list[i] = good[place];
    }
}

/// The tags of a test, and each suite around it.
std::string labels_of(const test_info& test) {
    std::string labels;
    for (const std::string_view tag : test.tags)
        append_word(labels, tag);
    for (std::size_t end = 0; end < test.suite.size();) {
        end = test.suite.find('/', end + 1);
        if (end == std::string_view::npos) end = test.suite.size();
        const std::string_view suite = test.suite.substr(0, end);
        bool known = false;
        for (const std::string_view tag : test.tags)
            known = known || tag == suite;
        if (!known) append_word(labels, suite);
    }
    return labels;
}

/// Groups of serial(), and resources that only one test may hold. CTest has no locks for several holders.
std::string locks_of(const test_info& test) {
    std::string locks;
    if (test.serial) append_word(locks, test.serial->empty() ? std::string_view("serial") : *test.serial);
    for (const test_info::resource_use& each : test.resources) {
        if (each.limit == 1) append_word(locks, each.name);
    }
    return locks;
}

/// Seconds for CTest: later than cordon's own limit, which tells more. 0: no limit.
std::uint64_t patience_for(const test_info& test) {
    if (*test.timeout == duration{0}) return 0;
    constexpr std::uint64_t beside_the_test = 30;  // starting, setups, the grace time
    const auto all = *test.timeout * (test.retries.value_or(0) + 1);
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(all).count()) + beside_the_test;
}

/// Finds an argument that selects one test and no other. `=x/y` selects the test y in x, and any test whose own name is
/// x/y.
class selectors {
  public:
    explicit selectors(const test_list& list) : list_(list) {
        for (std::size_t i = 0; i < list.tests.size(); ++i) {
            if (!list.tests[i].suite.empty()) enter(list.tests[i].name, i);
        }
    }

    std::string of(const test_info& test) {
        std::string full(test.suite);
        if (!full.empty()) full += '/';
        full += test.name;
        const std::size_t nobody = list_.tests.size();
        if (enter(full, nobody) == nobody) return "=" + full;
        const std::string suite = escape_glob(test.suite);
        return "--filter=name(" + escape_glob(test.name) + ") & " +
               (suite.empty() ? "!suite(?*)" : "suite(" + suite + ") & !suite(" + suite + "/?*)");
    }

  private:
    std::size_t enter(std::string_view name, std::size_t number) {
        return names_.find_or_enter(mix_bits(fnv1a(name)), number, [&](std::size_t other) {
            return other < list_.tests.size() && list_.tests[other].name == name;
        });
    }

    const test_list& list_;
    hash_index names_;  // of the own names of tests in suites
};

void append_test(std::string& text, const test_info& test, const std::string& selector) {
    std::string title;
    text::append_title(title, test, "/");
    text += "cordon_test(";
    append_argument(text, title);
    append_argument(text, selector);
    append_argument(text, labels_of(test));
    append_argument(text, locks_of(test));
    append_argument(text, std::string(test.file) + ":" + std::to_string(test.line));
    if (test.timeout) text += " TIMEOUT " + std::to_string(patience_for(test));
    if (test.threads > 1) text += " PROCESSORS " + std::to_string(test.threads);
    if (test.exclusive) text += " RUN_SERIAL ON";
    text += ")\n";
}

void list_for_ctest(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    std::string text = "\n# cordon.ctest/1\n";
    selectors choose(list);
    for (const std::size_t test : selected)
        append_test(text, list.tests[test], choose.of(list.tests[test]));
    output.write(text + "# cordon.ctest/1 ends\n");
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
