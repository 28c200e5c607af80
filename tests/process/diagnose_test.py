"""--flake-diagnose from outside, on causes that need no luck to be seen."""

import json
import os
import pathlib
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
VALIDATE = pathlib.Path(os.environ["CORDON_SOURCE_DIR"]) / "tools/validate_report.py"
PORTABLE = CHILDREN.name == "portable"


def run(*options, child="diagnose", told="-v", **variables):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        done = subprocess.run([CHILDREN / child, f"--report=json={report}", "--report=console", *told.split(), *options],
                              capture_output=True, text=True, timeout=280, check=False, env={**os.environ, **variables})
        valid = subprocess.run([sys.executable, VALIDATE, report], capture_output=True, text=True, check=False)
        assert valid.returncode == 0, valid.stderr
        document = json.loads(report.read_text(encoding="utf-8"))
    return done.returncode, {test["name"]: test for test in document["tests"]}, done.stdout


class DiagnoseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.begin = time.monotonic()
        cls.code, cls.tests, cls.text = run("--flake-diagnose", "--flake-time=20s", "-j2")
        cls.took = time.monotonic() - cls.begin

    def flake(self, name):
        return self.tests[name]["flake"]

    def test_causes(self):
        wanted = {"stable": "stable", "polluter": "stable", "heap that was not set": "uninitialised",
                  "time zone": "time_zone", "seed": "seed", "victim": "victim", "always fails": "failing"}
        for name, category in wanted.items():
            with self.subTest(name, flake=self.flake(name)):
                self.assertEqual(self.flake(name)["category"], category)

    def said_of(self, name, *wanted):
        """What the session says of the test's cause; if it is none of those, what sessions of this test alone say."""
        said = [self.flake(name)["category"]]
        while said[-1] not in wanted and len(said) < 3:
            _, tests, _ = run("--flake-diagnose", "--flake-time=30s", "-j2", name)
            said.append(tests[name]["flake"]["category"])
        self.assertIn(said[-1], wanted, said)
        return said

    def test_a_draw_at_the_start(self):
        # What some ten starts draw can look like anything once; not three times.
        self.said_of("drawn at the start", "start_up")

    @unittest.skipIf(PORTABLE, "needs fixed addresses")
    def test_addresses(self):
        # Where a container forbids to fix addresses, the start is all that is known. On a busy machine there may be no
        # time to explain it among others.
        said = self.said_of("address of a local", "address", "start_up")
        self.assertLessEqual(set(said), {"address", "start_up", "unexplained"})

    def test_the_time_is_that_of_the_whole_session(self):
        self.assertLess(self.took, 20 * 1.2 + 5)  # some runs may be slow on a busy machine

    def test_what_moved_it_is_told(self):
        moved = [trial for trial in self.flake("heap that was not set")["conditions"] if trial["moved"]]
        self.assertEqual([trial["condition"] for trial in moved], ["malloc=165"])
        self.assertEqual(moved[0]["failures"], moved[0]["runs"])
        self.assertGreater(moved[0]["runs_without"], 8)
        self.assertEqual(moved[0]["failures_without"], 0)
        self.assertRegex(self.text, r"moved by  malloc=165: (\d+) of \1 failed; without it 0 of ")

    def test_commands_show_it(self):
        for name in ("heap that was not set", "time zone", "victim"):
            flake = self.flake(name)
            with self.subTest(name, flake=flake):
                self.assertEqual(flake["repro_failures"], flake["repro_runs"])
                code, tests, _ = run(*shlex.split(flake["repro"])[1:])
                self.assertEqual((code, tests[name]["verdict"]), (1, "failed"))

    def test_a_stable_test_is_not_accused(self):
        for name in ("stable", "polluter"):
            self.assertEqual(self.tests[name]["verdict"], "passed")
            self.assertEqual(self.flake(name)["conditions"], [])

    def test_tests_that_pass_here_do_not_fail_the_run(self):
        code, tests, _ = run("--flake-diagnose", "time zone", "stable")
        self.assertEqual(code, 0)
        self.assertEqual(tests["time zone"]["verdict"], "passed")
        self.assertEqual(tests["time zone"]["flake"]["category"], "time_zone")


