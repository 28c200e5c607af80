#!/usr/bin/env python3
"""cordon_discover_tests(): builds the project in ctest/ against the installed cordon, and runs its tests with CTest.
Needs the variables PREFIX, FOLDER, COMPILER and GENERATOR."""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import time
import unittest
import xml.etree.ElementTree as ET

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["FOLDER"])
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("CORDON_", "CTEST_"))}
ENVIRONMENT["CORDON_HISTORY"] = "off"

# As they are told apart in odd.cpp; the suites are before the slash.
NAMES = ["plain", "spaces  two", " space at both ends ", "comma, and, more", "\"double\" and 'single'", "[brackets",
         "]=] brackets ]====] ]]", "semi;colon;", "$dollar ${x} $ENV{HOME} @at@ $<GENEX>", "back\\slash \\n \\",
         "(parens) # comment", "\u00e4\u20ac\U0001f600", "broken \\xff utf-8", "line\\nbreak\\tand\\r\\x1b[31m", "--help",
         "=equals", "@file", "star * and ? and %", "plain and longer", "plain/plain", "plain/plain/plain",
         "plain/deep/plain", "fails", "crashes", "given"]
OTHERS = ["skips itself", "is skipped", "is to do", "should fail", "labels", "limited", "unlimited", "wide", "alone",
          "in turn", "in any turn"]
# The own names, byte by byte, of those that tell that they ran.
OWN = [name.encode() for name in NAMES if not name.startswith(("plain/", "broken", "line"))]
OWN += [b"plain", b"plain", b"plain/plain", b"broken \xff utf-8", b"line\nbreak\tand\r\x1b[31m"]


def run(*command, folder=FOLDER, **environment):
    return subprocess.run([str(word) for word in command], cwd=folder, env={**ENVIRONMENT, **environment}, timeout=280,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False)


def configure(build, generator, *more):
    return run("cmake", "-S", HERE / "ctest", "-B", build, "-G", generator,
               f"-DCMAKE_CXX_COMPILER={os.environ['COMPILER']}", f"-DCMAKE_PREFIX_PATH={os.environ['PREFIX']}", *more,
               folder=HERE)


