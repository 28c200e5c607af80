#pragma once

// What DOCTEST_CONFIG_IMPLEMENT compiles, in one file of the program.

#include <cordon/compat/doctest/context.hpp>
#include <cordon/compat/doctest/reporter.hpp>
#include <cordon/compat/doctest/test_case.hpp>

// doctest's implementation includes these, so test files in the same file may use them without saying so.
#include <algorithm>
#include <atomic>
#include <cctype>
#include <cfloat>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <fstream>
#include <iomanip>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>
#if !defined(DOCTEST_CONFIG_NO_INCLUDE_IOSTREAM)
#include <iostream>
#endif

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
namespace cordon {

int run(int argc, const char* const* argv);

}  // namespace cordon

namespace doctest {

// ---- texts ----

String& String::operator+=(const String& other) {
    const std::string both = std::string(c_str(), size_) + other.c_str();
    return *this = String(both);
}

String operator+(const String& left, const String& right) {
    String both(left);
    return both += right;
}

String String::substr(size_type at, size_type count) const {
    const size_type from = std::min(at, size_);
    return {c_str() + from, std::min(count, size_ - from)};
}

String::size_type String::find(char c, size_type from) const {
    for (size_type i = from; i < size_; ++i) {
        if (data_[i] == c) return i;
    }
    return npos;
}

String::size_type String::rfind(char c, size_type from) const {
    for (size_type i = std::min(from, size_ - 1) + 1; i-- > 0 && size_ != 0;) {
        if (data_[i] == c) return i;
    }
    return npos;
}

int String::compare(const char* other, bool no_case) const {
    const char* own = c_str();
    for (;; ++own, ++other) {
        const auto plain = [no_case](char c) {
            const int unit = static_cast<unsigned char>(c);
            return no_case ? std::tolower(unit) : unit;
        };
        if (plain(*own) != plain(*other) || *own == '\0') return plain(*own) - plain(*other);
    }
}

std::ostream& operator<<(std::ostream& out, const String& text) { return out << text.c_str(); }

bool Contains::checkWith(const String& whole) const { return std::strstr(whole.c_str(), string.c_str()) != nullptr; }

bool holds_part(const void* part, cordon::detail::text_view whole) {
    const auto& wanted = *static_cast<const String*>(part);
    return std::string(whole.data, whole.size).find(wanted.c_str()) != std::string::npos;
}

const char* skipPathFromFilename(const char* file) {
    const char* const slash = std::strrchr(file, '/');
    return slash == nullptr ? file : slash + 1;
}

const char* assertString(assertType::Enum kind) {
    return (kind & assertType::is_warn) != 0 ? "WARN" : (kind & assertType::is_check) != 0 ? "CHECK" : "REQUIRE";
}
const char* failureString(assertType::Enum kind) {
    return (kind & assertType::is_warn) != 0 ? "WARNING" : (kind & assertType::is_check) != 0 ? "ERROR" : "FATAL ERROR";
}

namespace detail {

String text_as_string(cordon::detail::operand_text text) {
    String made;
    cordon::detail::text_into(text, &made, [](void* to, const char* data, std::size_t size) {
        *static_cast<String*>(to) = String(data, static_cast<String::size_type>(size));
    });
    return made;
}

// ---- registration ----

/// The suite of a test with the decorator test_suite: that name, with the other decorators of the block around it. It
/// lives as long as the program.
static const cordon::detail::suite* renamed(const cordon::detail::suite* block, const char* name) {
    const std::size_t inherited = block == nullptr ? 0 : block->count;
    auto* const items = new decorator[inherited + 1];
    std::size_t count = 0;
    items[count++] = name;
    for (std::size_t i = 0; i < inherited; ++i) {
        if (block->decorators[i].kind != decoration::name) items[count++] = block->decorators[i];
    }
    return new cordon::detail::suite{block == nullptr ? cordon::location() : block->where, nullptr, items, count};
}

registered_test::registered_test(void (*body_)(const void*), cordon::location where_,
                                 const cordon::detail::suite* block, const attributes& given,
                                 const void* context_) noexcept
    : test_case(body_, where_,
                given.suite == nullptr ? block : renamed(cordon::detail::enclosing_suite(block), given.suite),
                given.items, attributes::most, context_) {}

}  // namespace detail

// ---- main ----

#if defined(DOCTEST_CONFIG_OPTIONS_PREFIX)
inline constexpr std::string_view options_prefix = DOCTEST_CONFIG_OPTIONS_PREFIX;
#else
inline constexpr std::string_view options_prefix = "dt-";
#endif

bool is_among(std::string_view name, std::string_view names) {
    return names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

[[maybe_unused]] static const bool understands_options =
    cordon::detail::understand(cordon::detail::command_words::doctest);

/// Need no test to be run.
inline constexpr std::string_view questions =
    " help h ? version v count c list-test-cases ltc list-test-suites lts list-reporters lr list list-tags no-run nr "
    "exit e ";

inline constexpr std::string_view filters =
    " test-case tc test-case-exclude tce test-suite ts test-suite-exclude tse source-file sf source-file-exclude sfe "
    "subcase sc subcase-exclude sce ";

/// "ltc" of "-ltc=1"; empty if the word is no option.
std::string_view name_of_option(std::string_view word) {
    const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
    return start == 0 ? std::string_view() : word.substr(start, word.find('=') - start);
}

struct Context::state {
    std::string program = "tests";
    std::vector<std::string> words;
    bool asks = false;

    void add(std::string word) {
        const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
        if (word.compare(start, options_prefix.size(), options_prefix) == 0) word.erase(start, options_prefix.size());
        const std::string value = word.substr(std::min(word.find('='), word.size()));
        if (is_among(name_of_option(word), questions) && !is_among(value, " =false =0 =off =no ")) asks = true;
        words.push_back(std::move(word));
    }
};

/// Listeners may ask for it in static initializers.
static ContextOptions& last_options() {
    static ContextOptions options;
    return options;
}

const ContextOptions* getContextOptions() {
#if !defined(DOCTEST_CONFIG_NO_INCLUDE_IOSTREAM)
    last_options().cout = &std::cout;
#endif
    return &last_options();
}

Context::Context(int argc, const char* const* argv) : own_(new state) {
    if (argv != nullptr) applyCommandLine(argc, argv);
}
Context::~Context() { delete own_; }

void Context::applyCommandLine(int argc, const char* const* argv) {
    if (argc > 0) own_->program = argv[0];
    for (int i = 1; i < argc; ++i)
        own_->add(argv[i]);
}

void Context::clearFilters() {
    const auto is_filter = [](const std::string& word) { return is_among(name_of_option(word), filters); };
    own_->words.erase(std::remove_if(own_->words.begin(), own_->words.end(), is_filter), own_->words.end());
}

void Context::setOption(const char* option, int value) { setOption(option, std::to_string(value).c_str()); }
void Context::setOption(const char* option, const char* value) {
    own_->add("--" + std::string(option) + "=" + (value == nullptr ? "" : value));
}

bool Context::shouldExit() { return own_->asks; }

int Context::run() {
    last_options().binary_name = String(own_->program);
#if defined(DOCTEST_CONFIG_DISABLE)
    return 0;
#else
    std::vector<const char*> words{own_->program.c_str()};
    for (const std::string& each : own_->words)
        words.push_back(each.c_str());
    const bool is_for_cordon = cordon::detail::is_started_by_cordon();
    const int code = cordon::run(static_cast<int>(words.size()), words.data());
    if (is_for_cordon) std::exit(code);
    return code;
#endif
}

}  // namespace doctest
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>

#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(CORDON_MAIN)
int main(int argc, char** argv) { return doctest::Context(argc, argv).run(); }
#endif
