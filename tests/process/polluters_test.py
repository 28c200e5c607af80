"""--find-polluter, the hint of shard mode, and --condition, from outside."""

import json
import os
import pathlib
import shlex
import shutil
import subprocess
import tempfile
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
PORTABLE = CHILDREN.name == "portable"
# What some of the tests draw by lot comes from the seed of their attempt.
SAME_DRAWS = "--seed=7"


def run(child, *options):
    """Exit code, tests by name, console text."""
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        done = subprocess.run([CHILDREN / child, f"--report=json={report}", "--report=console", *options],
                              capture_output=True, text=True, timeout=200, check=False)
        document = json.loads(report.read_text(encoding="utf-8")) if report.exists() else None
    tests = {test["name"]: test for test in document["tests"]} if document else {}
    return done.returncode, tests, done.stdout + done.stderr


def look_into(name, *options):
    code, tests, text = run("order", "--find-polluter", name, *options)
    test = tests[name.split("/")[-1]]
    return code, test, test["flake"], text


def run_again(command, name):
    """What the printed command does with the test."""
    code, tests, _ = run("order", *shlex.split(command)[1:])
    return code, tests[name]["verdict"]


class FindPolluterTest(unittest.TestCase):
    def test_a_victim_its_polluters_and_its_cleaner(self):
        code, test, flake, text = look_into("order/victim")
        self.assertEqual(code, 0)
        self.assertEqual((test["verdict"], flake["category"]), ("flaky", "victim"))
        self.assertEqual(flake["polluters"], ["order/polluter a", "order/polluter b"])
        self.assertEqual(flake["cleaners"], ["order/cleaner"])
        self.assertEqual((flake["repro_runs"], flake["repro_failures"]), (10, 10))
        self.assertEqual(test["attempts"][0]["ending"], "failed")
        self.assert_shown_to_pass(flake, text, "victim", ["order/polluter a", "order/cleaner", "order/victim"])

    def assert_shown_to_pass(self, flake, text, name, others):
        contrast, = flake["contrasts"]
        self.assertEqual((contrast["runs"], contrast["failures"]), (10, 0))
        self.assertIn(contrast["command"], text)
        code, tests, _ = run("order", *shlex.split(contrast["command"])[1:])
        self.assertEqual((code, tests[name]["verdict"]), (0, "passed"))
        self.assertEqual(sorted(tests), sorted(each.split("/")[1] for each in others))
        self.assertEqual(min(tests[each.split("/")[1]]["attempts"][0]["started_ms"] for each in others[:1]),
                         min(test["attempts"][0]["started_ms"] for test in tests.values()))

    def test_the_printed_command_shows_it(self):
        for name in ("victim", "victim of two"):
            with self.subTest(name):
                _, _, flake, text = look_into("order/" + name)
                self.assertIn(flake["repro"], text)
                self.assertEqual(run_again(flake["repro"], name), (1, "failed"))

    def test_a_brittle_test_and_what_it_needs(self):
        code, test, flake, text = look_into("brittle")
        self.assertEqual(code, 1)
        self.assertEqual((test["verdict"], flake["category"]), ("failed", "brittle"))
        self.assertEqual(flake["state_setters"], ["order/setter"])
        self.assert_shown_to_pass(flake, text, "brittle", ["order/setter", "order/brittle"])

    def test_two_that_only_together_do_it(self):
        _, _, flake, text = look_into("victim of two")
        self.assertEqual(flake["category"], "victim")
        self.assertEqual(flake["polluters"], ["order/half 1", "order/half 2"])
        self.assertIn("only all of the 2 tests", text)

    def test_tests_that_do_not_depend_on_others(self):
        for name, verdict, category in (("independent", "passed", "stable"), ("always fails", "failed", "failing"),
                                        ("unsteady", "flaky", "flaky")):
            with self.subTest(name):
                _, test, flake, _ = look_into(name, SAME_DRAWS)
                self.assertEqual((test["verdict"], flake["category"]), (verdict, category))
                self.assertEqual(flake["polluters"] + flake["cleaners"] + flake["state_setters"], [])

    def test_of_an_unsteady_one_it_says_that_others_do_not_matter(self):
        _, test, flake, text = look_into("unsteady", SAME_DRAWS)
        self.assertIn(f'{flake["failures"]} of {flake["runs"]} times', text)
        self.assertIn("no other test was found to change its failure rate", text)

    def test_of_an_unsteady_one_that_takes_too_long_it_says_so(self):
        _, tests, text = run("order", "--find-polluter", "unsteady", "--flake-time=1ms", SAME_DRAWS)
        self.assertEqual((tests["unsteady"]["verdict"], tests["unsteady"]["flake"]["category"]), ("flaky", "flaky"))
        self.assertIn("--flake-time is too short to find out whether it fails more often after other tests", text)

    def test_an_unsteady_one_that_fails_more_after_others(self):
        _, test, flake, text = look_into("unsteady victim", SAME_DRAWS)
        self.assertEqual((test["verdict"], flake["category"]), ("flaky", "victim"))
        self.assertEqual(test["reason"], 'fails more often after "order/strainer"')
        self.assertEqual((flake["polluters"], flake["cleaners"]), (["order/strainer"], ["order/reliever"]))
        self.assert_rates(flake, text, 40)

    def test_an_unsteady_one_that_fails_less_after_others(self):
        _, test, flake, text = look_into("unsteady brittle", SAME_DRAWS)
        self.assertEqual((test["verdict"], flake["category"]), ("flaky", "brittle"))
        self.assertEqual(flake["state_setters"], ["order/helper"])
        self.assert_rates(flake, text, 40)

    def assert_rates(self, flake, text, runs):
        """The command shows another rate than the contrast, and both are told."""
        contrast, = flake["contrasts"]
        self.assertEqual((flake["repro_runs"], contrast["runs"]), (runs, runs))
        self.assertGreater(flake["repro_failures"], contrast["failures"])
        self.assertIn(f'passed {runs - contrast["failures"]} of {runs}', text)

    def test_an_unsteady_one_that_two_together_make_worse(self):
        _, _, flake, text = look_into("unsteady victim of two", SAME_DRAWS)
        self.assertEqual(flake["category"], "victim")
        self.assertEqual(sorted(flake["polluters"]), ["order/half 3", "order/half 4"])
        self.assertIn("only all of the 2 tests", text)

    def test_a_polluter_that_is_missed_at_first(self):
        _, tests, text = run("order", "--find-polluter", "late victim", "bystander 1", "strainer", "bystander 2")
        flake = tests["late victim"]["flake"]
        self.assertEqual((flake["category"], flake["polluters"]), ("victim", ["order/strainer"]))
        self.assertIn("left something behind: the one named", text)

    def test_one_that_others_make_fail_at_times(self):
        _, test, flake, _ = look_into("weakened victim", SAME_DRAWS)
        self.assertEqual((flake["category"], flake["failures"]), ("victim", 0))
        self.assertEqual((flake["polluters"], flake["cleaners"]), (["order/strainer"], ["order/reliever"]))
        self.assertLess(flake["repro_failures"], flake["repro_runs"])
        self.assertGreater(flake["repro_failures"], 0)

    def test_limits_are_told(self):
        _, tests, text = run("crowd", "--find-polluter", "minds the spoiler")
        flake = tests["minds the spoiler"]["flake"]
        self.assertEqual(flake["polluters"], ["spoils"])
        self.assertEqual((flake["cleaners"], flake["contrasts"]), ([], []))
        self.assertIn("cleaners were not searched among 2,002 tests", text)

    def test_in_a_part_of_a_crowd_cleaners_are_found(self):
        _, tests, text = run("crowd", "--find-polluter", "minds the spoiler", "spoils", "mends")
        self.assertEqual(tests["minds the spoiler"]["flake"]["cleaners"], ["mends"])
        self.assertNotIn("were not searched", text)

    def test_only_the_selected_ones_are_suspected(self):
        _, tests, _ = run("order", "--find-polluter", "order/victim", "polluter b", "bystander")
        self.assertEqual(tests["victim"]["flake"]["polluters"], ["order/polluter b"])

    def test_it_wants_one_test(self):
        for name, what in (("bystander", "not 4"), ("nothing", "names none")):
            code, _, text = run("order", "--find-polluter", name)
            self.assertEqual(code, 2)
            self.assertIn(what, text)


