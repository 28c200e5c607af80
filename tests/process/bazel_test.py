"""The protocol between Bazel and a test program: https://bazel.build/reference/test-encyclopedia"""

import collections
import json
import os
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree as ET

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
SELECTION = str(CHILDREN / "selection")
MANY = str(CHILDREN / "many")
RETRIES = str(CHILDREN / "retries")
ENVIRONMENT = str(CHILDREN / "environment")
ALL = 15
LIMIT = 120


class BazelTest(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)
        self.folder = pathlib.Path(self.scratch.name)
        for name in ("tmp", "outputs"):
            (self.folder / name).mkdir()
        self.xml = self.folder / "test.xml"
        self.premature = self.folder / "premature"
        self.warnings = self.folder / "warnings"
        self.infrastructure = self.folder / "infrastructure"

    def environment(self, **more):
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("CORDON_", "TEST"))}
        bazel = {"BAZEL_TEST": "1", "XML_OUTPUT_FILE": self.xml, "TEST_TMPDIR": self.folder / "tmp",
                 "TEST_UNDECLARED_OUTPUTS_DIR": self.folder / "outputs", "TEST_PREMATURE_EXIT_FILE": self.premature,
                 "TEST_WARNINGS_OUTPUT_FILE": self.warnings, "TEST_INFRASTRUCTURE_FAILURE_FILE": self.infrastructure,
                 "TEST_TIMEOUT": "300", "TEST_SIZE": "medium", "TEST_RANDOM_SEED": "1", "TEST_RUN_NUMBER": "1"}
        chosen = {**kept, "CORDON_HISTORY": "off", **bazel, **more}
        return {key: str(value) for key, value in chosen.items() if value is not None}

    def start(self, program, *rest, **more):
        return subprocess.Popen([program, *rest, "--color", "never"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, env=self.environment(**more))

    def run_it(self, program, *rest, code=0, **more):
        child = self.start(program, *rest, **more)
        out, errors = child.communicate(timeout=LIMIT)
        self.assertEqual(child.returncode, code, out + errors)
        return out + errors

    def cases(self):
        return [f"{case.get('classname')}/{case.get('name')}" for case in ET.parse(self.xml).iter("testcase")]

    def test_reports_and_exit_files(self):
        said = self.run_it(SELECTION)
        self.assertIn("15 tests", said)
        self.assertEqual(len(self.cases()), ALL)
        self.assertIn("<html", (self.folder / "outputs/report.html").read_text(encoding="utf-8"))
        self.assertFalse(self.premature.exists() or self.infrastructure.exists())
        self.assertEqual(self.warnings.read_text(encoding="utf-8"), "")

    def test_a_report_of_the_user_at_the_same_place(self):
        self.run_it(SELECTION, "--report", f"junit={self.xml}", "--report", "console")
        self.assertEqual(len(self.cases()), ALL)

    def test_nothing_of_it_without_bazel(self):
        self.run_it(SELECTION, BAZEL_TEST=None, TESTBRIDGE_TEST_ONLY="alone", TEST_TOTAL_SHARDS="2", TEST_SHARD_INDEX="0")
        self.assertEqual([path.name for path in self.folder.iterdir() if path.is_file()], [])

    def test_shards_without_an_option(self):
        status = self.folder / "status"
        seen = collections.Counter()
        for index in range(3):
            self.run_it(SELECTION, TEST_TOTAL_SHARDS="3", TEST_SHARD_INDEX=index, TEST_SHARD_STATUS_FILE=status)
            self.assertTrue(status.exists())
            status.unlink()
            seen.update(self.cases())
        self.assertEqual((len(seen), sum(seen.values())), (ALL, ALL))
        self.run_it(SELECTION, "--shard", "1/1", TEST_TOTAL_SHARDS="3", TEST_SHARD_INDEX="0")
        self.assertEqual(len(self.cases()), ALL)
        for half in ({"TEST_TOTAL_SHARDS": "3"}, {"TEST_SHARD_INDEX": "0"}):
            self.assertIn("--shard", self.run_it(SELECTION, code=2, **half))

    def test_the_filter_of_a_command(self):
        self.run_it(SELECTION, TESTBRIDGE_TEST_ONLY="adds")
        self.assertEqual(len(self.cases()), 2)
        self.run_it(SELECTION, "deep", "alone", TESTBRIDGE_TEST_ONLY="adds")  # both must select a test
        self.assertEqual(len(self.cases()), 1)
        said = self.run_it(SELECTION, TESTBRIDGE_TEST_ONLY="in another target")  # is no failure of this one
        self.assertIn("no test was selected", said)

    def test_fail_fast(self):
        options = (MANY, "t00", "-j1")
        self.run_it(*options, code=1, DO="fail")
        self.assertEqual(len(list(ET.parse(self.xml).iter("failure"))), 10)
        self.run_it(*options, code=1, DO="fail", TESTBRIDGE_TEST_RUNNER_FAIL_FAST="1")
        self.assertEqual(len(list(ET.parse(self.xml).iter("failure"))), 1)
        self.run_it(*options, "--fail-fast=0", code=1, DO="fail", TESTBRIDGE_TEST_RUNNER_FAIL_FAST="1")
        self.assertEqual(len(list(ET.parse(self.xml).iter("failure"))), 10)

    def test_a_program_that_a_test_ends(self):
        child = self.start(MANY, "t000", "--isolate=none", DO="exit")
        child.communicate(timeout=LIMIT)
        self.assertTrue(self.premature.exists())

    def test_warnings(self):
        self.run_it(RETRIES, "fails once", "no such test", "--retries", "1")
        warnings = self.warnings.read_text(encoding="utf-8").splitlines()
        self.assertEqual(len(warnings), 2, warnings)
        self.assertIn("no such test", warnings[0])
        self.assertEqual(warnings[1], "flaky: once/fails once")

    def test_trouble_of_cordon_itself(self):
        self.run_it(SELECTION, "--report", f"json={self.folder}/none/report", code=4)
        self.assertTrue(self.infrastructure.exists())

    def test_the_seed(self):
        report = self.folder / "report.json"
        for seed, options in ((77, []), (5, ["--seed", "5"])):
            self.run_it(SELECTION, *options, "--report", f"json={report}", TEST_RANDOM_SEED="77")
            self.assertEqual(json.loads(report.read_text(encoding="utf-8"))["run"]["seed"], seed)

    def test_what_tests_see(self):
        report = self.folder / "report.json"
        self.run_it(ENVIRONMENT, "=given/variables", "=temporary folder/of a test that passes", "--report", f"json={report}",
                    TEST_TOTAL_SHARDS="1", TEST_SHARD_INDEX="0", TEST_SHARD_STATUS_FILE=self.folder / "status")
        tests = {test["name"]: test for test in json.loads(report.read_text(encoding="utf-8"))["tests"]}
        lines = tests["variables"]["attempts"][0]["stdout"].splitlines()
        seen = {line.split("=")[0] for line in lines}
        self.assertIn("BAZEL_TEST", seen)
        self.assertIn("TEST_UNDECLARED_OUTPUTS_DIR", seen)
        for hidden in ("XML_OUTPUT_FILE", "TEST_PREMATURE_EXIT_FILE", "TEST_TOTAL_SHARDS", "TEST_SHARD_STATUS_FILE",
                       "TEST_WARNINGS_OUTPUT_FILE", "TEST_INFRASTRUCTURE_FAILURE_FILE"):
            self.assertNotIn(hidden, seen)
        self.assertIn(str(self.folder / "tmp"), json.dumps(tests["of a test that passes"]))
        self.assertEqual(list((self.folder / "tmp").iterdir()), [])

    def test_a_hang_ends_before_the_limit_of_bazel(self):
        said = self.run_it(MANY, "t000", "--grace", "0", code=1, DO="hang", TEST_TIMEOUT="2")
        self.assertIn("timed out after 1.60 s", said)
        said = self.run_it(MANY, "t000", "--grace", "0", "--timeout", "100ms", code=1, DO="hang", TEST_TIMEOUT="2")
        self.assertIn("timed out after 100 ms", said)

    def test_the_end_by_bazel_is_reported(self):
        log = self.folder / "log"
        child = self.start(MANY, "t00", "-j2", DO="hang", EVERY="5", LOG=log)
        until = time.monotonic() + LIMIT
        while not (log.exists() and len(log.read_text().split()) > 1) and time.monotonic() < until:
            time.sleep(0.01)
        self.assertTrue(self.premature.exists())
        child.send_signal(signal.SIGTERM)
        child.communicate(timeout=LIMIT)
        self.assertEqual(child.returncode, 128 + signal.SIGTERM)
        self.assertEqual(sum("/t00" in name for name in self.cases()), 10)
        self.assertFalse(self.premature.exists())

    def test_nonsense(self):
        for variable, value in (("TEST_RANDOM_SEED", "x"), ("TEST_TIMEOUT", "soon")):
            self.assertIn(f"{variable} '{value}'", self.run_it(SELECTION, code=2, **{variable: value}))


if __name__ == "__main__":
    unittest.main()
