"""Editors, IDEs and build systems drive a program of cordon unchanged. Their command lines are replayed here, and what
comes back is parsed as they parse it. The modules of CMake are the real ones, where they are installed."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
PROGRAM = str(CHILDREN / "editors")
LIMIT = 120
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
ENVIRONMENT["CORDON_HISTORY"] = "off"
ODD_NAME = "new\nline [x];&|'*?\\ \\x01 \\xff \u00e9"  # as XML can hold it
BAD = ("fails, with a comma", "throws <&>\"'", "subcases", ODD_NAME, "stops", "crashes")


def run(*arguments, code=None):
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT,
                          env=ENVIRONMENT, check=False)
    if code is not None:
        assert done.returncode == code, (arguments, done)
    return done


def tree_of(text):
    return xml.etree.ElementTree.fromstring(text)


def identity(element):
    return element.get("name"), element.get("filename"), element.get("line")


class TestMate:
    """C++ TestMate for Visual Studio Code, when it takes a program for one of doctest."""

    LISTING = ("--list-test-cases", "--reporters=xml", "--no-skip=true", "--no-color=true")

    @classmethod
    def listed(cls):
        done = run(*cls.LISTING, code=0)
        assert done.stderr == b"", done.stderr  # else it shows an error and no tests
        return tree_of(done.stdout).findall("TestCase")

    @staticmethod
    def command(tests, *more):
        suites = {test.get("testsuite") for test in tests}
        only = suites.pop() if len(suites) == 1 else None
        names = ",".join(test.get("name").replace(",", "?") for test in tests)
        return ([f"--test-suite={only}"] if only else []) + [f"--test-case={names}", *more, "--no-skip=true",
                                                            "--case-sensitive=true", "--duration=true",
                                                            "--reporters=xml"]

    @staticmethod
    def results(stdout):
        return {identity(test): test for test in tree_of(stdout).iter("TestCase") if test.get("skipped") != "true"}


def passed(test):
    return test.find("OverallResultsAsserts").get("test_case_success") == "true"


class TestMateTest(unittest.TestCase):
    def test_the_help_makes_it_a_program_of_doctest(self):
        text = run("--help", code=0).stdout.decode()
        self.assertNotRegex(text, r"Catch2? v\d+\.\d+\.\d+")
        self.assertNotRegex(text, "This program contains tests written using")
        self.assertRegex(text, r'doctest version is "\d+\.\d+\.\d+"')

    def test_the_list_has_every_test_with_its_place(self):
        tests = TestMate.listed()
        names = [test.get("name") for test in tests]
        self.assertEqual(len(tests), 16)
        self.assertEqual(names.count("passes"), 2)
        for name in BAD:
            self.assertIn(name, names)
        for test in tests:
            self.assertTrue(test.get("filename").endswith("editors.cpp"))
            self.assertGreater(int(test.get("line")), 0)
            self.assertEqual(test.get("skipped"), "true" if test.get("name") == "skipped" else "false")
        suites = {test.get("name"): test.get("testsuite") for test in tests}
        self.assertEqual((suites["subcases"], suites["inside"], suites["stops"]), ("the suite", "a, b/inner", None))

    def test_a_run_of_all(self):
        done = run("--no-skip=true", "--case-sensitive=true", "--duration=true", "--reporters=xml", code=1)
        tree = tree_of(done.stdout)
        self.assertTrue(tree.find("Options").get("rand_seed").isdigit())
        results = TestMate.results(done.stdout)
        self.assertEqual(sorted(results), sorted(identity(test) for test in TestMate.listed()))
        for (name, _, _), test in results.items():
            with self.subTest(name):
                self.assertEqual(passed(test), name not in BAD)
                self.assertGreaterEqual(float(test.find("OverallResultsAsserts").get("duration")), 0)
        counts = tree.find("OverallResultsTestCases")
        self.assertEqual((counts.get("failures"), counts.get("successes")), (str(len(BAD)), str(16 - len(BAD))))
        self.assertEqual({suite.get("name") for suite in tree.findall("TestSuite")},
                         {None, "the suite", "a, b", "a, b/inner"})

    def test_each_test_is_run_alone(self):
        for test in TestMate.listed():
            with self.subTest(test.get("name")):
                done = run(*TestMate.command([test]))
                self.assertEqual(done.stderr, b"")
                ran = TestMate.results(done.stdout)
                self.assertIn(identity(test), ran)
                # A name without a suite also stands for tests in suites, as in doctest.
                self.assertEqual(len(ran), 2 if identity(test)[0] == "passes" and not test.get("testsuite") else 1)
                self.assertEqual(done.returncode, 1 if test.get("name") in BAD else 0)

    def test_several_tests_in_a_random_order(self):
        tests = [test for test in TestMate.listed() if test.get("testsuite") == "the suite"]
        done = run(*TestMate.command(tests, "--order-by=rand", "--rand-seed=77"))
        self.assertEqual(sorted(TestMate.results(done.stdout)), sorted(map(identity, tests)))
        self.assertEqual(tree_of(done.stdout).find("Options").get("rand_seed"), "77")

    def test_failures_have_their_places_and_texts(self):
        tests = {identity(test)[0]: test for test in TestMate.results(run("--reporters=xml").stdout).values()}
        first, second = tests["fails, with a comma"].findall("Expression")
        self.assertEqual((first.get("success"), first.get("type")), ("false", "CHECK"))
        self.assertTrue(first.get("filename").endswith("editors.cpp"))
        self.assertEqual(first.find("Original").text.strip(), "1 + 1 == 3 + zero")
        self.assertEqual(first.find("Expanded").text.strip(), "2 == 3")
        self.assertEqual(first.find("Info").text.strip(), "some information")
        self.assertEqual([each.text.strip() for each in second.findall("Info")], ["because", "some information"])
        self.assertIn("printed <&>", "".join(tests["fails, with a comma"].itertext()))
        thrown = tests["throws <&>\"'"].find("Exception")
        self.assertEqual((thrown.get("crash"), thrown.text.strip()), ("false", "the test was left by an exception: std::runtime_error: bad <&>"))
        self.assertEqual(tests["stops"].find("Message").get("type"), "FATAL ERROR")
        self.assertEqual(tests["stops"].find("Message/Text").text.strip(), "stop here")
        self.assertEqual(tests["may"].get("may_fail"), "true")
        self.assertEqual(tests["should"].get("should_fail"), "true")
        self.assertIn("no <reason>", tests["says why"].find("Message/Text").text)

    def test_a_crash_is_told_in_its_subcase_and_the_other_tests_run(self):
        done = run("--reporters=xml", "--test-case=crashes,passes")
        self.assertEqual(done.returncode, 1)
        results = {key[0]: test for key, test in TestMate.results(done.stdout).items()}
        crash = results["crashes"].find("SubCase[@name='in here']/Exception")
        self.assertEqual(crash.get("crash"), "true")
        self.assertIn("SIGABRT", crash.text)
        self.assertFalse(passed(results["crashes"]))
        self.assertTrue(passed(results["passes"]))

    def test_subcases_are_nested_and_one_can_be_run(self):
        def paths(element, path=()):
            for each in element.findall("SubCase"):
                yield path + (each.get("name"),)
                yield from paths(each, path + (each.get("name"),))

        test, = TestMate.results(run("--reporters=xml", "--test-case=subcases").stdout).values()
        self.assertEqual(list(paths(test)), [("one",), ("two, and a comma",), ("two, and a comma", "deep"),
                                             ("two, and a comma",), ("two, and a comma", "deeper")])
        self.assertIsNotNone(test.find("SubCase[@name='two, and a comma']/Expression"))
        self.assertEqual(test.find("SubCase/SubCase[@name='deep']/Expression").get("type"), "REQUIRE")
        done = run("--test-suite=the suite", "--test-case=subcases", "--subcase=two? and a comma,deep",
                   "--subcase-filter-levels=2", "--no-skip=true", "--case-sensitive=true", "--duration=true",
                   "--reporters=xml")
        test, = TestMate.results(done.stdout).values()
        self.assertEqual(set(paths(test)), {("two, and a comma",), ("two, and a comma", "deep")})

    def test_the_stream_grows_test_by_test(self):
        """What a reader has when the program dies says which tests had ended."""
        with subprocess.Popen([PROGRAM, "--reporters=xml", "-j1"], stdout=subprocess.PIPE, env=ENVIRONMENT,
                              bufsize=0) as running:
            first = running.stdout.read(1)
            parts = [os.read(running.stdout.fileno(), 1 << 20)]
            while parts[-1]:
                parts.append(os.read(running.stdout.fileno(), 1 << 20))
        text = first + b"".join(parts)
        self.assertGreater(len(parts), 3)
        parser = xml.etree.ElementTree.XMLPullParser(["end"])
        parser.feed(text[:text.index(b"</TestCase>") + 11])
        self.assertEqual([each.tag for _, each in parser.read_events()][-1], "TestCase")

    def test_debugging_uses_the_console(self):
        done = run("--test-case=passes too", "--no-skip=true", "--case-sensitive=true", "--duration=true",
                   "--reporters=console", "--no-breaks=true", code=0)
        self.assertIn(b"1 passed", done.stdout)


class DoctestWordsTest(unittest.TestCase):
    def names(self, *arguments):
        lines = run("--list-test-cases", *arguments, code=0).stdout.decode().splitlines()
        self.assertEqual(lines[0], "[doctest] listing all test case names")
        self.assertEqual((lines[1], lines[-2]), ("=" * 79, "=" * 79))
        self.assertRegex(lines[-1], rf"^\[doctest\] unskipped .*: {len(lines) - 4}$")
        return lines[2:-2]

    def test_filters(self):
        self.assertEqual(self.names("-tc=PASSES*"), ["passes", "passes too", "the suite/passes"])
        self.assertEqual(self.names("--test-case=PASSES*", "-cs"), [])
        self.assertEqual(self.names("--test-case=passes*", "--test-case-exclude=*too"), ["passes", "the suite/passes"])
        self.assertEqual(self.names("--test-case=fails\\, with a comma"), ["fails, with a comma"])
        self.assertEqual(self.names("-ts=the suite", "-tce=s*,throws*"), ["the suite/passes", "may"])
        self.assertEqual(self.names("--test-suite=a*"), ["inside", "inside, too"])
        self.assertEqual(self.names("--test-suite=a, b"), ["inside, too"])
        self.assertEqual(self.names("-sf=*nowhere*"), [])
        self.assertEqual(self.names("--test-case=the suite/passes"), ["the suite/passes"])
        self.assertEqual(self.names("--dt-test-case=stops"), ["stops"])
        self.assertIn("skipped", self.names("--no-skip"))
        self.assertNotIn("skipped", self.names())
        self.assertNotIn("hidden", self.names())
        self.assertEqual(self.names("-tc=hidden"), ["hidden"])

    def test_other_lists(self):
        self.assertEqual(run("--list-test-suites", code=0).stdout.decode().splitlines()[2:5],
                         ["a, b", "a, b/inner", "the suite"])
        tree = tree_of(run("-lts", "-r=xml", code=0).stdout)
        self.assertEqual([each.get("name") for each in tree.findall("TestSuite")], ["a, b", "a, b/inner", "the suite"])
        self.assertIn(b"filters: 15\n", run("--count", code=0).stdout)
        self.assertIn(b"name: xml", run("--reporters=xml", "--list-reporters", "-nc", code=0).stdout.replace(b'"', b"")
                      .replace(b"name=", b"name: "))

    def test_other_options(self):
        run("--test-case=stops", "--no-exitcode", "-r=xml", code=0)
        run("--test-case=nothing", code=0)
        self.assertEqual(tree_of(run("--test-case=nothing", "-r=xml", code=0).stdout).findall("TestSuite"), [])
        with tempfile.TemporaryDirectory() as folder:
            done = run("--test-case=stops", "--reporters=xml", f"--out={folder}/it.xml", code=1)
            self.assertEqual(len(TestMate.results(pathlib.Path(folder, "it.xml").read_text())), 1)
            run("--test-case=stops", "--reporters=junit", f"--out={folder}/it.junit", code=1)
            self.assertIn("testsuite", pathlib.Path(folder, "it.junit").read_text())
            self.assertNotIn(b"<doctest", done.stdout)

    def test_what_is_wrong_is_still_an_error(self):
        for words in (["--isolat=fork", "--reporters=xml"], ["--no-such", "--list-test-cases"], ["--jobs=x", "-tc=a"],
                      ["--reporters=nonsense"], ["--subcase-exclude=a"], ["--lst-test-cases"], ["-r", "nonsense"],
                      ["--shard-index=x", "--shard-count=2"]):
            with self.subTest(words):
                done = run(*words, code=2)
                self.assertEqual(done.stdout, b"")
                self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_options_of_cordon_go_with_them(self):
        done = run("--reporters=xml", "-j", "1", "--isolate", "exec", "--timeout=9s", "passes too", code=0)
        self.assertEqual([key[0] for key in TestMate.results(done.stdout)], ["passes too"])


class Catch2Test(unittest.TestCase):
    @staticmethod
    def clion():
        """As CLion lists: names with two blanks before them, and perhaps a line of tags."""
        lines = run("--list-tests", "--order", "lex", "~[.]", code=0).stdout.decode().splitlines()
        assert lines[0] == "Matching test cases:", lines[0]
        tests = {}
        for line in lines[1:]:
            if line.startswith("      "):
                tests[name] = line.strip()
            elif line.startswith("  "):
                name = line[2:]
                tests[name] = ""
        assert lines[-2] == f"{len(tests)} matching test cases", lines[-2:]
        return tests

    def test_clion(self):
        tests = self.clion()
        self.assertEqual(tests["fails, with a comma"], "[a][b c]")
        self.assertEqual(tests["the suite/may"], "[!mayfail]")
        self.assertNotIn("hidden", tests)
        alone = [name for name in tests if "/" not in name]
        self.assertEqual(alone, sorted(alone))
        tree = tree_of(run("-r", "xml", "-d", "yes", "--order", "lex", code=1).stdout)
        results = {test.get("name"): test for test in tree.iter("TestCase")}
        self.assertEqual(len(results), 16)
        for name, test in results.items():
            with self.subTest(name):
                result = test.find("OverallResult")
                self.assertEqual(result.get("success") == "true", name.replace("the suite/", "") not in BAD)
                self.assertGreaterEqual(float(result.get("durationInSeconds")), 0)
        first = results["fails, with a comma"]
        self.assertEqual(first.get("tags"), "[a][b c]")
        self.assertEqual([each.tag for each in first],
                         ["Info", "Expression", "Info", "Info", "Expression", "OverallResult"])
        self.assertEqual(first.find("OverallResult/StdOut").text.strip(), "printed <&>")
        self.assertEqual(results["stops"].find("Failure").text.strip(), "stop here")
        self.assertEqual(results["the suite/throws <&>\"'"].find("Exception").text.strip(),
                         "the test was left by an exception: std::runtime_error: bad <&>")
        crash = results["crashes"].find("Section/Expression")
        self.assertIn("SIGABRT", crash.find("FatalErrorCondition").text)
        sections = results["the suite/subcases"].findall("Section")
        self.assertEqual([each.get("name") for each in sections], ["one"] + ["two, and a comma"] * 2)
        self.assertEqual([each.find("OverallResults").get("failures") for each in sections], ["0", "2", "1"])
        cases = tree.find("OverallResultsCases")
        self.assertEqual((cases.get("failures"), cases.get("expectedFailures")), (str(len(BAD)), "2"))

    def test_qt_creator_runs_the_tests_that_it_names(self):
        def ran(spec, *more):
            tree = tree_of(run(spec, "--reporter", "xml", *more).stdout)
            self.assertIsNotNone(tree.find("Group"))
            return [test.get("name") for test in tree.iter("TestCase")]

        self.assertEqual(ran('"passes too", "fails, with a comma"', "-j1", "-x", "3", "--benchmark-samples", "10", "-s", "-e",
                             "-i", "-w", "NoAssertions", "-b", "--benchmark-no-analysis"),
                         ["passes too", "fails, with a comma"])
        self.assertEqual(ran('"stops"'), ["stops"])
        self.assertEqual(sorted(ran("[a]")), ["fails, with a comma", "the suite/throws <&>\"'"])
        self.assertEqual(ran('[a]~"fails*"'), ["the suite/throws <&>\"'"])
        self.assertEqual(sorted(ran("PASS* ,stops")), ["passes", "passes too", "stops"])
        self.assertEqual(sorted(ran('"*s too", "the s*"~[a]')),
                         ["passes too", "the suite/may", "the suite/passes", "the suite/should", "the suite/skipped",
                          "the suite/subcases"])
        self.assertEqual(ran("passes"), ["passes"])
        self.assertEqual(ran("the suite/passes"), ["the suite/passes"])
        self.assertEqual(ran('"hidden"'), ["hidden"])
        self.assertEqual(ran("*subcases", "-c", "one"), ["the suite/subcases"])

    def test_lists(self):
        names = run("--list-test-names-only")
        self.assertEqual(len(names.stdout.splitlines()), names.returncode)
        bare = run("--list-tests", "--verbosity", "quiet", code=0)
        self.assertEqual(bare.stdout, names.stdout)
        self.assertIn(b"   2  [a]\n   1  [b c]\n2 tags", run("-r", "xml", "--list-tags", "~[.]", code=0).stdout)
        self.assertNotEqual(run("--list-reporters").returncode, 0)
        run("--reporter xml", "--list-reporters", code=0)
        tree = tree_of(run("--list-tests", "-r", "xml", code=0).stdout)
        self.assertEqual(len(tree.findall("TestCase")), 16)
        self.assertEqual(tree.find("TestCase/SourceInfo/Line").text.strip().isdigit(), True)
        # In cordon's words the list is cordon's.
        self.assertEqual(run("--list-tags", code=0).stdout, b"      2  a\n      1  b c\n")

    def test_shards_and_seeds(self):
        done = [run("-r", "xml", "--order", "rand", "--rng-seed", "5", "--shard-count", "2", "--shard-index", str(part))
                for part in range(2)]
        names = [test.get("name") for each in done for test in tree_of(each.stdout).iter("TestCase")]
        self.assertEqual(len(names), 16)
        self.assertEqual(len(set(names)), 16)


@unittest.skipIf(shutil.which("cmake") is None or shutil.which("ctest") is None, "CMake is not installed")
class CMakeModulesTest(unittest.TestCase):
    """doctest_discover_tests() and catch_discover_tests()."""

    def discovered(self, module, **settings):
        path = next((each for each in module if pathlib.Path(each).exists()), None)
        if path is None:
            self.skipTest(f"{module[0]} is not installed")
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        settings.update(TEST_EXECUTABLE=PROGRAM, CTEST_FILE=f"{scratch.name}/CTestTestfile.cmake",
                        TEST_WORKING_DIR=scratch.name, TEST_LIST="all")
        done = subprocess.run(["cmake", *(f"-D{key}={value}" for key, value in settings.items()), "-P", path],
                              capture_output=True, text=True, timeout=LIMIT, env=ENVIRONMENT, check=False)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        ran = subprocess.run(["ctest", "--test-dir", scratch.name, "-j2", "-VV"], capture_output=True, text=True,
                             errors="replace", timeout=LIMIT, env=ENVIRONMENT, check=False)
        found = re.findall(r"^ *\d+/\d+ Test +#\d+: (.*?) \.+\** *(Passed|Failed|\*\*\*\w+|Not Run|Subprocess)", ran.stdout,
                           re.MULTILINE)
        return {name: "Passed" in result for name, result in found}, ran.stdout

    def test_doctest(self):
        with_labels = {"TEST_ADD_LABELS": "1", "TEST_SPEC": "passes*,fails*,stops,crashes,*comma,inside*,subcases"}
        results, text = self.discovered(["/usr/lib/cmake/doctest/doctestAddTests.cmake"], **with_labels)
        self.assertEqual(results, {"passes": True, "passes too": True, "the suite/passes": True, "subcases": False,
                                   "fails, with a comma": False, "inside": True, "inside, too": True, "stops": False,
                                   "crashes": False}, text)
        self.assertEqual(text.count("[doctest]"), 0)

    def test_catch2(self):
        specs = {"TEST_SPEC": "*passes*,fails*,stops,crashes,*inside*,*subcases"}
        modules = ["/usr/lib/cmake/Catch2/CatchAddTests.cmake"]
        results, text = self.discovered(modules, **specs)
        self.assertEqual(results, {"passes": True, "passes too": True, "the suite/passes": True,
                                   "the suite/subcases": False, "fails, with a comma": False, "a, b/inner/inside": True,
                                   "a, b/inside, too": True, "stops": False, "crashes": False}, text)
        with_reporter, text = self.discovered(modules, TEST_REPORTER="xml", **specs)
        self.assertEqual(with_reporter, results, text)
        self.assertEqual(text.count("<TestCase "), len(results))


if __name__ == "__main__":
    unittest.main()