class NoCommandTest(unittest.TestCase):
    """Where no command line has the tests run as they have to, and where it just does."""

    def assert_no_command(self, name, polluters):
        code, tests, text = run("apart", "--find-polluter", name)
        self.assertEqual(code, 0, text)
        flake = tests[name]["flake"]
        self.assertEqual((flake["category"], flake["polluters"]), ("victim", polluters))
        self.assertEqual((flake["repro"], flake["contrasts"]), (None, []))
        self.assertIn("no command can run exactly these tests in one process", text)
        self.assertNotIn("  again  ", text)

    def test_tests_with_equal_setups_are_kept_together(self):
        self.assert_no_command("minds the misuse", ["with a setup/prepares", "misuses what is prepared"])

    def test_tests_that_are_kept_from_others_have_a_process_of_their_own(self):
        self.assert_no_command("minds the keeper", ["keeps to itself"])

    def test_an_order_that_no_other_way_of_ordering_gives_is_told(self):
        code, tests, text = run("apart", "--find-polluter", "minds the last step")
        self.assertEqual(code, 0, text)
        flake = tests["minds the last step"]["flake"]
        self.assertEqual(flake["polluters"], [f"steps/{'hgfedcba'[i]} {i + 1}" for i in range(8)])
        self.assertIn("--order given", flake["repro"])
        code, tests, text = run("apart", *shlex.split(flake["repro"])[1:])
        self.assertEqual((code, tests["minds the last step"]["verdict"]), (1, "failed"), text)

    def test_a_cleaner_that_can_not_run_in_between(self):
        code, tests, text = run("apart", "--find-polluter", "minds the mess")
        self.assertEqual(code, 0, text)
        flake = tests["minds the mess"]["flake"]
        self.assertEqual((flake["polluters"], flake["cleaners"]), (["with a setup/makes a mess"], ["clears the mess away"]))
        self.assertEqual((flake["repro_runs"], flake["repro_failures"]), (10, 10))
        self.assertEqual(flake["contrasts"], [])
        self.assertIn("no command that runs a cleaner before", text)


