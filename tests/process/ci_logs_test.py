"""What CI systems obey in a log: nothing that a test prints, also where it prints there itself."""

import collections
import os
import pathlib
import re
import subprocess
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
RAW = "::error::injected"  # what the child prints, at the beginning of a line
ENDLESS = ("-x", "long lines")
FATAL = (*ENDLESS, "-x", "crashes", "-x", "exits", "-x", "hangs", "-x", "flaky")


def run(*options, **environment):
    """Standard output and error of all the child's tests, in the order in which they were written."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith(("CORDON_", "GITHUB_"))}
    variables.update(environment, CORDON_HISTORY="off", CORDON_ATTEMPT="1")
    done = subprocess.run([CHILDREN / "formats", *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=200,
                          check=False, env=variables)
    return done.stdout.decode("utf-8", "replace")


def obeyed_by_github(log):
    """The commands that the runner would carry out, of both of its kinds, and whether it has stopped at the end."""
    stopped, found = None, []
    for line in log.split("\n"):
        bare = line.strip()
        if stopped is not None:
            stopped = None if bare == f"::{stopped}::" else stopped
            continue
        command = re.match(r"::([a-z-]+)(?: .*?)?::(.*)", bare) or re.search(r"##\[([a-z-]+)[^]]*\](.*)", bare)
        if command and command.group(1) == "stop-commands":
            stopped = command.group(2)
        elif command:
            found.append((command.group(1), bare))
    return found, stopped


def obeyed_by_teamcity(log):
    enabled, found = True, []
    for line in log.split("\n"):
        message = re.match(r"##teamcity\[(\w+)(.*)\]$", line)
        if message and message.group(1) == "enableServiceMessages":
            enabled = True
        elif message and message.group(1) == "disableServiceMessages":
            enabled = False
        elif enabled and "##teamcity[" in line:
            found.append((message.group(1) if message else "?", line))
    return found


class CiLogsTest(unittest.TestCase):
    def check_github(self, log):
        found, stopped = obeyed_by_github(log)
        self.assertEqual({name for name, _ in found} - {"group", "endgroup", "error", "warning"}, set())
        self.assertGreater(len(found), 5)
        self.assertFalse([line for _, line in found if "injected" in line.split("title=")[0]], found)
        self.assertIsNone(stopped)
        return collections.Counter(name for name, _ in found)

    def test_github_obeys_no_test_that_prints_to_the_log_itself(self):
        for options in (("--no-capture", "-j2", *ENDLESS), ("--no-capture", "--isolate=exec", *ENDLESS),
                        ("--no-capture", "--isolate=shard", *ENDLESS), ("--isolate=none", *FATAL)):
            with self.subTest(options):
                log = run("--report=github", *options)
                self.assertIn("\n" + RAW, log)  # it was not captured
                counts = self.check_github(log)
                self.assertGreater(counts["error"], 2)

    def test_github_tells_of_tests_as_they_finish_in_the_program_itself(self):
        log = run("--report=github", "--isolate=none", "*set-env*", "passes", "surprise")
        words = [log.index(word) for word in ("\n" + RAW, "::group::", "::error file=")]
        self.assertLess(max(words), log.rindex(RAW))

    def test_github_and_teamcity_have_captured_output_in_their_places(self):
        for shown in ("failed", "all", "live"):
            with self.subTest(shown):
                self.check_github(run("--report=github", f"--show-output={shown}", *ENDLESS))
                self.check_teamcity(run("--report=teamcity", f"--show-output={shown}", *ENDLESS))

    def check_teamcity(self, log):
        found = obeyed_by_teamcity(log)
        self.assertGreater(len(found), 20)
        known = {"testCount", "testSuiteStarted", "testSuiteFinished", "testRetrySupport", "testStarted", "testFailed",
                 "testStdOut", "testStdErr", "testFinished", "testIgnored"}
        self.assertEqual({name for name, _ in found} - known, set())
        self.assertFalse([line for _, line in found if "name='injected'" in line])

    def test_teamcity_obeys_no_test_that_prints_to_the_log_itself(self):
        for options in (("--no-capture", "-j1", *ENDLESS), ("--isolate=none", *FATAL)):
            with self.subTest(options):
                log = run("--report=teamcity", *options)
                self.assertIn("\n" + RAW, log)
                self.check_teamcity(log)

    def test_nothing_in_the_console_report_is_a_command(self):
        for shown in ("failed", "all", "live"):
            with self.subTest(shown):
                log = run(f"--show-output={shown}", "-v", "-j2", *ENDLESS, FORCE_COLOR="1")
                self.assertIn("injected", log)
                self.assertEqual(obeyed_by_github(log), ([], None))
                self.assertEqual(obeyed_by_teamcity(log), [])
                self.assertNotIn("##vso[", log)

    def test_other_reports_are_warned_of_that_share_their_place_with_tests(self):
        warning = "cordon: warning: the output of tests goes to standard output, into the tap report there"
        self.assertIn(warning, run("--report=tap", "--no-capture", "surprise"))
        self.assertIn(warning, run("--report=tap", "--isolate=none", "surprise"))
        for options in (("--report=tap",), ("--report=tap=/dev/null", "--no-capture"), ("--report=github", "--no-capture")):
            self.assertNotIn("warning: the output", run(*options, "surprise"))


if __name__ == "__main__":
    unittest.main()
