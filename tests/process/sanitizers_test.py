"""Planted bugs under real sanitizers: each fails its test, and only that one, and the report says what was found."""

import functools
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["CORDON_SOURCE_DIR"])
ENGINE = os.environ["CORDON_ENGINE_OBJECT"]
NATIVE = pathlib.Path(os.environ["CORDON_CHILD_DIR"]).name == "native"
SOURCE = r"""
#include <cordon/cordon.hpp>
#include <stdlib.h>
#include <thread>
TEST_CASE("clean") { CHECK(1 == 1); }
TEST_CASE("overflow") {
    int* volatile block = new int[4];
    const int index = 4;
    CHECK(block[index] != 12345);
    delete[] block;
}
TEST_CASE("leak") {
    void* volatile block = malloc(77);
    block = nullptr;
    CHECK(block == nullptr);
}
TEST_CASE("shift") {
    volatile int far = 40;
    volatile int result = 1 << far;
    CHECK(result == result);
}
TEST_CASE("crash") {
    int* volatile nowhere = nullptr;
    *nowhere = 1;
}
TEST_CASE("race") {
    int shared = 0;
    std::thread other([&] { for (int i = 0; i < 10000; ++i) ++shared; });
    for (int i = 0; i < 10000; ++i) ++shared;
    other.join();
    CHECK(shared != -1);
}
TEST_CASE("clean, and last") { CHECK(2 == 2); }
"""


class Sanitized:
    """A program built with these sanitizers; `works` is False where the machine cannot run it. `engine`: its source, or
    the object of one that is built without them, as where it comes from a library."""

    def __init__(self, folder, compiler, engine, sanitizers):
        self.program = f"{folder}/{compiler}_{sanitizers.replace(',', '_')}"
        source = f"{folder}/planted.cpp"
        pathlib.Path(source).write_text(SOURCE, encoding="utf-8")
        flags = ["-std=c++17", "-O0", f"-fsanitize={sanitizers}", "-I", str(ROOT / "include")]
        if engine.endswith(".cpp"):
            compiled = self.program + ".engine.o"
            subprocess.run([compiler, *flags, "-c", engine, "-o", compiled], capture_output=True, check=False)
            engine = compiled
        built = subprocess.run([compiler, *flags, "-g", source, engine, "-o", self.program, "-pthread"], capture_output=True,
                               text=True)
        self.works = built.returncode == 0 and subprocess.run([self.program, "--list"], capture_output=True).returncode == 0

    def run(self, *arguments):
        env = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
        report = self.program + ".json"
        got = subprocess.run([self.program, "--report", "json=" + report, *arguments], capture_output=True, text=True,
                             timeout=200, env=env)
        with open(report, encoding="utf-8") as written:
            return got, {test["name"]: test for test in json.load(written)["tests"]}


def builds():
    """Compilers, and the engine that each takes. GCC's and LLVM's sanitizers are different libraries. CORDON_BRIEF_TESTS=1:
    without those that take a sanitized engine, if there are others."""
    others = [each for each in ("clang++-16", "clang++-14") if shutil.which(each)]
    if os.environ.get("CORDON_BRIEF_TESTS") and others:
        return [(others[0], ENGINE)]
    return [("c++", str(ROOT / "cmake/cordon_main.cpp")), *((each, ENGINE) for each in others[:1])]


@unittest.skipUnless(NATIVE, "once is enough")
class Findings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.built = staticmethod(functools.lru_cache(maxsize=None)(functools.partial(Sanitized, folder.name)))

    def check(self, got, test, finding):
        self.assertEqual(test["verdict"], "failed", test)
        attempt = test["attempts"][-1]
        self.assertIn(finding, attempt["reason"] or "", attempt)
        self.assertIn(finding.split(": ")[1], attempt["stderr"])
        self.assertIn(finding, got.stdout)
        # What the sanitizer starts to name places is nothing that the test has left.
        self.assertEqual([each for each in attempt["leaks"]["items"] if each["kind"] == "process"], [])

    def each_build(self, sanitizers):
        worked = 0
        for compiler, engine in builds():
            built = self.built(compiler, engine, sanitizers)
            if not built.works:
                continue
            worked += 1
            for mode in ("fork", "exec", "shard"):
                with self.subTest(compiler=compiler, mode=mode):
                    yield built, mode
        if worked == 0:
            self.skipTest("this machine cannot run programs with these sanitizers")

    def test_addresses_and_undefined_behaviour(self):
        for built, mode in self.each_build("address,undefined"):
            got, tests = built.run("--isolate", mode, "-x", "race", "-x", "leak")
            self.check(got, tests["overflow"], "AddressSanitizer: heap-buffer-overflow")
            self.check(got, tests["shift"], "UndefinedBehaviorSanitizer: shift exponent 40")
            for name in ("clean", "clean, and last"):
                self.assertEqual(tests[name]["verdict"], "passed")

    def test_leaks(self):
        for built, mode in self.each_build("address,undefined"):
            # Where tests share a process, what is lost is only seen at its end, with the last of them.
            chosen = ["leak"] if mode == "shard" else ["clean", "leak"]
            got, tests = built.run("--isolate", mode, *chosen)
            self.check(got, tests["leak"], "LeakSanitizer: detected memory leaks")
            self.assertTrue(all(test["verdict"] == "passed" for name, test in tests.items() if name != "leak"), tests)

    def test_races(self):
        for built, mode in self.each_build("thread"):
            chosen = ["race"] if mode == "shard" else ["clean", "race", "crash"]
            got, tests = built.run("--isolate", mode, *chosen)
            self.check(got, tests["race"], "ThreadSanitizer: data race")
            if mode != "shard":
                self.check(got, tests["crash"], "ThreadSanitizer: SEGV")
                self.assertEqual(tests.pop("crash")["attempts"][-1]["ending"], "crashed")
            self.assertTrue(all(test["verdict"] == "passed" for name, test in tests.items() if name != "race"), tests)
            for test in tests.values():  # the sanitizer's own threads are none that a test has left
                self.assertEqual(test["attempts"][-1]["leaks"]["items"], [])


if __name__ == "__main__":
    unittest.main()
