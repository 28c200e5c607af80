"""Names of a stack's calls: of programs built in each way, by whichever tool is installed, and by none."""

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
COMPILER = next((found for found in map(shutil.which, ("g++", "clang++", "c++")) if found), None)
LIBRARY = """void write_to(volatile int* where) {
    *where = 7;  // here
}
"""
SOURCE = """#include <cordon/cordon.hpp>
void write_to(volatile int* where);
void outer_call(volatile int* where) {
    write_to(where);  // there
}
TEST_CASE("writes to nowhere") {
    outer_call(nullptr);  // in the test
}
"""
NO_LINES = "stacks have no lines: "
# A function from a header of the library's comes first in what the compiler writes of lines.
LOCKED_TWICE = """#include <cordon/cordon.hpp>
#include <mutex>
std::mutex lock;
TEST_CASE("locks twice", timeout(0.3)) {
    lock.lock();
    lock.lock();
}
"""
LLVM = [(name, found) for name in ("llvm-addr2line", "llvm-symbolizer") for version in ("", "-14", "-16")
        if (found := shutil.which(name + version))]


def line_of(source, mark):
    return next(number for number, line in enumerate(source.splitlines(), 1) if line.endswith("// " + mark))


@unittest.skipUnless(NATIVE, "the portable build has no stacks")
@unittest.skipUnless(COMPILER, "needs a compiler")
class Names(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        (cls.folder / "tests.cpp").write_text(SOURCE, encoding="utf-8")
        (cls.folder / "library.cpp").write_text(LIBRARY, encoding="utf-8")
        (cls.folder / "none").mkdir()
        for way in ("pie", "no-pie"):
            flags = [f"-f{way}" if way == "no-pie" else "-fPIE", f"-{way}"]
            cls.build(f"{way}", *flags, "tests.cpp", "library.cpp", ENGINE)
            cls.build(f"{way}-stripped", *flags, "-s", "tests.cpp", "library.cpp", ENGINE)
        cls.build("libwrites.so", "-shared", "-fPIC", "library.cpp")
        cls.build("shared", "tests.cpp", ENGINE, "./libwrites.so", "-Wl,-rpath," + str(cls.folder))

    @classmethod
    def build(cls, name, *arguments):
        subprocess.run([COMPILER, "-std=c++17", "-g", "-O0", "-I", str(ROOT / "include"), *arguments, "-o", name,
                        "-pthread"], cwd=cls.folder, check=True)

    def stack_of(self, program, path=None, reason="at address 0x0, a null pointer"):
        kept = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
        got = subprocess.run(["./" + program, "--color", "never", "--report", "console", "--report", "json=report.json"],
                             cwd=self.folder, capture_output=True, text=True, timeout=200,
                             env={**kept, "CORDON_HISTORY": "off", "PATH": path or os.environ["PATH"]})
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        self.printed = got.stdout
        attempt = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))["tests"][0]["attempts"][0]
        self.assertEqual(attempt["reason"], reason or attempt["reason"])
        return attempt["stack"]

    def check_lines(self, stack, library_file="library.cpp"):
        told = [(each["function"], pathlib.Path(each["file"] or "").name, each["line"]) for each in stack]
        self.assertEqual(told[:3], [
            ("write_to(int volatile*)", library_file, line_of(LIBRARY, "here")),
            ("outer_call(int volatile*)", "tests.cpp", line_of(SOURCE, "there")),
            ("the test", "tests.cpp", line_of(SOURCE, "in the test"))])

    def path_of(self, name, tool):
        """A PATH in which only this tool is found."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        os.symlink(os.path.realpath(tool), f"{folder.name}/{name}")
        return folder.name

    @unittest.skipUnless(shutil.which("addr2line"), "needs addr2line")
    def test_of_each_kind_of_program(self):
        for program in ("pie", "no-pie", "shared"):
            with self.subTest(program):
                stack = self.stack_of(program, self.path_of("addr2line", shutil.which("addr2line")))
                self.check_lines(stack)
                library = "libwrites.so" if program == "shared" else program
                self.assertEqual(pathlib.Path(stack[0]["module"]).name, library)
                self.assertEqual(pathlib.Path(stack[1]["module"]).name, program)

    @unittest.skipUnless(shutil.which("addr2line"), "needs addr2line")
    def test_of_a_stripped_program_the_offsets_are_those_that_addr2line_takes(self):
        for program in ("pie", "no-pie"):
            with self.subTest(program):
                stack = self.stack_of(program + "-stripped")
                self.assertGreater(len(stack), 3)
                told = subprocess.run(["addr2line", "-Cfe", program, *(each["offset"] for each in stack[:3])],
                                      cwd=self.folder, capture_output=True, text=True, check=True).stdout.splitlines()
                self.assertEqual(told[0], "write_to(int volatile*)")
                self.assertEqual(told[2], "outer_call(int volatile*)")
                self.assertIn("cordon_test_", told[4])

    def test_without_a_tool_by_the_symbols(self):
        for program in ("pie", "no-pie", "shared"):
            with self.subTest(program):
                stack = self.stack_of(program, str(self.folder / "none"))
                for frame, function in zip(stack, (r"write_to\(int volatile\*\)\+0x", r"outer_call\(int volatile\*\)\+0x",
                                                   "the test")):
                    self.assertRegex(frame["function"], function)
                    self.assertIsNone(frame["file"])
                self.assertEqual(self.printed.count(NO_LINES), 1)
                self.assertIn(NO_LINES + "install addr2line (binutils) or llvm-symbolizer", self.printed)

    def test_without_debug_information_there_is_a_hint_once_a_run(self):
        (self.folder / "bare.cpp").write_text(SOURCE + SOURCE.partition("TEST_CASE")[1] +
                                              '("again") { outer_call(nullptr); }\n', encoding="utf-8")
        self.build("bare", "-g0", "bare.cpp", "library.cpp", ENGINE)
        self.stack_of("bare")
        self.assertEqual(self.printed.count(NO_LINES), 1, self.printed)
        self.assertIn(NO_LINES + "compile with -g to see them", self.printed)
        self.stack_of("pie")
        self.assertNotIn(NO_LINES, self.printed)

    @unittest.skipUnless(shutil.which("addr2line"), "needs addr2line")
    def test_files_are_right_whatever_addr2line_makes_of_them(self):
        (self.folder / "locked.cpp").write_text(LOCKED_TWICE, encoding="utf-8")
        for flags in (["-gdwarf-4"], ["-gdwarf-5"], ["-gdwarf-5", "-O2"]):
            with self.subTest(flags):
                self.build("locked", *flags, "locked.cpp", ENGINE)
                stack = self.stack_of("locked", self.path_of("addr2line", shutil.which("addr2line")), reason=None)
                inner = [each for each in stack if "gthread_mutex_lock" in (each["function"] or "")]
                if not inner and "-O2" in flags:
                    continue
                self.assertEqual(pathlib.Path(inner[0]["file"]).name, "gthr-default.h", stack)
                outer = [each for each in stack if each["function"] == "the test"]
                self.assertEqual((outer[0]["file"], outer[0]["line"]), ("locked.cpp", 6))

    @unittest.skipUnless(LLVM, "needs one of LLVM's tools")
    def test_by_tools_of_llvm_where_addr2line_is_missing(self):
        for name, tool in LLVM:
            for program in ("pie", "no-pie", "shared"):
                with self.subTest(tool=tool, program=program):
                    self.check_lines(self.stack_of(program, self.path_of(name, tool)))


if __name__ == "__main__":
    unittest.main()