class DiscoverTest(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        shutil.rmtree(FOLDER, ignore_errors=True)
        (FOLDER / "place").mkdir(parents=True)
        for done in (configure(FOLDER, os.environ["GENERATOR"], "-DCMAKE_BUILD_TYPE=None"), run("cmake", "--build", ".")):
            if done.returncode != 0:
                raise AssertionError(done.stdout)
        cls.properties = cls.shown()

    @classmethod
    def shown(cls, *options, folder=FOLDER):
        said = run("ctest", "--show-only=json-v1", *options, folder=folder).stdout
        tests = json.loads(said[said.index("{\n"):])["tests"]
        return {test["name"]: {each["name"]: each["value"] for each in test["properties"]} for test in tests}

    def results(self, *options, **environment):
        report = FOLDER / "result.xml"
        report.unlink(missing_ok=True)
        said = run("ctest", "-j2", "--output-junit", report, *options, **environment).stdout
        self.assertTrue(report.exists(), said)
        return {case.get("name"): case.get("status") for case in ET.parse(report).iter("testcase")}

    def test_each_test_is_listed_under_its_name(self):
        names = [name for name in self.properties if not name.startswith(("many.", "part of ", "all of ", "[$p;", "broken_"))]
        self.assertEqual(names, NAMES[:-1] + OTHERS + ["given"])

    def test_each_runs_alone_and_has_its_result(self):
        seen = FOLDER / "seen"
        seen.unlink(missing_ok=True)
        got = self.results("-LE", "whole|parts|prefixed", "-E", "^many|_NOT_", SEEN=str(seen))
        self.assertEqual(collections.Counter(seen.read_bytes().split(b"\x1e")[:-1]), collections.Counter(OWN))
        expected = dict.fromkeys(NAMES + OTHERS, "run")
        expected.update({"fails": "fail", "crashes": "fail", "skips itself": "notrun", "is skipped": "notrun",
                         "is to do": "notrun"})
        self.assertEqual(got, expected)

    def test_decorators_become_properties(self):
        def of(name, *keys):
            return [self.properties[name].get(key) for key in keys]
        self.assertEqual(of("labels", "LABELS"), [["(bracket", "a b", "back/", "semi,colon"]])
        self.assertEqual(of("plain/deep/plain", "LABELS"), [["in suite", "plain", "plain/deep"]])
        self.assertEqual(of("limited", "TIMEOUT"), [34])
        self.assertEqual(of("unlimited", "TIMEOUT"), [0])
        self.assertEqual(of("plain", "TIMEOUT", "SKIP_RETURN_CODE"), [None, 77])
        self.assertEqual(of("wide", "PROCESSORS", "RUN_SERIAL"), [3, None])
        self.assertEqual(of("alone", "PROCESSORS", "RUN_SERIAL"), [None, True])
        self.assertEqual(of("in turn", "RESOURCE_LOCK"), [["a,group", "single"]])
        self.assertEqual(of("in any turn", "RESOURCE_LOCK"), [["serial"]])

    def test_the_caller_adds_to_a_test(self):
        name = "[$p;given\"]"
        of = self.properties[name]
        self.assertEqual(of["LABELS"], ["given", "one label", "prefixed"])
        self.assertEqual((of["TIMEOUT"], of["ENVIRONMENT"]), (55, ["LISTED=x", "OTHER=y"]))
        self.assertEqual(self.results("-L", "prefixed"), {name: "run"})  # the test looks at the rest
        self.assertIn('name="given"', (FOLDER / "single/odd-1.xml").read_text(encoding="utf-8"))

    def test_shards_together_are_all_tests(self):
        parts = {f"part of odd {i}/3" for i in (1, 2, 3)}
        self.assertEqual({name: of["PROCESSORS"] for name, of in self.properties.items() if name in parts},
                         dict.fromkeys(parts, 2))
        self.assertEqual(self.results("-L", "^parts$"), dict.fromkeys(parts, "run"))
        names = collections.Counter()
        for i in (1, 2, 3):
            report = ET.parse(FOLDER / f"cordon-reports/odd-{i}-of-3.xml")
            names.update((case.get("classname"), case.get("name")) for case in report.iter("testcase"))
        self.assertEqual((len(names), sum(names.values())), (len(NAMES + OTHERS) - 2,) * 2)

    def test_one_for_all_reports_each(self):
        self.assertEqual(self.results("-L", "^whole$"), {"all of odd": "fail"})
        report = ET.parse(FOLDER / "whole/odd.xml")
        self.assertEqual(len(list(report.iter("testcase"))), len(NAMES + OTHERS))
        self.assertEqual(len(list(report.iter("failure"))) + len(list(report.iter("error"))), 2)

    def test_five_thousand_tests(self):
        started = time.monotonic()
        done = run("cmake", "-P", "many-cordon-1.cmake")
        took = time.monotonic() - started
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        print(f"5,000 tests were discovered in {took:.3f} s")
        self.assertLess(took, 10)
        self.assertEqual(sum(name.startswith("many.suite/test number ") for name in self.properties), 5000)
        some = {f"many.suite/test number {i}" for i in (0, 777, 4999)}
        self.assertEqual(self.results("-R", r"number (0|777|4999)$"), dict.fromkeys(some, "run"))

    def test_a_program_that_was_rebuilt_is_listed_again(self):
        for name in ("odd-cordon-1-list.cmake", "odd-cordon-2-list.cmake"):
            (FOLDER / name).write_text("", encoding="utf-8")
        self.assertNotIn("given", self.shown("-R", "^given$"))
        os.utime(FOLDER / "odd")
        again = self.shown("-R", "given")
        self.assertEqual(set(again), {"given", "[$p;given\"]"})

    def test_a_program_that_cannot_be_listed(self):
        self.assertIn("broken_NOT_BUILT", self.properties)
        done = run("cmake", "--build", ".", "--target", "broken")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("broken: cannot find out which tests it has", done.stdout)
        self.assertIn("result: 3", done.stdout)
        self.assertEqual(run("cmake", "--build", ".", "--target", "broken_later").returncode, 0)
        done = run("ctest", "--output-on-failure", "-R", "broken|^plain$")
        for program in ("broken", "broken_later"):
            (FOLDER / program).unlink(missing_ok=True)
            self.assertRegex(done.stdout, program + r"_NOT_LISTED[ .*]+Failed")
            self.assertIn(f"{program}: cannot find out which tests it has", done.stdout)
        self.assertRegex(done.stdout, r"plain[ .]+Passed")

    def test_wrong_arguments(self):
        for call, told in (("nothing", "'nothing' is not a target"), ("odd SHARD 3", "unknown arguments: SHARD;3"),
                           ("odd WHOLE SHARDS 3", "exclude each other"), ("odd SHARDS 0", "SHARDS is a number from 1"),
                           ("odd JOBS 2", "JOBS needs WHOLE or SHARDS"), ("odd PROPERTIES TIMEOUT", "are pairs"),
                           ("odd TEST_PREFIX", "a value is missing after TEST_PREFIX"),
                           ("odd DISCOVERY_MODE LATER", "POST_BUILD or PRE_TEST, not 'LATER'")):
            with self.subTest(call):
                project = FOLDER / "wrong"
                project.mkdir(exist_ok=True)
                (project / "CMakeLists.txt").write_text(
                    "cmake_minimum_required(VERSION 3.16)\nproject(wrong LANGUAGES NONE)\n"
                    f"include({HERE.parents[1]}/cmake/cordonTests.cmake)\nadd_library(odd INTERFACE)\n"
                    f"cordon_discover_tests({call})\n", encoding="utf-8")
                done = run("cmake", "-S", ".", "-B", "build", folder=project)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn(told, re.sub(r"\s+", " ", done.stdout))

    @unittest.skipIf(shutil.which("ninja") is None, "there is no ninja")
    def test_several_configurations(self):
        build = FOLDER / "multi"
        self.assertEqual(configure(build, "Ninja Multi-Config").returncode, 0)
        done = run("cmake", "--build", ".", "--config", "Debug", "--target", "many", folder=build)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(len(self.shown("-C", "Debug", "-R", "^many", folder=build)), 5000)
        self.assertIn("many: say with -C which configuration to test", run("ctest", "-N", folder=build).stdout)
        self.assertIn("many_NOT_BUILT", self.shown("-C", "Release", folder=build))


if __name__ == "__main__":
    unittest.main()