class NamesakesTest(unittest.TestCase):
    def test_a_full_name_wins_over_names_in_suites(self):
        code, tests, text = run("namesakes", "--find-polluter", "twin")
        self.assertEqual(code, 0, text)
        self.assertEqual([(test["suite"], test["flake"]["category"]) for test in tests.values()], [(None, "victim")])
        code, tests, text = run("namesakes", "--find-polluter", "deep/twin")
        self.assertEqual(code, 0, text)
        self.assertEqual([(test["suite"], test["flake"]["category"]) for test in tests.values()], [("deep", "stable")])


class ShardHintTest(unittest.TestCase):
    def test_failures_that_vanish_alone_are_told(self):
        code, tests, text = run("order", "--isolate=shard", "-j1", "polluter a", "order/victim", "always fails",
                                "--order=name")
        self.assertEqual(code, 1)
        self.assertEqual(tests["victim"]["verdict"], "failed")
        self.assertIn('"order/victim" passes in its own process', text)
        self.assertIn("--find-polluter order/victim", text)
        self.assertNotIn('"order/always fails" passes', text)
        self.assertEqual(len(tests["victim"]["attempts"]), 1)

    def test_whatever_way_it_failed_in(self):
        for name in ("dies in company", "leaves in company", "hangs in company"):
            with self.subTest(name):
                code, _, text = run("company", "--isolate=shard", "-j1", "spoiler", name)
                self.assertEqual(code, 1)
                self.assertIn(f'"{name}" passes in its own process', text)
        for name in ("patient in company", "always dies"):
            with self.subTest(name):
                code, _, text = run("company", "--isolate=shard", "-j1", "spoiler", name)
                self.assertEqual(code, 1)
                self.assertNotIn("passes in its own process", text)

    def test_one_that_a_retry_made_pass(self):
        code, tests, text = run("company", "--isolate=shard", "-j1", "--retries=1", "spoiler", "fails in company")
        self.assertEqual((code, tests["fails in company"]["verdict"]), (0, "flaky"))
        self.assertIn('"fails in company" passes in its own process: other tests may make it fail here', text)

    def test_without_them_nothing_is_told(self):
        _, _, text = run("order", "--isolate=shard", "-j1", "independent", "always fails")
        self.assertNotIn("passes in its own process", text)


