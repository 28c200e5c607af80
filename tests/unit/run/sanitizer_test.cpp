#include <doctest/doctest.h>
#include <cordon/engine/run/sanitizer.hpp>

#include <string>

using namespace cordon::engine::run;

TEST_CASE("what sanitizers write is named") {
    CHECK(sanitizer_finding("==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x55\n#0 x") ==
          "AddressSanitizer: heap-use-after-free");
    CHECK(sanitizer_finding("=====\n==12==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 1)\n") ==
          "AddressSanitizer: SEGV");
    CHECK(sanitizer_finding("\n==7==ERROR: LeakSanitizer: detected memory leaks\n\nDirect leak") ==
          "LeakSanitizer: detected memory leaks");
    CHECK(sanitizer_finding("WARNING: ThreadSanitizer: data race (pid=99)\n  Write of size 4") ==
          "ThreadSanitizer: data race");
    CHECK(sanitizer_finding("==1==WARNING: MemorySanitizer: use-of-uninitialized-value\n") ==
          "MemorySanitizer: use-of-uninitialized-value");
    CHECK(sanitizer_finding("==1==ERROR: UndefinedBehaviorSanitizer: SEGV on unknown address 0x0 (pc 1)\n") ==
          "UndefinedBehaviorSanitizer: SEGV");
    CHECK(caught_signal("ThreadSanitizer:DEADLYSIGNAL\n==8902==ERROR: ThreadSanitizer: SEGV on unknown address"));
    CHECK_FALSE(caught_signal("==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602 at pc 0x55\n#0 x"));
    CHECK(sanitizer_finding("the test says AddressSanitizer: nothing").empty());
    CHECK(sanitizer_finding("").empty());
    CHECK(sanitizer_finding("ERROR: AddressSanitizer: " + std::string(1000, 'x')).size() == 200);
}

TEST_CASE("undefined behaviour is named") {
    CHECK(undefined_behaviour("a.cpp:3:5: runtime error: shift exponent 40 is too large for 32-bit type 'int'\nmore") ==
          "UndefinedBehaviorSanitizer: shift exponent 40 is too large for 32-bit type 'int'");
    CHECK(undefined_behaviour("nothing of the kind").empty());
}

TEST_CASE("what a sanitizer started to name places is nothing that the test has left") {
    using cordon::engine::leftover_kind;
    const auto texts_left = [](std::initializer_list<cordon::engine::leftover> items) {
        cordon::engine::leftovers left;
        left.items.assign(items.begin(), items.end());
        left.processes = left.count(leftover_kind::process);
        forget_symbolizer(left);
        std::string texts;
        for (const auto& each : left.items) {
            texts += each.what + ";";
        }
        return texts + std::to_string(left.processes);
    };
    const cordon::engine::leftover pipe{leftover_kind::descriptor, "3 (pipe:[12])"};
    const cordon::engine::leftover other_pipe{leftover_kind::descriptor, "6 (pipe:[13])"};
    const cordon::engine::leftover tests_pipe{leftover_kind::descriptor, "7 (pipe:[14])"};
    const cordon::engine::leftover file{leftover_kind::descriptor, "4 (/tmp/x)"};
    const cordon::engine::leftover sleeper{leftover_kind::process, "sleep 100 llvm-symbolizer (7)"};
    const cordon::engine::leftover symbolizer{leftover_kind::process,
                                              "/usr/bin/llvm-symbolizer-16 --demangle --inlines (6768)"};
    CHECK(texts_left({pipe, other_pipe, symbolizer}) == "0");
    CHECK(texts_left({pipe, file, other_pipe, tests_pipe, sleeper, symbolizer}) ==
          "4 (/tmp/x);7 (pipe:[14]);sleep 100 llvm-symbolizer (7);1");
    CHECK(texts_left({pipe, other_pipe, tests_pipe, sleeper}) == "7 (pipe:[14]);sleep 100 llvm-symbolizer (7);1");
    CHECK(texts_left({{leftover_kind::process, "addr2line -e x (5)"}, file}) == "4 (/tmp/x);0");
    CHECK(texts_left({}) == "0");
}
