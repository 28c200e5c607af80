"""gcov's and llvm-cov's data after a run: each line that a test has run is in them, however the test ended."""

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
MODES = ("fork", "exec", "shard")
SOURCE = r"""
#include <cordon/cordon.hpp>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include <mutex>
#include <string>
#include <thread>
#include <vector>
namespace {
int started() {
    return 1;  // before main
}
const int at_start = started();
volatile int counted = 0;
void count() {
    counted = counted + 1;  // common
}
}
TEST_CASE("passes") {
    count();
    CHECK(at_start == 1);  // passes
}
TEST_CASE("fails") {
    count();
    CHECK(at_start == 2);  // fails
    REQUIRE(at_start == 2);
    count();  // never
}
TEST_CASE("exits") {
    count();  // exits
    exit(3);
}
TEST_CASE("in a copy") {
    const pid_t copy = fork();
    if (copy == 0) {
        count();  // in a copy
        return;
    }
    waitpid(copy, nullptr, 0);
}
TEST_CASE("spins", timeout(0.5)) {
    count();  // spins
    for (volatile unsigned i = 0;; i = i + 1) {
    }
}
TEST_CASE("spins in the allocator", timeout(0.5)) {
    count();  // allocates
    std::vector<std::string> all(100);
    for (unsigned i = 0;; ++i) all[i % 100] = std::string(i % 5000, 'x');
}
TEST_CASE("is blocked", timeout(0.5)) {
    int ends[2];
    char byte;
    REQUIRE(pipe(ends) == 0);
    count();  // blocked
    CHECK(read(ends[0], &byte, 1) == 1);
}
TEST_CASE("is locked", timeout(0.5)) {
    std::mutex lock;
    lock.lock();
    std::thread other([&] {
        count();  // locked
        lock.lock();
    });
    other.join();
}
TEST_CASE("crashes") {
    count();  // crashes
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}
TEST_CASE("corrupts the heap") {
    count();  // corrupts
    void* volatile block = malloc(100);
    free(block);
    void* volatile again = block;
    free(again);
}
TEST_CASE("handles the request itself", timeout(0.5)) {
    signal(SIGTERM, [](int) { _exit(9); });
    count();
    while (true) pause();  // by itself
}
"""
MARKS = [line.split("// ")[1] for line in SOURCE.splitlines() if "// " in line]
REACHED = {mark for mark in MARKS if mark not in ("never", "by itself")}
CRASHES = {"crashes", "corrupts"}


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CORDON_", "LLVM_PROFILE"))}
    return {**kept, "CORDON_HISTORY": "off", **more}


def tool(*names):
    return next((found for found in map(shutil.which, names) if found), None)