class ConditionTest(unittest.TestCase):
    def shows(self, condition, *options):
        code, tests, text = run("surroundings", "--condition", condition, *options)
        self.assertEqual(code, 0, text)
        lines = tests["show"]["attempts"][0]["stdout"].splitlines()
        return dict(line.split("=", 1) for line in lines)

    def test_each_condition_reaches_the_test(self):
        wanted = {"nice=7": ("nice", "7"), "seed=77": ("seed", "77"), "tz=UTC+3": ("tz", "UTC+3"),
                  "locale=tlh_QN": ("locale", "tlh_QN"), "home=/none": ("home", "/none"), "umask=027": ("umask", "27"),
                  "folder=/": ("folder", "/"), "open-files=40": ("open files", "40"), "stack=90": ("stack", "90"),
                  "malloc=90": ("malloc", "165")}
        if not PORTABLE:
            wanted.update({"cpus=1": ("cpus", "1"), "timer-slack=3ms": ("timer slack", "3000000")})
        for condition, (name, value) in wanted.items():
            with self.subTest(condition):
                self.assertEqual(self.shows(condition)[name], value)
                if name != "malloc":
                    self.assertEqual(self.shows(condition, "--isolate=exec")[name], value)

    @unittest.skipIf(PORTABLE, "needs Linux's personality()")
    def test_addresses_can_be_random_where_they_are_fixed(self):
        setarch = shutil.which("setarch")
        command = [setarch, "-R", CHILDREN / "surroundings", "--show-output=all", "show"]
        if setarch is None or subprocess.run([setarch, "-R", "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("addresses cannot be fixed here")

        def shown(*options):
            return subprocess.run([*command, *options], capture_output=True, text=True, timeout=200, check=True).stdout
        self.assertIn("addresses=fixed", shown())
        self.assertIn("addresses=random", shown("--condition=addresses=random"))
        self.assertIn("addresses=fixed", shown("--condition=addresses=fixed"))

    def test_what_changes_only_the_speed_lets_tests_pass(self):
        for condition in ("hogs=2", "pulses=5ms"):
            code, tests, _ = run("surroundings", "--condition", condition)
            self.assertEqual(code, 0)
            self.assertEqual(tests["works for a while"]["verdict"], "passed")

    def test_stopped_tests_still_keep_to_their_time_limit(self):
        code, tests, _ = run("surroundings", "--condition", "pulses=50ms", "--timeout=300ms", "--env", "HANG=1", "-f",
                             "tag(hangs)")
        self.assertEqual(code, 0)
        self.assertEqual(tests["waits for its limit"]["attempts"][0]["ending"], "timed_out")

    def test_several_at_once(self):
        code, tests, _ = run("surroundings", "--condition", "nice=3", "--condition=umask=022")
        self.assertEqual(code, 0)
        self.assertIn("nice=3", tests["show"]["attempts"][0]["stdout"])

    def test_wrong_ones_are_refused(self):
        for condition, told in (("cpu", "did you mean cpus?"), ("stack=256", "stack=BYTE"), ("nice=x", "nice=N"),
                                ("umask=9", "umask=MODE")):
            code, _, text = run("surroundings", "--condition", condition)
            self.assertEqual(code, 2)
            self.assertIn(told, text)

    def test_a_condition_that_can_not_be_had_is_told(self):
        code, _, text = run("surroundings", "--condition", "folder=/does/not/exist")
        self.assertEqual(code, 4)
        self.assertIn("/does/not/exist", text)


if __name__ == "__main__":
    unittest.main()
