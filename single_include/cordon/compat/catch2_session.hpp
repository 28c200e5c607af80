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

// ---- cordon/compat/catch2_session.hpp ----

// Catch::Session, for a main() of the user.

#include "catch2_test_macros.hpp"

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

// ---- cordon/compat/parts/catch2/session.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SESSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SESSION_HPP_

// ---- cordon/compat/parts/catch2/options.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_OPTIONS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_OPTIONS_HPP_

#include <cstdlib>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Options of the program's own beside Catch2's: session.cli() | Opt(depth, "depth")["-g"]["--depth"]("how deep").

namespace Catch {
namespace Clara {

/// Sets a variable to the value of a word. False if the word is no such value. <sstream> must be included for types
/// that are no numbers.
template <class T>
bool set_from(const std::string& word, T& variable) {
    if constexpr (std::is_arithmetic<T>::value) {
        char* end = nullptr;
        if constexpr (std::is_floating_point<T>::value) {
            variable = static_cast<T>(std::strtold(word.c_str(), &end));
        } else {
            const long long number = std::strtoll(word.c_str(), &end, 10);
            variable = static_cast<T>(number);
            if (static_cast<long long>(variable) != number) return false;
        }
        return !word.empty() && *end == '\0';
    } else {
        using stream = typename std::conditional<sizeof(T) != 0, std::istringstream, T>::type;
        stream text(word);
        return static_cast<bool>(text >> variable);
    }
}
inline bool set_from(const std::string& word, std::string& variable) {
    variable = word;
    return true;
}
inline bool set_from(const std::string& word, bool& variable) {
    variable = word == "y" || word == "1" || word == "true" || word == "yes" || word == "on";
    return variable || word == "n" || word == "0" || word == "false" || word == "no" || word == "off";
}

/// What reading a command line came to; true if it could be read.
class ParserResult {
  public:
    static ParserResult ok() { return ParserResult({}); }
    static ParserResult runtimeError(std::string why) { return ParserResult(std::move(why)); }
    explicit operator bool() const { return why_.empty(); }
    const std::string& errorMessage() const { return why_; }

  private:
    explicit ParserResult(std::string why) : why_(std::move(why)) {}
    std::string why_;
};

/// One option. It sets a variable of the user, or calls a function with the value.
class Opt {
  public:
    explicit Opt(bool& flag) : takes_value_(false) {
        set_with([&flag](const std::string&) { flag = true; });
    }
    template <class T>
    Opt(T&& target, const std::string& hint) : hint_(hint) {
        if constexpr (std::is_invocable<T, std::string>::value) {
            set_with(target);
        } else {
            static_assert(std::is_lvalue_reference<T>::value, "cordon: an option of Catch2 sets a variable");
            set_with([&target](const std::string& word) { return set_from(word, target); });
        }
    }

    Opt& operator[](const std::string& name) {
        names_.push_back(name);
        return *this;
    }
    Opt& operator()(const std::string& description) {
        description_ = description;
        return *this;
    }

    bool is_called(const std::string& name) const {
        for (const std::string& each : names_) {
            if (each == name) return true;
        }
        return false;
    }
    bool takes_value() const { return takes_value_; }
    bool set(const std::string& word) const { return set_(callable_, word); }
    std::string help() const {
        std::string line = " ";
        for (const std::string& each : names_)
            line += " " + each;
        return line + (takes_value_ ? " <" + hint_ + ">" : "") + "  " + description_;
    }

  private:
    template <class F>
    void set_with(F function) {
        callable_ = new F(std::move(function));
        set_ = [](void* callable, const std::string& word) {
            F& call = *static_cast<F*>(callable);
            if constexpr (std::is_void<decltype(call(word))>::value) {
                call(word);
                return true;
            } else {
                return static_cast<bool>(call(word));
            }
        };
    }

    std::vector<std::string> names_;
    std::string hint_, description_;
    bool takes_value_ = true;
    bool (*set_)(void* callable, const std::string& word) = nullptr;
    void* callable_ = nullptr;  ///< lives as long as the program
};

/// The options of a program. Those of Catch2 and cordon need not be in it: what it does not know is theirs.
class Parser {
  public:
    Parser& operator|=(const Opt& added) {
        options_.push_back(added);
        return *this;
    }
    friend Parser operator|(Parser parser, const Opt& added) { return parser |= added; }