class Coverage(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        (self.folder / "tests.cpp").write_text(SOURCE, encoding="utf-8")
        (self.folder / "engine.cpp").write_text("#define CORDON_MAIN\n#include <cordon/cordon.hpp>\n", encoding="utf-8")

    def build(self, compiler, flags, *inputs):
        subprocess.run([compiler, "-std=c++17", "-g", "-O0", *flags, "-I", str(ROOT / "include"), *inputs, "-o", "tests",
                        "-pthread"], cwd=self.folder, check=True)

    def run_tests(self, mode, *arguments, **variables):
        got = subprocess.run(["./tests", "--isolate", mode, "--grace", "3s", "--color", "never", *arguments],
                             cwd=self.folder, capture_output=True, text=True, timeout=200, env=environment(**variables))
        self.assertIn(got.returncode, (0, 1), got.stdout + got.stderr)
        return got

    def marked(self, counts):
        """The marks of SOURCE with the counts of their lines."""
        return {line.split("// ")[1]: counts.get(number, 0)
                for number, line in enumerate(SOURCE.splitlines(), 1) if "// " in line}

    def check(self, counts, mode):
        # What a crash leaves is written by the handler that collects its stack, which only Linux has.
        reached = REACHED if NATIVE else REACHED - CRASHES - {"allocates"}
        marked = self.marked(counts)
        self.assertEqual({mark for mark in reached if marked[mark] == 0}, set(), mode)
        self.assertEqual(marked["never"], 0, mode)
        if mode != "shard":  # which looks again, alone, at what has failed there
            self.assertEqual(marked["exits"], 1, mode)


@unittest.skipUnless(tool("gcov") and tool("g++"), "needs g++ and gcov")
class Gcov(Coverage):
    FLAGS = ["--coverage"]

    def counts(self):
        got = subprocess.run(["gcov", "--json-format", "--stdout", "tests.gcda"], cwd=self.folder, capture_output=True,
                             text=True, check=True)
        files = json.loads(got.stdout.splitlines()[0])["files"]
        counts = {}
        for line in next(each for each in files if each["file"].endswith("tests.cpp"))["lines"]:
            counts[line["line_number"]] = max(counts.get(line["line_number"], 0), line["count"])
        return counts

    def check_all_modes(self):
        for mode in MODES:
            with self.subTest(mode):
                for file in self.folder.glob("*.gcda"):
                    file.unlink()
                self.run_tests(mode)
                self.check(self.counts(), mode)

    def compile_tests(self):
        subprocess.run(["g++", "-std=c++17", "-g", "-O0", *self.FLAGS, "-I", str(ROOT / "include"), "-c", "tests.cpp"],
                       cwd=self.folder, check=True)

    def test_with_an_engine_that_is_not_measured(self):
        self.compile_tests()
        self.build("g++", self.FLAGS, "tests.o", ENGINE)
        self.check_all_modes()

    @unittest.skipUnless(NATIVE, "once is enough")
    def test_with_all_of_it_measured(self):
        self.compile_tests()
        subprocess.run(["g++", "-std=c++17", "-O0", *self.FLAGS, "-I", str(ROOT / "include"), "-c", "engine.cpp"],
                       cwd=self.folder, check=True)
        self.build("g++", self.FLAGS + ["-Wl,-u,__gcov_reset"], "tests.o", "engine.o")
        self.run_tests("fork")
        self.check(self.counts(), "fork")
        # With the function that starts anew, a line before main() counts once for each program that was executed.
        for file in self.folder.glob("*.gcda"):
            file.unlink()
        self.run_tests("fork", "-j1", "passes", "fails")
        self.assertEqual(self.marked(self.counts())["before main"], 2)
        self.assertEqual(self.marked(self.counts())["common"], 2)
        # A rewind would take the counts away.
        for file in self.folder.glob("*.gcda"):
            file.unlink()
        got = self.run_tests("rewind", "-j1", "passes", "fails")
        self.assertIn("--isolate=rewind runs tests as with fork: ", got.stdout)
        self.assertEqual(self.marked(self.counts())["common"], 2)


CLANG = tool("clang++-14", "clang++-16", "clang++")
PROFDATA = tool("llvm-profdata-14", "llvm-profdata-16", "llvm-profdata")
COV = tool("llvm-cov-14", "llvm-cov-16", "llvm-cov")


@unittest.skipUnless(CLANG and PROFDATA and COV and CLANG[-3:] == PROFDATA[-3:] == COV[-3:],
                     "needs clang with llvm-profdata and llvm-cov of the same version")
class LlvmCov(Coverage):
    def setUp(self):
        super().setUp()
        self.build(CLANG, ["-fprofile-instr-generate", "-fcoverage-mapping"], "tests.cpp", ENGINE)

    def profiles(self):
        return sorted(self.folder.glob("*.profraw"))

    def counts(self):
        subprocess.run([PROFDATA, "merge", *map(str, self.profiles()), "-o", "merged"], cwd=self.folder, check=True)
        got = subprocess.run([COV, "show", "./tests", "-instr-profile=merged", "tests.cpp"], cwd=self.folder,
                             capture_output=True, text=True, check=True)
        counts = {}
        for line in got.stdout.splitlines():
            number, count, *_ = [part.strip() for part in line.split("|")] + ["", ""]
            if number.isdigit() and count:
                counts[int(number)] = 0 if count == "0" else 1 if count == "1" else 2
        return counts

    def test_all_processes_add_to_one_file(self):
        for mode in MODES:
            with self.subTest(mode):
                for file in self.profiles():
                    file.unlink()
                got = self.run_tests(mode)
                self.assertEqual(len(self.profiles()), 1, self.profiles())
                self.assertRegex(self.profiles()[0].name, r"^default_\d+_0\.profraw$")
                self.assertNotIn("coverage goes to", got.stderr)
                self.check(self.counts(), mode)

    def test_a_file_of_each_process(self):
        self.run_tests("fork", LLVM_PROFILE_FILE="each-%p.profraw")
        self.assertGreater(len(self.profiles()), 10)
        self.check(self.counts(), "fork")

    def test_a_name_that_all_would_write_over(self):
        got = self.run_tests("fork", LLVM_PROFILE_FILE="mine.profraw")
        self.assertIn("coverage goes to mine_%m.profraw", got.stderr)
        self.assertEqual(len(self.profiles()), 1, self.profiles())
        self.check(self.counts(), "fork")


if __name__ == "__main__":
    unittest.main()