class NeighboursTest(unittest.TestCase):
    """What two tests do to each other is there only while both run: no condition must be taken for the cause."""

    def test_tests_that_get_in_each_others_way(self):
        # A busy machine seldom has both writers running. Then there may be time to explain only one of them, or none.
        for _ in range(3):
            with tempfile.TemporaryDirectory() as folder:
                _, tests, text = run("--flake-diagnose", "--flake-detect=100", "--flake-time=20s", "-j2", "writer", "minds its own",
                                     child="shared_file", SHARED=folder + "/shared")
            said = {name: tests[name]["flake"] for name in ("left writer", "right writer")}
            if "interference" in {flake["category"] for flake in said.values()}:
                break
        self.assertEqual(tests["minds its own"]["flake"]["category"], "stable")
        self.assertIn("interference", {flake["category"] for flake in said.values()})
        for name, flake in said.items():
            with self.subTest(name, flake=flake):
                self.assertIn(flake["category"], ("interference", "unexplained"))
                alone = [trial["failures"] for trial in flake["conditions"] if trial["condition"] == "alone"]
                self.assertLessEqual(set(alone), {0})
                # Which of the two is clear first is chance.
                moved = {trial["condition"] for trial in flake["conditions"] if trial["moved"]}
                other = {"left writer": "right writer", "right writer": "left writer"}[name]
                shown_by = {"alone", "twins", f"beside {other}"}
                self.assertEqual(bool(moved & shown_by), flake["category"] == "interference")
                self.assertLessEqual(moved, shown_by | {"alone, hogs=4"})
        self.assertRegex(text, "moved by  (alone: 0 of|twins: |beside (left|right) writer: )")


@unittest.skipIf(PORTABLE, "the system must tell what tests use")
class CollisionsTest(unittest.TestCase):
    """Tests that use one folder or one port rarely meet among others: they are run beside each other on purpose."""

    def test_tests_that_use_the_same_folder_or_port(self):
        with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
            free.bind(("127.0.0.1", 0))
            port = str(free.getsockname()[1])
            free.close()
            # One run of each in the search shows nothing.
            code, tests, text = run("--flake-diagnose", "--flake-detect=1", "--flake-time=60s", "-j2", child="collide", TMPDIR=folder,
                                    COLLIDE_PORT=port)
        self.assertEqual(code, 1)
        for pair in (("unpacks", "unpacks again"), ("server", "second server")):
            # The first of a pair may always win. On a busy machine they rarely overlap: then the cause may be withheld.
            flaky = [name for name in pair if tests[name]["verdict"] == "flaky"]
            found = [name for name in pair if tests[name]["flake"]["category"] == "interference"]
            with self.subTest(pair, flakes=[tests[name]["flake"] for name in pair]):
                self.assertNotEqual(flaky, [])
                for name in found:
                    other, = set(pair) - {name}
                    flake = tests[name]["flake"]
                    self.assertEqual([trial["condition"] for trial in flake["conditions"] if trial["moved"]],
                                     [f"beside {other}"])
                    if flake["repro"] is not None:
                        self.assertIn(other, flake["repro"])
                        self.assertGreater(flake["repro_failures"], 0)
        for name in ("adds", "waits", "waits as well", "waits once more", "makes a folder of its own"):
            self.assertEqual((name, tests[name]["flake"]["category"]), (name, "stable"))


