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
    int applyCommandLine(int argc, const char* const* argv) {
        words_.assign(argv, argv + argc);
        return 0;
    }
    ConfigData& configData() { return data_; }
    void useConfigData(const ConfigData& data) { data_ = data; }

    int run(int argc, const char* const* argv) {
        applyCommandLine(argc, argv);
        return run();
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

    template <class T = void>
    void cli(T* = nullptr) {
        static_assert(::cordon::detail::is_same<T, int*>,
                      "cordon: Catch::Session::cli() is not supported: read your own options in main(), and pass the "
                      "others to run()");
    }
    template <class T = void>
    void cli(const T&) {
        cli<void>();
    }

  private:
    std::vector<std::string> words_;
    ConfigData data_;
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
