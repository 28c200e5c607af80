"""A real gdb on a real program: --debug, --wait-for-debugger, and stopping where an assertion fails."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
ENDINGS = str(CHILDREN / "endings")
PORTABLE = CHILDREN.name == "portable"


def can_trace():
    if shutil.which("gdb") is None:
        return False
    seen = subprocess.run(["gdb", "-q", "-batch", "-ex", "run", "/bin/true"], capture_output=True, text=True)
    return "exited normally" in seen.stdout


def environment():
    return {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}


def run(*arguments, **more):
    return subprocess.run([ENDINGS, *arguments], capture_output=True, text=True, timeout=100, env=environment(),
                          stdin=subprocess.DEVNULL, **more)


class Refusals(unittest.TestCase):
    def test_a_debugger_is_for_one_test(self):
        got = run("--debug", "passes", "allocates")
        self.assertEqual(got.returncode, 2)
        self.assertIn("--debug is for one test, and 2 are selected", got.stderr)

    def test_an_unknown_debugger_is_refused(self):
        got = run("--debug=dbg", "passes")
        self.assertEqual(got.returncode, 2)
        self.assertIn("gdb, lldb or gdbserver", got.stderr)

    def test_a_debugger_that_is_not_there(self):
        got = subprocess.run([ENDINGS, "--debug=lldb", "-f", "name(passes)"], capture_output=True, text=True, timeout=100,
                             env={**environment(), "PATH": "/nowhere"})
        self.assertEqual(got.returncode, 2)
        self.assertIn("cannot start lldb: No such file or directory", got.stderr)


@unittest.skipUnless(can_trace(), "needs gdb, and leave to trace")
class WithGdb(unittest.TestCase):
    def test_debug_starts_it_on_the_test(self):
        got = run("--debug=gdb", "-f", "name(passes)", "--color", "never")
        self.assertIn("1 test: 1 passed", got.stdout, got.stdout + got.stderr)
        self.assertIn("exited normally", got.stdout)

    @unittest.skipIf(PORTABLE, "who debugs is not told there")
    def test_a_failing_assertion_stops(self):
        got = run("--debug", "-f", "name(fails a check)", "--color", "never")
        self.assertIn("SIGTRAP", got.stdout, got.stdout + got.stderr)

    @unittest.skipIf(PORTABLE, "who debugs is not told there")
    def test_waiting_ends_when_one_has_attached(self):
        child = subprocess.Popen([ENDINGS, "--wait-for-debugger", "-f", "name(fails a check)", "--color", "never"],
                                 stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())
        try:
            line = child.stderr.readline()
            self.assertIn(f"gdb -p {child.pid}", line)
            time.sleep(0.3)
            self.assertIsNone(child.poll())
            gdb = subprocess.run(["gdb", "-q", "-batch", "-ex", "continue", "-ex", "bt", "-p", str(child.pid)],
                                 capture_output=True, text=True, timeout=100)
            self.assertIn("SIGTRAP", gdb.stdout, gdb.stdout + gdb.stderr)
            out, _ = child.communicate(timeout=60)
        finally:
            child.kill()
            child.wait()
        self.assertIn(child.returncode, (1, -signal.SIGTRAP, -signal.SIGKILL), out)


def timed_out(*arguments, **more):
    """The report on a test that is over its time."""
    with tempfile.TemporaryDirectory() as folder:
        path = folder + "/report.json"
        got = subprocess.run([str(CHILDREN / "stacks"), *arguments, "--color", "never", "--report", "console",
                              "--report", "json=" + path], capture_output=True, text=True, timeout=200, **more)
        with open(path, encoding="utf-8") as report:
            attempt = json.load(report)["tests"][0]["attempts"][-1]
    return got, attempt


class OnTimeout(unittest.TestCase):
    def test_a_debugger_that_is_not_there_holds_nothing_up(self):
        got, attempt = timed_out("-f", "name(endless loop)", "--on-timeout", "lldb",
                                 env={**environment(), "PATH": "/nowhere"})
        self.assertEqual(attempt["ending"], "timed_out", got.stdout)
        self.assertIn("lldb showed nothing: it is not installed", attempt["debugger_view"])
        self.assertIn("lldb showed nothing", got.stdout)

    def test_without_the_option_there_is_no_view(self):
        _, attempt = timed_out("-f", "name(endless loop)", env=environment())
        self.assertIsNone(attempt["debugger_view"])

    @unittest.skipUnless(can_trace(), "needs gdb, and leave to trace")
    def test_gdb_shows_threads_and_variables(self):
        for mode in ("fork", "exec", "shard"):
            with self.subTest(mode):
                got, attempt = timed_out("-f", "name(endless loop)", "--on-timeout=gdb", "--isolate", mode,
                                         env=environment())
                self.assertEqual(attempt["ending"], "timed_out", got.stdout)
                self.assertIn("Thread 1", attempt["debugger_view"], got.stdout)
                self.assertIn("spin () at", attempt["debugger_view"])
                self.assertRegex(attempt["debugger_view"], r"\bi = -?\d+")
                self.assertRegex(got.stdout, r"debug .*spin \(\) at")
                self.assertNotIn("cordon::engine", attempt["debugger_view"])
                # It was ended as usual, and its time is its own.
                self.assertEqual(attempt["signal_name"], "SIGTERM")
                self.assertLess(attempt["duration_ms"], 1100)


if __name__ == "__main__":
    unittest.main()
