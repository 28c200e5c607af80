#!/usr/bin/env python3
"""Runs a suite written for doctest that is compiled against cordon, and compiles what must and must not compile."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(os.environ["CORDON_SOURCE_DIR"])
PROGRAM = pathlib.Path(os.environ["CORDON_CHILD_DIR"]) / "compat_doctest"
SOURCE = ROOT / "tests/children" / "compat_doctest.cpp"
COMPILER = shutil.which("g++") or shutil.which("clang++")
DOCTEST = pathlib.Path("/usr/include/doctest/doctest.h")


def run(*arguments):
    return subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=60)


def compile_text(text, *flags, include="doctest/doctest.h"):
    """Checks one file, and returns the compiler's messages; empty if there are none."""
    command = [COMPILER, "-std=c++17", "-fsyntax-only", "-Wall", "-Wextra", "-DCORDON_CONFIG_LINKED_ENGINE",
               f"-I{ROOT / 'single_include/cordon/compat'}", *flags, "-x", "c++", "-"]
    return subprocess.run(command, input=f"#include <{include}>\n{text}\n", capture_output=True, text=True).stderr


class RunTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "report.json"
            cls.outcome = run("--report", f"json={path}")
            cls.tests = {}
            for test in json.loads(path.read_text())["tests"]:
                name = f"{test['suite']}/{test['name']}" if test["suite"] else test["name"]
                cls.tests[name] = test

    def failures(self, name):
        return self.tests[name]["attempts"][-1]["failures"]

    def texts(self, name):
        return [" ".join(str(failure[key]) for key in ("macro", "expanded", "message") if failure[key])
                for failure in self.failures(name)]

    def test_each_test_has_the_verdict_that_it_has_with_doctest(self):
        verdicts = {}
        for name, test in self.tests.items():
            verdicts.setdefault(test["verdict"], set()).add(name)
        self.assertEqual(verdicts, {
            "passed": {"passes", "exceptions", "numbers", "texts", "  Scenario: a story", "not skipped",
                       "other/of another suite", "inner/in the inner one", "begun/in a begun suite", "after it",
                       "same name", "with a fixture", "in a class", "templates/types<std::vector<int>>",
                       "templates/types<many ints>", "defined<char>", "defined<short>", "defined<long>",
                       "defined<float>", "prefixed names", "  Scenario: a story with a fixture",
                       "main has the option of its own", "texts without the name of the namespace, and later"},
            "failed": {"fails", "ends at once", "ends at once, elsewhere", "leaves", "same name #2",
                       "templates/types<int>", "crashes", "values"},
            "skipped": {"skipped"},
            "known_failure": {"may fail", "should fail", "fails twice", "block/in a block", "other/renamed"},
        })

    def test_main_goes_on_after_the_run_in_one_process(self):
        self.assertEqual(self.outcome.returncode, 1, self.outcome.stderr)
        self.assertEqual(self.outcome.stdout.count("after the run\n"), 1)
        self.assertNotIn("after the run", run("--list").stdout)

    @unittest.skipUnless(PROGRAM.parent.name == "native" and sys.platform == "linux", "the system must tell the command")
    def test_each_process_gets_the_words_that_main_removes(self):
        for isolation in ("fork", "exec", "shard", "none"):
            done = subprocess.run([PROGRAM, "--own-option", "=main has the option of its own", f"--isolate={isolation}"],
                                  env={**os.environ, "EXPECT_OWN_OPTION": "1"}, capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 0, f"{isolation}: {done.stdout}{done.stderr}")

    def test_failures_have_the_texts_of_the_test(self):
        self.assertEqual(self.texts("fails"), [
            "CHECK list of 1 == list of 0",
            "CHECK point 1|2 == point 3|4",
            "CHECK_MESSAGE 2 == 3 not 3",
            'CHECK_THROWS_WITH "no" == Contains( "yes" ) threw std::runtime_error: no',
            "FAIL_CHECK goes on with 4",
            "ADD_FAIL_CHECK_AT from there",
            "a message, 5",
            "WARN 2 == 4",
            "CHECK_THROWS_AS_MESSAGE of the wrong type\nthrew std::runtime_error: no, expected std::logic_error",
            "REQUIRE_EQ 2 == 6",
        ])
        self.assertEqual(self.failures("fails")[0]["info"], ["info 1 and c", "round := 2"])
        self.assertEqual(self.failures("fails")[3]["expression"], 'refuse("no"), doctest::Contains("yes")')

    def test_places_are_those_that_the_test_names(self):
        places = [(failure["file"], failure["line"]) for name in ("fails", "ends at once, elsewhere")
                  for failure in self.failures(name) if (failure["macro"] or "").startswith("ADD_")]
        self.assertEqual(places, [("elsewhere.cpp", 77), ("elsewhere.cpp", 78)])

    def test_each_leaf_is_one_of_cordons(self):
        leaves = {tuple(leaf["path"]) for leaf in self.tests["leaves"]["attempts"][-1]["leaves"]}
        self.assertEqual(leaves, {("one",), ("two", "inner"), ("in a loop 0",), ("in a loop 1",)})

    def test_a_listener_is_told_of_the_run_and_of_each_test(self):
        self.assertRegex(self.outcome.stdout, r"told: the run starts\n")
        self.assertRegex(self.outcome.stdout, r"told: of \d+ tests 8 failed\n")
        told = self.tests["leaves"]["attempts"][-1]["stdout"].replace("told: ", "").splitlines()
        self.assertEqual(told, ["leaves starts", "in one", "out", "leaves again", "in two", "in inner", "CHECK false", "out",
                                "out", "leaves again", "in in a loop 0", "out", "leaves again", "in in a loop 1", "out",
                                "1 of 7"])

    def test_a_context_takes_doctests_options(self):
        def names(*words):
            with tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "report.json"
                code = run(*words, "--report", f"json={path}").returncode
                found = [test["name"] for test in json.loads(path.read_text())["tests"]] if path.exists() else []
                return code, sorted(found)

        self.assertEqual(names("-tc=passes,numbers", "-s", "-d", "--no-version"), (0, ["numbers", "passes"]))
        self.assertEqual(names("--dt-test-case=NUM*"), (0, ["numbers"]))
        self.assertEqual(names("--dt-test-case=NUM*", "-cs"), (0, []))
        self.assertEqual(names("-ts=other", "-tce=renamed"), (0, ["of another suite"]))
        self.assertEqual(names("-ns", "-tc=skipped"), (1, ["skipped"]))
        self.assertEqual(names("-f", "name(passes)"), (0, ["passes"]))
        self.assertEqual(names("=numbers", "-nv"), (0, ["numbers"]))
        self.assertEqual(names("nonesuch", "-s"), (3, []))
        asked = run("-c", "-tc=passes,numbers")
        self.assertEqual((asked.returncode, asked.stderr), (0, ""))
        self.assertIn(": 2\n", asked.stdout)
        self.assertNotIn("after the run", asked.stdout)
        refused = run("--nonesuch")
        self.assertEqual((refused.returncode, refused.stderr.count("\n")), (2, 1))

    def test_a_test_runs_once_for_each_value(self):
        self.assertEqual(self.texts("values"), ["CHECK 6.0 < 6"])
        self.assertEqual(len(self.tests["values"]["attempts"][-1]["leaves"]), 6)

    def test_decorators_arrive(self):
        self.assertEqual(self.tests["not skipped"]["attempts"][-1]["ending"], "passed")
        listed = json.loads(run("--list=json").stdout)
        told = {test["name"]: test for test in listed["tests"]}
        self.assertEqual(told["not skipped"]["description"], "told")
        self.assertEqual(told["not skipped"]["timeout_ms"], 20000)