class ChosenConditionsTest(unittest.TestCase):
    def test_only_what_is_chosen_is_varied(self):
        _, tests, _ = run("--flake-diagnose=tz", "--flake-detect=40", "time zone", "heap that was not set", "victim", "polluter")
        self.assertEqual({name: test["flake"]["category"] for name, test in tests.items()},
                         {"time zone": "time_zone", "heap that was not set": "stable", "victim": "stable",
                          "polluter": "stable"})
        _, tests, _ = run("--flake-diagnose=order", "--flake-detect=40", "time zone", "victim", "polluter")
        self.assertEqual((tests["time zone"]["flake"]["category"], tests["victim"]["flake"]["category"]),
                         ("stable", "victim"))

    def test_order_compares_rates(self):
        # It fails now and then on its own, too.
        _, tests, text = run("--flake-diagnose=order", "--flake-detect=40", "weakened", "one in two", "polluter", "stable")
        flake = tests["weakened"]["flake"]
        self.assertEqual((flake["category"], flake["polluters"]), ("victim", ["polluter"]))
        trial, = flake["conditions"]
        self.assertEqual((trial["condition"], trial["moved"]), ("order", True))
        self.assertGreater(trial["failures"] / trial["runs"], flake["failures"] / flake["runs"])
        self.assertIn("moved by  order: ", text)
        self.assertNotIn(tests["one in two"]["flake"]["category"], ("victim", "brittle"))
        self.assertEqual(tests["one in two"]["flake"]["conditions"], [])

    def test_the_console_tells_each_in_one_line(self):
        _, tests, text = run("--flake-diagnose=order", "--flake-detect=40", "victim", "polluter", told="")
        flake = tests["victim"]["flake"]
        lines = [line for line in text.splitlines() if "victim" in line and "polluter" in line]
        told = [line for line in lines if " FLAKY " in line or " pass " in line]
        self.assertEqual(len(told), 1, text)
        self.assertIn("victim (after polluter)", told[0])
        self.assertTrue(told[0].endswith(flake["repro"]), told[0])
        self.assertNotIn("moved by", text)

    def test_what_a_start_draws_is_not_taken_for_the_doing_of_others(self):
        # Each round draws anew, so several: whatever is compared across workers is a difference in half of them.
        for _ in range(4):
            for options in (["--flake-diagnose=order", "--flake-detect=40"], ["--find-polluter=drawn at the start"]):
                _, tests, _ = run(*options, "drawn at the start", "stable", "polluter", "time zone", "seed")
                self.assertNotIn(tests["drawn at the start"]["flake"]["category"], ("victim", "brittle"), options)

    def test_of_many_that_depend_on_others_some_are_looked_into(self):
        _, tests, text = run("--flake-diagnose=order", "--flake-detect=40", child="minders")
        victims = [name for name, test in tests.items() if test["flake"]["category"] == "victim"]
        self.assertEqual(len(victims), 10)
        self.assertIn("2 tests may also depend on other tests, which was not examined", text)

    def test_a_value_is_what_is_tried(self):
        _, tests, text = run("--flake-diagnose=tz=UTC,tz=<-11>11", "--flake-detect=40", "time zone")
        conditions = {trial["condition"]: trial["failures"] for trial in tests["time zone"]["flake"]["conditions"]}
        self.assertEqual(conditions.keys(), {"tz=<-11>11"})
        self.assertIn("--condition 'tz=<-11>11'", text)

    def test_the_list_names_what_can_be_chosen(self):
        listed = subprocess.run([CHILDREN / "diagnose", "--list-conditions"], capture_output=True, text=True, check=True)
        conditions, arrangements = listed.stdout.split("\n\nOnly with --flake-diagnose:\n")
        names = [line.split("=")[0] for line in conditions.splitlines() if not line.startswith(" ")]
        self.assertGreaterEqual(len(names), 15)
        for name in names:
            for option in (f"--condition={name}", f"--flake-diagnose={name}"):
                done = subprocess.run([CHILDREN / "diagnose", option, "--list"], capture_output=True, text=True, check=False)
                self.assertEqual((done.returncode, done.stderr), (0, ""), option)
        self.assertEqual([line.split()[0] for line in arrangements.splitlines()], ["alone", "twins", "order"])

    def test_what_is_no_condition_is_refused(self):
        done = subprocess.run([CHILDREN / "diagnose", "--flake-diagnose=hog"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("did you mean hogs?", done.stderr)


if __name__ == "__main__":
    unittest.main()
