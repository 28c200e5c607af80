"""--flake-detect from outside: what it finds, what it says of it, what the exit code is."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])


def run(child, *options):
    """Exit code, tests by name, console text."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        done = subprocess.run([CHILDREN / child, f"--report=json={report}", "--report=console", "-v", *options],
                              capture_output=True, text=True, timeout=200, check=False)
        document = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
        if document:
            check = pathlib.Path(os.environ["CORDON_SOURCE_DIR"]) / "tools/validate_report.py"
            valid = subprocess.run([sys.executable, check, report], capture_output=True, text=True, check=False)
            assert valid.returncode == 0, valid.stderr
    tests = {test["name"]: test for test in document["tests"]} if document else {}
    return done.returncode, tests, done.stdout + done.stderr


def rerun(command, **environment):
    return subprocess.run(shlex.split(command), capture_output=True, timeout=200, check=False,
                          env={**os.environ, **environment}).returncode


class FlakeDetectTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.code, cls.tests, cls.text = run("flakes", "--flake-detect", "-j2")

    def flake(self, name):
        return self.tests[name]["flake"]

    def test_a_flaky_test_makes_the_exit_code_one(self):
        self.assertEqual(self.code, 1)

    def test_verdicts(self):
        wanted = {"stable": "passed", "sleeps": "passed", "every third run": "flaky", "every fifth run crashes": "flaky",
                  "two kinds": "flaky", "by the seed": "flaky", "by the worker": "flaky", "always fails": "failed",
                  "skips itself": "skipped", "should fail": "known_failure", "quarantined": "quarantined"}
        for name, verdict in wanted.items():
            with self.subTest(name):
                self.assertEqual(self.tests[name]["verdict"], verdict)

    def test_it_tells_how_busy_the_machine_was(self):
        if CHILDREN.name == "portable":
            self.assertIn("how busy the machine was is unknown on this system", self.text)
            return
        shares = re.search(r"processors of the machine: (\d+) % used by this session, (\d+) % by other programs", self.text)
        self.assertIsNotNone(shares, self.text)
        self.assertLessEqual(int(shares[1]) + int(shares[2]), 101)

    def test_stable_tests_get_their_bound(self):
        for name in ("stable", "sleeps"):
            flake = self.flake(name)
            self.assertEqual(flake["failures"], 0)
            self.assertGreaterEqual(flake["runs"], 60)
            self.assertLess(flake["high"], 0.05)
            self.assertEqual(flake["category"], "stable")
            self.assertIn(f"0 of {flake['runs']}: under ", self.tests[name]["reason"])

    def test_rates_lie_in_their_intervals(self):
        for name, rate in {"every third run": 1 / 3, "every fifth run crashes": 0.2, "two kinds": 0.5}.items():
            flake = self.flake(name)
            with self.subTest(name, flake=flake):
                # Not the interval itself, which a twentieth of all intervals misses: these runs are no coins, but where
                # they were stopped is open.
                self.assertAlmostEqual(flake["rate"], rate, delta=0.12)
                self.assertLess(flake["low"], flake["rate"])
                self.assertGreater(flake["high"], flake["rate"])

    def test_failures_are_told_apart(self):
        kinds = self.flake("two kinds")["signatures"]
        self.assertEqual(len(kinds), 2)
        self.assertEqual(sum(kind["count"] for kind in kinds), self.flake("two kinds")["failures"])
        crash = self.flake("every fifth run crashes")["signatures"][0]["text"]
        self.assertIn("SIGABRT", crash)
        if CHILDREN.name != "portable":  # which has no stacks
            self.assertRegex(crash, r"SIGABRT in abort.* < the test \(flakes\.cpp:\d+\)")

    def test_categories(self):
        wanted = {"every third run": "flaky", "every fifth run crashes": "crash", "by the seed": "seed",
                  "by the worker": "start_up", "always fails": "failing"}
        for name, category in wanted.items():
            with self.subTest(name):
                self.assertEqual(self.flake(name)["category"], category)

    def test_commands_were_tried(self):
        for name in ("every third run", "two kinds", "by the seed"):
            flake = self.flake(name)
            with self.subTest(name):
                self.assertGreater(flake["repro_failures"], 0)
                self.assertGreaterEqual(flake["repro_runs"], flake["repro_failures"])
                self.assertIn(f"reproduced {flake['repro_failures']} of {flake['repro_runs']}", self.text)
        self.assertEqual(self.flake("by the seed")["repro_failures"], self.flake("by the seed")["repro_runs"])

    def test_commands_show_it_to_who_runs_them(self):
        for name in ("every third run", "two kinds", "every fifth run crashes"):
            with self.subTest(name):
                self.assertNotEqual(rerun(self.flake(name)["repro"]), 0)
        # A seed is an option of its own, and one run is enough.
        self.assertNotIn("--flake-detect", self.flake("by the seed")["repro"])
        self.assertEqual(rerun(self.flake("by the seed")["repro"]), 1)

    def test_only_some_runs_are_kept(self):
        for test in self.tests.values():
            self.assertLessEqual(len(test["attempts"]), 10)

    def test_a_test_that_skips_itself_is_not_asked_for_ever(self):
        self.assertIsNone(self.flake("skips itself"))