    /// Takes the words of the program's own options away.
    ParserResult take(std::vector<std::string>& words) const {
        std::vector<std::string> left;
        for (std::size_t i = 0; i < words.size(); ++i) {
            const std::size_t end = words[i].find_first_of("=:");
            const Opt* const found = i == 0 || words[i][0] != '-' ? nullptr : find(words[i].substr(0, end));
            if (found == nullptr) {
                left.push_back(words[i]);
                continue;
            }
            const std::string name = words[i].substr(0, end);
            if (found->takes_value() && end == std::string::npos && i + 1 == words.size())
                return ParserResult::runtimeError(name + " needs a value");
            const bool is_next = found->takes_value() && end == std::string::npos;
            const std::string value = is_next ? words[++i] : end == std::string::npos ? "" : words[i].substr(end + 1);
            if (!found->set(value)) return ParserResult::runtimeError(name + ": wrong value '" + value + "'");
        }
        words = left;
        return ParserResult::ok();
    }

    std::string help() const {
        std::string text;
        for (const Opt& each : options_)
            text += each.help() + "\n";
        return text;
    }

  private:
    const Opt* find(const std::string& name) const {
        for (const Opt& each : options_) {
            if (each.is_called(name)) return &each;
        }
        return nullptr;
    }

    std::vector<Opt> options_;
};

}  // namespace Clara

namespace clara = Clara;
}  // namespace Catch
#endif

#include <cstdio>
#include <string>
#include <vector>

namespace cordon {

int run(int argc, const char* const* argv);

}  // namespace cordon

namespace Catch {

/// The settings that a program may change before the run. cordon's options say the same.
struct ConfigData {
    std::vector<std::string> testsOrTags;  ///< patterns
    int abortAfter = -1;                   ///< --fail-fast
    std::uint32_t rngSeed = 0;             ///< --seed; 0: cordon's own
};

/// Worker processes run main(), too: a main() must reach run() soon, always, and return its result.
class Session {
  public:
    /// Returns 1 if an option of the program's own has a wrong value; cordon's and Catch2's are read by run().
    int applyCommandLine(int argc, const char* const* argv) {
        ::cordon::detail::keep_command_line(argc, argv);
        words_.assign(argv, argv + argc);
        const Clara::ParserResult taken = own_.take(words_);
        if (!taken) std::fprintf(stderr, "cordon: %s\n", taken.errorMessage().c_str());
        for (const std::string& each : words_) {
            if (each == "-?" || each == "-h" || each == "--help") std::fputs(own_.help().c_str(), stdout);
        }
        return taken ? 0 : 1;
    }
    /// Options of the program's own are added to it with `|`.
    const Clara::Parser& cli() const { return own_; }
    void cli(const Clara::Parser& parser) { own_ = parser; }

    ConfigData& configData() { return data_; }
    void useConfigData(const ConfigData& data) { data_ = data; }

    int run(int argc, const char* const* argv) {
        const int wrong = applyCommandLine(argc, argv);
        return wrong != 0 ? wrong : run();
    }
    /// 0 if all tests passed; cordon's other exit codes do not count failures.
    int run() {
        std::vector<std::string> all = words_;
        if (all.empty()) all.push_back("tests");
        if (data_.abortAfter > 0) all.push_back("--fail-fast=" + std::to_string(data_.abortAfter));
        if (data_.rngSeed != 0) all.push_back("--seed=" + std::to_string(data_.rngSeed));
        all.insert(all.end(), data_.testsOrTags.begin(), data_.testsOrTags.end());
        std::vector<const char*> words;
        for (const std::string& each : all)
            words.push_back(each.c_str());
        words.push_back(nullptr);
        return ::cordon::run(static_cast<int>(all.size()), words.data());
    }

  private:
    std::vector<std::string> words_;
    ConfigData data_;
    Clara::Parser own_;
};

}  // namespace Catch
#endif
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
