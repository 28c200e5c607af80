"""Every report and the exit code tell one story: where the code is not 0, each report shows what is wrong, and why."""

import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest
import xml.etree.ElementTree

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
FORMATS = ("junit", "tap", "github", "teamcity", "ctrf", "json", "events", "trace", "html")
BAD = ("failed", "unexpected_pass", "lost")
OF_THE_RUN = ("--flaky=fail", "this fails the run", "over --flake-threshold", "the global timeout was reached", "cancelled by SIGINT",
              "shard 3 of 3 is missing", "the recording ends here")


def in_junit(text):
    suite = xml.etree.ElementTree.fromstring(text)
    found = [each for case in suite.iter("testcase") for each in case if each.tag in ("failure", "error")]
    assert int(suite.get("failures")) + int(suite.get("errors")) == len(found)
    assert int(suite.get("tests")) == len(list(suite.iter("testcase")))
    return [each.get("message") for each in found]


def in_tap(text):
    troubles = [line for line in text.splitlines() if line.startswith("not ok") and " # TODO" not in line]
    return troubles + re.findall(r"^Bail out! (.+)", text, re.M)


def in_github(text):
    return re.findall(r"^::error [^:]*::(.+)", text, re.M)


def in_teamcity(text):
    # Of tests of one name the last one counts.
    last = {}
    for kind, name, rest in re.findall(r"^##teamcity\[(testFailed|testFinished|testStarted) name='((?:\|.|[^'])*)'(.*)\]$", text, re.M):
        if kind == "testStarted":
            last[name] = None
        elif kind == "testFailed":
            last[name] = re.search(r"message='((?:\|.|[^'])+)'", rest).group(1)
    return [each for each in last.values() if each] + re.findall(r"^##teamcity\[buildProblem description='(.+)'", text, re.M)


def in_ctrf(text):
    results = json.loads(text)["results"]
    found = [test["message"] for test in results["tests"] if test["status"] == "failed"]
    assert results["summary"]["failed"] == len(found)
    assert results["summary"]["tests"] == len(results["tests"])
    return found


def in_json(text):
    document = json.loads(text)
    tests = [test["reason"] or test["verdict"] for test in document["tests"] if test["verdict"] in BAD or test["against"]]
    return tests + [each for each in [document["run"]["against"]] if each]


def in_events(text):
    events = [json.loads(line) for line in text.splitlines()]
    tests = [event["verdict"] for event in events if event["event"] == "test_finished" and
             (event["verdict"] in BAD or event["against"])]
    return tests + [event["against"] for event in events if event["event"] == "run_finished" and event["against"]]


def in_summary(text):
    if text.startswith("### \u274c"):
        return re.findall(r"^(?:\| \u274c|\*\*stopped:\*\*).+", text, re.M)
    assert text.startswith("### \u2705")
    return []


def in_console(text):
    summary = text.rstrip("\n").split("\n\n")[-1]
    return re.findall("\x1b\\[31m.+", summary)


READERS = {"junit": in_junit, "tap": in_tap, "github": in_github, "teamcity": in_teamcity, "ctrf": in_ctrf, "json": in_json,
           "events": in_events, "md": in_summary, "console": in_console}


class OneStoryTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.at = pathlib.Path(self.folder.name)
        self.addCleanup(self.folder.cleanup)
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
        self.environment |= {"CORDON_HISTORY": "off", "GITHUB_STEP_SUMMARY": f"{self.at}/story.md", "LOG": f"{self.at}/log"}

    def command(self, child, options):
        for each in self.at.glob("story.*"):
            each.unlink()
        reports = [f"--report={each}={self.at}/story.{each}" for each in FORMATS]
        return [CHILDREN / child, "--color=always", "--report=console", *reports, *options]

    def check(self, code, child, *options, says=""):
        done = subprocess.run(self.command(child, options), capture_output=True, timeout=100, check=False, env=self.environment)
        with self.subTest(child=child, options=options):
            self.assertEqual(done.returncode, code, done.stderr)
            self.compare(code, done.stdout.decode(), says)

    def compare(self, code, console, says):
        for name, read in READERS.items():
            text = console if name == "console" else (self.at / f"story.{name}").read_text(encoding="utf-8")
            troubles = read(text)
            self.assertEqual(bool(troubles), code != 0, (name, troubles, text))
            # The two that are for programs have words of their own for how an attempt ended.
            if name not in ("json", "events") or says in OF_THE_RUN:
                self.assertIn(says, text.replace("&#61;", "=").replace("&#45;", "-"), name)
            self.assertTrue(all(troubles), name)

    def test_verdicts(self):
        self.check(0, "formats", "passes")
        self.check(0, "formats", "skips")
        self.check(0, "formats", "known")
        self.check(0, "formats", "quarantined")
        self.check(1, "formats", "surprise", says="it should fail, but passed")
        self.check(1, "formats", "=crashes", "passes", says="SIGABRT")
        self.check(1, "formats", "exits", "quarantined", says="exited with code 3")
        self.check(1, "formats", "hangs", says="timed out")
        self.check(4, "retries", "loses its worker again", says="lost")

    def test_flaky_ones(self):
        self.check(0, "retries", "fails once", "--retries=1", says="flaky")
        self.check(0, "retries", "fails once", "--retries=1", "--flaky=pass", says="flaky")
        self.check(1, "retries", "fails once", "--retries=1", "--flaky=fail", says="--flaky=fail")
        self.check(1, "retries", "fails once", "throws once", "fails 1", "--retries=1", "--flaky=fail", says="--flaky=fail")
        self.check(1, "retries", "fails once", "throws once", "fails 1", "-j1", "--retries=1", "--flaky=fail", "--fail-fast")

    def test_repeated_ones(self):
        self.check(1, "late_failures", "flaky at first", "--flake-detect=20", says="this fails the run")
        self.check(0, "late_failures", "flaky at first", "--flake-detect=20", "--flaky=pass")
        self.check(0, "late_failures", "flaky at first", "--flake-detect=20", "--flake-threshold=0.9")
        self.check(1, "late_failures", "flaky at first", "--flake-detect=20", "--flake-threshold=0.1", says="over --flake-threshold")
        self.check(1, "late_failures", "flaky at first", "--stress=5")

    def test_limits_and_leaks(self):
        self.check(1, "leftovers", "a umask", "--leaks=fail", says="left behind")
        self.check(0, "leftovers", "a umask", "--leaks=warn")

    def test_runs_that_end_early(self):
        self.check(1, "retries", "always/", "-j1", "--fail-fast", says="fails 1")
        self.check(1, "stress", "very slow", "slow", "-j1", "--global-timeout=50ms")
        self.check(1, "stress", "very slow", "stable", "-j1", "--flake-detect", "--global-timeout=50ms",
                   says="the global timeout was reached")

    def test_a_cancelled_run(self):
        command = self.command("stress", ["tells its slot", "--stress"])
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=self.environment) as running:
            log = self.at / "log"
            end = time.monotonic() + 60
            while not (log.exists() and log.read_text(encoding="utf-8")) and time.monotonic() < end:
                time.sleep(0.01)
            running.send_signal(signal.SIGINT)
            console = running.stdout.read().decode()
            self.assertEqual(running.wait(60), 130)
        self.compare(130, console, "cancelled by SIGINT")

    def record(self, name, child, *options):
        path = f"{self.at}/{name}.recording"
        subprocess.run([CHILDREN / child, f"--record={path}", *options], capture_output=True, timeout=100, check=False, env=self.environment)
        return f"--replay={path}"

    def test_recordings(self):
        flaky = self.record("flaky", "retries", "fails once", "--retries=1", "--flaky=fail")
        self.check(1, "retries", flaky, says="--flaky=fail")
        self.check(0, "retries", flaky, "--flaky=pass")
        warned = self.record("warned", "retries", "fails once", "--retries=1")
        self.check(0, "retries", warned)
        self.check(1, "retries", warned, "--flaky=fail", says="--flaky=fail")

    def test_merges(self):
        parts = [self.record(f"part {i}", "retries", "once/fails", "always/", f"--shard={i}/5", "--retries=1") for i in (1, 2, 3, 4, 5)]
        self.check(1, "retries", *parts, says="1 of 1 assertion failed")
        good = [self.record(f"good {i}", "formats", "skips", "known", "passes", f"--shard={i}/3") for i in (1, 2, 3)]
        self.check(0, "formats", *good)
        self.check(1, "formats", *good[:2], "--merge-partial", says="shard 3 of 3 is missing")

    def test_recordings_that_are_cut(self):
        self.record("cut", "formats", "passes", "skips", "known", "quarantined", "-j1")
        path = self.at / "cut.recording"
        whole = path.read_bytes()
        for share in (0.5, 0.7, 0.9):
            path.write_bytes(whole[:int(len(whole) * share)])
            command = self.command("formats", [f"--replay={path}"])
            done = subprocess.run(command, capture_output=True, timeout=100, check=False, env=self.environment)
            self.assertNotEqual(done.returncode, 0)
            if not (self.at / "story.junit").exists():  # not even its beginning can be read
                self.assertIn(b"cordon: cannot read", done.stderr)
                continue
            self.compare(done.returncode, done.stdout.decode(), "the recording ends here")


if __name__ == "__main__":
    unittest.main()