class CommandsTest(unittest.TestCase):
    """What fails only beside other tests, or never again."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.environment = {"SHARED": str(pathlib.Path(cls.folder.name) / "shared")}
        os.environ.update(cls.environment)
        _, cls.tests, cls.text = run("shared_file", "--flake-detect=100", "-j2", "-x", "every second")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def test_what_fails_among_others_is_run_among_them(self):
        for name in ("left writer", "right writer"):
            flake = self.tests[name]["flake"]
            with self.subTest(name, flake=flake):
                self.assertGreater(flake["alone_runs"], 0)
                self.assertGreater(flake["repro_failures"], 0)
                self.assertNotIn(name, flake["repro"])
                self.assertIn(f" -x 'every second' -j2 --flake-detect={flake['repro_runs']}", flake["repro"])
                self.assertIn(f"among the others; alone 0 of {flake['alone_runs']}", self.text)
                self.assertEqual(rerun(flake["repro"] + " --flake-time=8s"), 1)

    def test_what_is_not_seen_again_gets_no_command(self):
        flake = self.tests["only in the search"]["flake"]
        self.assertEqual(flake["failures"], 1)
        self.assertIsNone(flake["repro"])
        self.assertEqual(flake["repro_failures"], 0)
        self.assertIn(f"not reproduced alone: 0 of {flake['alone_runs']} runs, nor among the others: 0 of ", self.text)
        self.assertNotIn("reproduced 0 of", self.text)

    def test_what_fails_alone_is_run_alone(self):
        _, tests, _ = run("shared_file", "--flake-detect=20", "-j2")
        flake = tests["every second run"]["flake"]
        self.assertEqual(flake["alone_runs"], 0)
        self.assertIn("'every second run' --flake-detect=", flake["repro"])
        self.assertAlmostEqual(flake["repro_failures"] * 2, flake["repro_runs"], delta=1)

    def test_the_options_that_runs_depend_on_are_in_it(self):
        _, tests, _ = run("shared_file", "--flake-detect=20", "--isolate=exec", "--condition", "umask=077", "second")
        self.assertIn(" --isolate=exec --condition umask=077 --flake-detect=", tests["every second run"]["flake"]["repro"])


class GlobalTimeoutTest(unittest.TestCase):
    def test_a_run_that_it_cuts_short_is_none(self):
        for options in (["--flake-detect=100000", "--flake-time=100s"], ["--stress"]):
            with self.subTest(options):
                _, tests, text = run("stress", *options, "--global-timeout=1500ms", "-j2", "slow", "very slow")
                for name in ("slow", "very slow"):
                    self.assertEqual(tests[name]["verdict"], "passed", text)
                    self.assertEqual(tests[name]["flake"]["failures"], 0)
                self.assertIn("the global timeout was reached", text)

    def test_nor_is_one_that_nothing_else_was_seen_of(self):
        _, tests, _ = run("stress", "--flake-detect", "--global-timeout=100ms", "very slow")
        self.assertEqual(tests["very slow"]["verdict"], "not_run")
        self.assertIsNone(tests["very slow"]["flake"])


class LateFailuresTest(unittest.TestCase):
    """What the search for flaky tests has only seen pass, and the rest of the session has seen fail."""

    def run_late(self, *options):
        with tempfile.TemporaryDirectory() as folder:
            junit = pathlib.Path(folder) / "report.xml"
            os.environ["LOG"] = f"{folder}/log"
            code, tests, text = run("late_failures", "-j2", "--flake-detect=20", f"--report=junit={junit}", *options)
            cases = {case.get("name"): case for case in xml.etree.ElementTree.parse(junit).iter("testcase")}
        return code, tests, text, cases

    def check_fails(self, name, code, tests, text, cases):
        test = tests[name]
        self.assertEqual((code, test["verdict"]), (1, "flaky"), text)
        self.assertEqual(test["against"], "this fails the run (unless --flaky=pass)")
        flake = test["flake"]
        self.assertGreater(flake["runs"], 20)
        self.assertTrue(0 < flake["failures"] < flake["runs"], flake)
        self.assertTrue(flake["low"] < flake["failures"] / flake["runs"] < flake["high"], flake)
        self.assertIn(f"failed {flake['failures']} of {flake['runs']}", test["reason"])
        self.assertIn(f"{flake['failures']} of {flake['runs']} failed", text)
        self.assertEqual(sum(kind["count"] for kind in flake["signatures"]), flake["failures"])
        self.assertEqual([each["ending"] for each in test["attempts"] if each["ending"] != "passed"], ["failed"])
        self.assertIn("CHECK(", cases[name].find("failure").text)

    def test_seen_among_the_others(self):
        for name, verdict in (("fails among the others", "flaky"), ("in quarantine", "quarantined")):
            code, tests, text, cases = self.run_late("flaky at first", name)
            if verdict == "flaky":
                self.check_fails(name, code, tests, text, cases)
                self.assertIn("it passed in all 20 runs of the search, and failed in", tests[name]["flake"]["explanation"])
            self.assertEqual(tests[name]["verdict"], verdict)
            self.assertGreater(tests[name]["flake"]["failures"], 0)
            self.assertEqual(tests["flaky at first"]["flake"]["runs"], 20)

    def test_a_failure_in_quarantine_keeps_its_text(self):
        _, _, _, cases = self.run_late("flaky at first", "in quarantine")
        self.assertIn("CHECK(", cases["in quarantine"].find("skipped").text)

    def test_seen_while_the_order_is_varied(self):
        self.check_fails("fails later", *self.run_late("--flake-diagnose=order", "--flake-time=10s", "fails later", "bystander"))

    def test_seen_while_a_polluter_is_looked_for(self):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["LOG"] = f"{folder}/log"
            code, tests, text = run("late_failures", "--find-polluter=fails later", "fails later", "bystander")
        self.assertEqual((code, tests["fails later"]["verdict"]), (1, "flaky"), text)
        self.assertGreater(tests["fails later"]["flake"]["failures"], 0)


class FlakeOptionsTest(unittest.TestCase):
    def test_a_number_of_runs_is_kept_to(self):
        code, tests, _ = run("flakes", "--flake-detect=30", "every third run", "stable")
        self.assertEqual(code, 1)
        for name in ("every third run", "stable"):
            self.assertEqual(tests[name]["flake"]["runs"], 30)
        self.assertEqual(tests["every third run"]["flake"]["failures"], 10)

    def test_a_rare_failure_of_a_fast_test_is_found(self):
        _, tests, _ = run("flakes", "--flake-detect=2500", "once in two thousand")
        self.assertEqual(tests["once in two thousand"]["flake"]["failures"], 2)

    def test_the_threshold_decides_the_exit_code(self):
        for options, code in ((["--flake-threshold=0.9"], 0), (["--flake-threshold=20%"], 1), (["--flaky=pass"], 0)):
            with self.subTest(options):
                self.assertEqual(run("flakes", "--flake-detect=30", "every third run", *options)[0], code)
        self.assertEqual(run("flakes", "--flake-threshold=2")[0], 2)

    def test_only_new_flaky_tests_fail_the_run(self):
        with tempfile.TemporaryDirectory() as folder:
            def run_once(*options):
                done = subprocess.run([CHILDREN / "retries", "--retries=1", "--flaky-new=fail", "fails once", *options],
                                      capture_output=True, text=True, timeout=60, check=False,
                                      env={**os.environ, "CORDON_HISTORY": f"{folder}/history"})
                return done.returncode, done.stdout
            code, text = run_once()
            self.assertEqual(code, 1, text)
            self.assertIn("--flaky-new=fail: it was not known as flaky", text)
            self.assertEqual(run_once()[0], 0)
            self.assertEqual(run_once("--flaky=fail")[0], 1)
            self.assertEqual(run_once("--flaky-new=maybe")[0], 2)

    def test_quarantine_does_not_fail_the_run(self):
        code, tests, _ = run("flakes", "--flake-detect=20", "quarantined")
        self.assertEqual(code, 0)
        self.assertEqual(tests["quarantined"]["flake"]["failures"], 10)

    def test_the_time_is_kept_to_and_tests_without_a_run_are_not_run(self):
        code, tests, text = run("flakes", "--flake-detect=1000000", "--flake-time=1s", "sleeps", "stable")
        self.assertEqual(code, 0)
        self.assertIn("time for finding flaky tests is over", text)
        self.assertLess(tests["sleeps"]["flake"]["runs"], 1000000)

    def test_what_may_fail_has_a_rate(self):
        code, tests, text = run("may_fail", "--flake-detect=20", "may fail")
        test = tests["may fail in every second run"]
        self.assertEqual(code, 0)
        self.assertEqual(test["verdict"], "known_failure")
        self.assertEqual((test["flake"]["runs"], test["flake"]["failures"]), (20, 10))
        self.assertIn("it may fail; failed 10 of 20: 50.0 %", test["reason"])
        self.assertIn("it may fail; failed 10 of 20", text)

    def test_the_time_told_is_that_of_a_run(self):
        for options in (["--flake-detect=8"], ["--stress=8"]):
            with self.subTest(options):
                _, tests, _ = run("may_fail", *options, "--fail-fast=9", "fails slowly")
                test = tests["fails slowly in every second run"]
                times = [attempt["duration_ms"] for attempt in test["attempts"]]
                self.assertGreater(len(times), 1)
                self.assertAlmostEqual(test["duration_ms"], sum(times) / len(times), places=2)

    def test_no_runs_are_refused(self):
        for option in ("--flake-detect=0", "--stress=0", "--stress=0s"):
            code, _, text = run("flakes", option)
            self.assertEqual(code, 2)
            self.assertIn("expected at least 1 run", text)

    def test_it_is_not_together_with_find_polluter(self):
        for option in ("--flake-detect", "--flake-diagnose"):
            code, _, text = run("flakes", option, "--find-polluter=stable")
            self.assertEqual(code, 2)
            self.assertIn(option + " cannot be combined with --find-polluter", text)

    def test_it_needs_isolation(self):
        code, _, text = run("flakes", "--flake-detect", "--isolate=none")
        self.assertEqual(code, 2)
        self.assertIn("--isolate=none", text)

    def test_it_works_with_rewound_tests_too(self):
        _, tests, text = run("flakes", "--flake-detect=12", "--isolate=rewind", "every third run", "stable")
        self.assertEqual(tests["every third run"]["flake"]["failures"], 4)
        if "runs tests as with fork" not in text:
            self.assertIn(" --isolate=rewind --flake-detect=", tests["every third run"]["flake"]["repro"])

    def test_it_works_with_executed_tests_too(self):
        _, tests, _ = run("flakes", "--flake-detect=12", "--isolate=exec", "every third run")
        self.assertEqual(tests["every third run"]["flake"]["failures"], 4)


if __name__ == "__main__":
    unittest.main()