@unittest.skipIf(COMPILER is None, "there is no compiler")
@unittest.skipIf("portable" in str(PROGRAM), "nothing here depends on the engine")
class CompileTest(unittest.TestCase):
    def test_the_child_is_valid_for_doctest_itself(self):
        if not DOCTEST.is_file():
            self.skipTest("doctest is not installed")
        compiled = subprocess.run([COMPILER, "-std=c++17", "-fsyntax-only", SOURCE], capture_output=True, text=True)
        self.assertEqual(compiled.stderr, "")

    def test_every_name_of_the_header_is_found(self):
        for name in ("doctest/doctest.h", "doctest.h", "doctest.hpp", "doctest_fwd.h", "doctest/parts/doctest_fwd.h"):
            self.assertEqual(compile_text('TEST_CASE("a") { CHECK(true); }', include=name), "")

    def test_only_prefixed_names_if_so_asked(self):
        text = """
            enum { CHECK, INFO, TEST_CASE, SUBCASE, FAIL, TEST_SUITE_END };
            DOCTEST_TEST_SUITE("s") {
                DOCTEST_TEST_CASE("a" * doctest::skip()) { DOCTEST_CHECK_MESSAGE(1 == 1, "text"); }
            }
            DOCTEST_TEST_SUITE_BEGIN("t");
            DOCTEST_TEST_SUITE_END();"""
        self.assertEqual(compile_text(text, "-DDOCTEST_CONFIG_NO_SHORT_MACRO_NAMES"), "")

    def test_disabled_tests_compile_to_nothing(self):
        text = """
            struct fixture { int n = 0; };
            TEST_CASE("a" * doctest::skip()) { CHECK(undeclared<int>() == 1); }
            TEST_CASE_FIXTURE(fixture, "b") { REQUIRE(n == 1); }
            TEST_CASE_TEMPLATE("c", T, int, char) { CHECK_EQ(T(), 1); SUBCASE("x") { FAIL("y"); } }
            TEST_SUITE("s") { SCENARIO("d") { GIVEN("e") { INFO("f"); } } }
            TEST_SUITE_BEGIN("t");
            TEST_SUITE_END();
            REGISTER_EXCEPTION_TRANSLATOR(int& n) { return doctest::toString(n); }
            void outside() { CHECK(false); CHECK_THROWS_AS(outside(), int); }"""
        text = text.replace("undeclared<int>()", "1")
        self.assertEqual(compile_text(text, "-DDOCTEST_CONFIG_DISABLE"), "")
        listed = subprocess.run([COMPILER, "-std=c++17", f"-I{ROOT / 'single_include/cordon/compat'}", "-E", "-P",
                                 "-DDOCTEST_CONFIG_DISABLE", "-x", "c++", "-"],
                                input=f"#include <doctest.h>\nint begin_of_test;{text}", capture_output=True, text=True)
        self.assertNotIn("registered_test", listed.stdout.split("begin_of_test")[1])

    def test_assertions_have_a_result_if_so_asked(self):
        text = """TEST_CASE("a") {
            if (CHECK(1 == 1) && REQUIRE_EQ(1, 1) && CHECK_THROWS_AS(throw 1, int) && CHECK_NOTHROW(1 + 1)) MESSAGE("x");
        }"""
        self.assertEqual(compile_text(text, "-DDOCTEST_CONFIG_ASSERTS_RETURN_VALUES", "-Wno-unused-value"), "")

    def test_names_of_doctests_public_header_exist(self):
        text = """
            DOCTEST_SYMBOL_EXPORT void exported();
            DOCTEST_SYMBOL_IMPORT void imported();
            bool strips() { return doctest::getContextOptions()->strip_file_prefixes.size() != 0; }"""
        self.assertEqual(compile_text(text), "")

    def test_other_configurations_compile(self):
        text = """TEST_CASE("a") {
            const char* a = "x"; const char b[] = "x";
            CHECK(a == b); CHECK_EQ(b, "x"); CHECK("x" != a); CHECK_MESSAGE(a == b, "text"); CHECK(1 == 1);
        }"""
        for name in ("TREAT_CHAR_STAR_AS_STRING", "USE_STD_HEADERS", "SUPER_FAST_ASSERTS", "VOID_CAST_EXPRESSIONS",
                     "NO_EXCEPTIONS", "ASSERTION_PARAMETERS_BY_VALUE", "NO_TRY_CATCH_IN_ASSERTS", "INCLUDE_TYPE_TRAITS"):
            flags = [f"-DDOCTEST_CONFIG_{name}"] + (["-fno-exceptions"] if name == "NO_EXCEPTIONS" else [])
            with self.subTest(name):
                self.assertEqual([line for line in compile_text(text, "-Wno-address", *flags).splitlines()
                                  if "error" in line], [])

    def test_what_is_not_supported_says_so(self):
        for text, flags, words in (
                ("void f(doctest::Context& c) { c.setAssertHandler(1); }", [], "outside of tests are not supported"),
                ("void f(doctest::Context& c) { c.setAsDefaultForAssertsOutOfTestCases(); }", [], "not supported"),
                ("void f(doctest::Context& c, int* out) { c.setCout(out); }", [], "setCout is not supported"),
                ("", ["-DDOCTEST_CONFIG_HANDLE_EXCEPTION=f"], "HANDLE_EXCEPTION is not supported"),
                ("#include <doctest/extensions/doctest_mpi.h>", [], "MPI extension is not supported"),
                ("#define DOCTEST_CONFIG_IMPLEMENT\n#include <doctest.h>", ["-UCORDON_CONFIG_LINKED_ENGINE"],
                 "before the file includes doctest.h for the first time"),
                ("struct r { }; REGISTER_REPORTER(\"r\", 1, r);", [], "reporters of doctest are not supported"),
                ("TEST_CASE(\"a\") { CHECK_THROWS(1); }", ["-fno-exceptions"], "needs exceptions")):
            with self.subTest(text):
                self.assertIn(words, compile_text(text, *flags))


if __name__ == "__main__":
    unittest.main()
