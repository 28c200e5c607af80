"""The engine for Windows: built by mingw-w64, run under Wine. Skipped where one of them is not installed.

Everything that can be seen in one run is checked in one, because a process costs half a second under Wine.
"""

import json
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(os.environ["CORDON_SOURCE_DIR"])
WORK = pathlib.Path(os.environ["CORDON_WINE_DIR"])
NATIVE = os.environ.get("CORDON_NATIVE_PROGRAM", "")  # quickstart, for this system
COMPILER = "x86_64-w64-mingw32-g++-posix"
FLAGS = ["-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{SOURCE / 'include'}"]
SKIPPED = 77


def find_wine():
    for each in ("/usr/lib/wine/wine64", "wine64", "wine"):
        if shutil.which(each):
            return each
    return None


WINE = find_wine()


def compile_object(source, name, *flags):
    to = WORK / f"{name}.o"
    launcher = [shutil.which("ccache")] if shutil.which("ccache") else []
    subprocess.run([*launcher, COMPILER, *FLAGS, *flags, "-c", str(source), "-o", str(to)], check=True)
    return to


def build():
    WORK.mkdir(parents=True, exist_ok=True)
    engine = compile_object(SOURCE / "cmake/cordon_main.cpp", "engine")
    endings = compile_object(SOURCE / "tests/wine/endings.cpp", "endings", "-g")
    subprocess.run([COMPILER, "-static", str(engine), str(endings), "-o", str(WORK / "endings.exe")], check=True)


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
    return {**kept, "WINEPREFIX": str(WORK / "prefix"), "WINEDEBUG": "-all", "CORDON_HISTORY": "off",
            "LC_ALL": "C.UTF-8", **more}


def run(*arguments, env=None, program="endings.exe", cwd=None):
    return subprocess.run([WINE, str(WORK / program), "--color", "never", *arguments], capture_output=True, text=True,
                          encoding="utf-8", errors="replace", timeout=280, cwd=cwd or WORK,
                          env=environment(**(env or {})), stdin=subprocess.DEVNULL)


def running():
    """The processes of this Wine prefix that run the program. Each has the name of its program as in Windows."""
    found = []
    for each in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (each / "cmdline").read_bytes().lower()
            ours = f"WINEPREFIX={WORK / 'prefix'}".encode() in (each / "environ").read_bytes()
        except OSError:
            continue
        if ours and (b"endings.exe" in words or b"sleeper.exe" in words) and b"wine_test" not in words:
            found.append(int(each.name))
    return found


class AtConsole:
    """A run at a terminal, which Wine makes a console of. `text` is what it has shown."""

    def __init__(self, *arguments, env=None):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(WORK)
            os.execve(WINE, [WINE, str(WORK / "endings.exe"), "--color", "never", *arguments],
                      environment(TERM="xterm", **(env or {})))
        self.text = ""

    def read_until(self, condition, patience=120):
        """False if the run has ended, or the condition does not come true."""
        deadline = time.monotonic() + patience
        while not condition() and time.monotonic() < deadline:
            if not select.select([self.terminal], [], [], 0.05)[0]:
                continue
            try:
                more = os.read(self.terminal, 65536)
            except OSError:  # nobody has the other end any more
                return condition()
            self.text += more.decode("utf-8", "replace")
        return condition()

    def press_ctrl_c(self):
        os.write(self.terminal, b"\x03")

    def end(self):
        """Waits for the end. Returns the exit code; None if it does not come."""
        self.read_until(lambda: False)
        ended, status = os.waitpid(self.child, os.WNOHANG)
        return os.waitstatus_to_exitcode(status) if ended else None

    def clean_up(self):
        """After a test that has failed in the middle, nothing of it may be there for the next one."""
        for each in running():
            os.kill(each, signal.SIGKILL)
        os.close(self.terminal)


def native(*arguments):
    return subprocess.run([NATIVE, "--color", "never", *arguments], capture_output=True, timeout=60,
                          env={**os.environ, "CORDON_HISTORY": "off"}, cwd=WORK)


# name: verdict, ending, exit code or signal's name
EXPECTED = {
    "passes": ("passed", "passed"),
    "fails": ("failed", "failed"),
    "throws": ("failed", "failed"),
    "reads nowhere": ("failed", "crashed", "EXCEPTION_ACCESS_VIOLATION"),
    "divides by zero": ("failed", "crashed", "EXCEPTION_INT_DIVIDE_BY_ZERO"),
    "aborts": ("failed", "crashed", "SIGABRT"),
    "terminates": ("failed", "crashed", "SIGABRT"),
    "throws in a noexcept function": ("failed", "crashed", "SIGABRT"),
    "overflows its stack": ("failed", "crashed", "EXCEPTION_STACK_OVERFLOW"),
    "raises an exception of its own": ("failed", "crashed", "STATUS_HEAP_CORRUPTION"),
    "fails fast": ("failed", "crashed", "STATUS_STACK_BUFFER_OVERRUN"),
    "handles SIGSEGV itself": ("failed", "exited", 41),
    "exits with 0": ("failed", "exited", 0),
    "exits with a long code": ("failed", "exited", 123456789),
    "exits with -1": ("failed", "exited", -1),
    "is terminated from outside": ("failed", "exited", 77),
    "ends badly after it passed": ("failed", "exit_failure", 9),
    "hangs": ("failed", "timed_out"),
    "spins": ("failed", "timed_out"),
    "waits for a thread": ("failed", "timed_out"),
    "ends when it is asked to": ("failed", "timed_out"),
    "skips": ("skipped", "skipped"),
    "sleeps": ("skipped", "skipped"),
    "kills its worker": ("lost", "lost"),
    "should fail and does": ("known_failure", "failed"),
    "prints to both streams": ("failed", "failed"),
    "prints before it crashes": ("failed", "crashed", "EXCEPTION_ACCESS_VIOLATION"),
    "prints a megabyte": ("failed", "failed"),
    "leaves a process behind": ("passed", "passed"),
    "leaves a grandchild behind": ("passed", "passed"),
    "starts a process outside of its job": ("passed", "passed"),
    "crashes with a process behind it": ("failed", "crashed", "EXCEPTION_ACCESS_VIOLATION"),
    "leaves a file open": ("passed", "passed"),
    "changes its surroundings": ("passed", "passed"),
    "finds its folder and variables": ("passed", "passed"),
    "finds its own name": ("passed", "passed"),
    "reads text from its environment": ("passed", "passed"),
    "reads an empty input": ("passed", "passed"),
    "is alone in its process": ("passed", "passed"),
    "is alone again": ("passed", "passed"),
    "holds a port": ("passed", "passed"),
    "runs threads": ("passed", "passed"),
    "crashes in a thread": ("failed", "crashed", "EXCEPTION_ACCESS_VIOLATION"),
    "has leaves that crash": ("failed", "crashed", "SIGABRT"),
    "äö € prints UTF-8": ("failed", "failed"),
    "checks exits": ("passed", "passed"),
    "checks an exit that does not come": ("failed", "failed"),
    "checks an exit that it does not always meet": ("failed", "failed"),
}
FORMATS = ("junit", "tap", "html", "github", "teamcity", "json")


class Windows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        subprocess.run([WINE, "wineboot", "-i"], capture_output=True, timeout=280, env=environment(DISPLAY=""))
        reports = [each for kind in FORMATS for each in ("--report", f"{kind}=all.{kind}")]
        cls.got = run(*reports, "--report", "console", "--record", "all.cordon", "-j2", "--seed", "7", "--env",
                      "ENDINGS_TEXT=grüß €")
        if not (WORK / "all.json").exists():
            raise AssertionError("no report was written:\n" + cls.got.stdout + cls.got.stderr)
        cls.report = json.loads((WORK / "all.json").read_text("utf-8"))
        cls.tests = {each["name"]: each for each in cls.report["tests"]}

    def attempt(self, name):
        return self.tests[name]["attempts"][0]

    def test_every_test_ends_as_it_should(self):
        self.assertEqual(sorted(self.tests), sorted(EXPECTED))
        self.assertEqual(self.got.returncode, 1, self.got.stdout + self.got.stderr)
        for name, (verdict, ending, *how) in EXPECTED.items():
            with self.subTest(name):
                attempt = self.attempt(name)
                self.assertEqual((self.tests[name]["verdict"], attempt["ending"]), (verdict, ending))
                if how and isinstance(how[0], int):
                    self.assertEqual(attempt["exit_code"], how[0])
                elif how:
                    self.assertEqual(attempt["signal_name"], how[0])

    def test_the_report_says_where_it_comes_from(self):
        self.assertEqual(self.report["run"]["host"]["os"], "windows")
        self.assertEqual(self.report["run"]["host"]["arch"], "x86_64")
        self.assertEqual(self.report["run"]["isolation"], "exec")

    def test_a_crash_has_its_address_its_stack_and_the_last_assertion(self):
        text = self.got.stdout
        crash = text[text.index("reads nowhere"):]
        crash = crash[:crash.index("\n\n\n") if "\n\n\n" in crash else 1500]
        self.assertIn("at address 0x1230", crash)
        self.assertIn("in endings.exe", crash)
        self.assertIn("CHECK(true)", crash)

    def test_assertions_of_all_threads_count(self):
        self.assertEqual(self.attempt("runs threads")["assertions"], 101)

    def test_terminate_names_the_exception(self):
        failures = json.dumps(self.attempt("throws in a noexcept function")["failures"])
        self.assertIn("std::runtime_error: nobody catches this", failures)

    def test_output_is_captured(self):
        both = self.attempt("prints to both streams")
        self.assertEqual((both["stdout"], both["stderr"]), ("to out\n", "to err\n"))
        self.assertEqual(self.attempt("prints before it crashes")["stdout"], "printed before the crash")
        self.assertEqual(self.attempt("äö € prints UTF-8")["stdout"], "grüß\n")
        long = self.attempt("prints a megabyte")
        self.assertGreater(len(long["stdout"]), 100_000)

    def test_leftovers_are_ended_and_told(self):
        for name in ("leaves a process behind", "leaves a grandchild behind", "crashes with a process behind it"):
            with self.subTest(name):
                left = json.dumps(self.attempt(name)["leaks"])
                self.assertIn("endings.exe", left)
        self.assertIn("open.txt", json.dumps(self.attempt("leaves a file open")["leaks"]))
        self.assertIn("ENDINGS_CHANGED", json.dumps(self.attempt("changes its surroundings")["leaks"]))

    def test_temporary_folders_are_gone(self):
        folder = re.search(r"folder (\S+)", self.attempt("finds its folder and variables")["stdout"])
        self.assertIsNotNone(folder)
        here = WORK / "prefix/drive_c" / folder[1].split(":", 1)[1].lstrip("/")
        self.assertFalse(here.exists(), here)

    def test_the_other_leaves_of_a_crashed_test_run(self):
        leaves = {each["path"][0]: each["ending"] for each in self.attempt("has leaves that crash")["leaves"]}
        self.assertEqual(leaves, {"first": "passed", "second": "crashed", "third": "passed"})

    def test_an_exit_that_is_checked_and_does_not_come_is_told(self):
        words = json.dumps(self.attempt("checks an exit that does not come")["failures"])
        self.assertIn("expected exit code 3, but it ended with exit code 4", words)
        self.assertIn("it printed:\\nprinted in the block", words)
        self.assertIn("zero == 5", words)
        words = json.dumps(self.attempt("checks an exit that it does not always meet")["failures"])
        self.assertIn("did not get to this check", words)

    def test_stacks_name_functions_and_lines(self):
        def functions(name):
            return [frame["function"] or "" for frame in self.attempt(name)["stack"]]
        crash = self.attempt("reads nowhere")["stack"][0]
        self.assertEqual(crash["function"], "the test")
        self.assertTrue(crash["file"].endswith("endings.cpp"), crash)
        source = (SOURCE / "tests/wine/endings.cpp").read_text("utf-8").splitlines()
        self.assertIn("0x1230", source[crash["line"] - 1])
        self.assertTrue(any(name.startswith("abort") for name in functions("aborts")), functions("aborts"))
        self.assertTrue(any(name.startswith("throw_on_purpose()")
                            for name in functions("throws in a noexcept function")))
        self.assertTrue(any(name.startswith("depth(") for name in functions("overflows its stack")))

    def test_hanging_tests_are_explained(self):
        hang = self.attempt("hangs")
        self.assertTrue(any((frame["function"] or "").startswith("Sleep") for frame in hang["stack"]), hang["stack"])
        self.assertIn("blocked", hang["reason"])
        spin = self.attempt("spins")
        self.assertEqual(spin["stack"][0]["function"], "the test")
        self.assertRegex(spin["reason"], "spin|busy|slow")
        waits = self.attempt("waits for a thread")["stack"]
        self.assertEqual(len({frame["thread"] for frame in waits}), 2, waits)

    def test_several_tests_in_one_process_end_as_alone(self):
        names = ["passes", "fails", "reads nowhere", "exits with a long code", "hangs", "skips",
                 "prints to both streams", "prints before it crashes", "leaves a process behind",
                 "leaves a grandchild behind", "is alone in its process", "finds its own name", "has leaves that crash", "checks exits",
                 "should fail and does"]
        got = run("--isolate", "shard", "-j1", "--report", "json=shard.json", *["=" + each for each in names])
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        report = json.loads((WORK / "shard.json").read_text("utf-8"))
        self.assertEqual(report["run"]["isolation"], "shard")
        attempts = {each["name"]: each["attempts"][0] for each in report["tests"]}
        self.assertEqual(sorted(attempts), sorted(names))
        for name, attempt in attempts.items():
            alone = self.attempt(name)
            with self.subTest(name):
                if alone["ending"] in ("crashed", "exited"):
                    self.assertEqual(attempt["exit_code"], alone["exit_code"])
                for key in ("ending", "signal_name", "stderr"):
                    self.assertEqual(attempt[key], alone[key], key)
                if "sleeper" not in alone["stdout"]:  # which prints a process id
                    self.assertEqual(attempt["stdout"], alone["stdout"])
                self.assertEqual("endings.exe" in json.dumps(attempt["leaks"]),
                                 "endings.exe" in json.dumps(alone["leaks"]), attempt["leaks"])
        self.assertGreater(sum(each["process_reused"] for each in attempts.values()), 5)

    def test_nothing_is_left_running_if_the_program_is_killed(self):
        deadline = time.monotonic() + 120
        started = subprocess.Popen([WINE, str(WORK / "endings.exe"), "=sleeps", "--timeout", "300"], cwd=WORK,
                                   env=environment(ENDINGS_PATIENCE="60000"), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not (WORK / "sleeps.txt").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertTrue((WORK / "sleeps.txt").exists(), "the test did not begin")
        (WORK / "sleeps.txt").unlink()
        self.assertGreaterEqual(len(running()), 3)
        started.kill()
        started.wait()
        while running() and time.monotonic() < deadline:
            time.sleep(0.05)
        self.assertEqual(running(), [])

    def begin_sleeping(self, *arguments):
        begun = WORK / "sleeps.txt"
        begun.unlink(missing_ok=True)
        run_there = AtConsole("=passes", "=sleeps", "-j1", "--timeout", "300", *arguments, env={"ENDINGS_PATIENCE": "60000"})
        self.addCleanup(run_there.clean_up)
        self.assertTrue(run_there.read_until(begun.exists), run_there.text)
        begun.unlink()
        return run_there

    def test_ctrl_c_ends_the_run_in_order(self):
        there = self.begin_sleeping("--grace", "100ms", "--report", "json=cancelled.json", "--report", "console")
        there.press_ctrl_c()
        self.assertEqual(there.end(), 130, there.text)
        self.assertIn("cancelled by SIGINT; 1 test was not run to its end", there.text)
        verdicts = {each["name"]: each["verdict"] for each in json.loads((WORK / "cancelled.json").read_text("utf-8"))["tests"]}
        self.assertEqual(verdicts, {"passes": "passed", "sleeps": "not_run"})
        self.assertEqual(running(), [])

    def test_ctrl_c_again_ends_it_at_once(self):
        there = self.begin_sleeping("--grace", "200s")
        there.press_ctrl_c()
        self.assertTrue(there.read_until(lambda: "press Ctrl-C" in there.text), there.text)
        there.press_ctrl_c()
        self.assertEqual(there.end(), 130, there.text)
        self.assertEqual(running(), [])

    def test_the_commands_for_another_run_are_for_cmd(self):
        self.assertRegex(self.got.stdout, r'\n    \.\\endings\.exe .*"=fails".* --env "ENDINGS_TEXT=grüß €"')
        rerun = next(each["rerun"] for each in self.report["tests"] if each["name"] == "prints to both streams")
        self.assertTrue(rerun.endswith(' "prints to both streams"'), rerun)
        # In a file, because Wine quotes the words that it gets from here once more.
        (WORK / "again.bat").write_text("@" + rerun + "\r\n", "utf-8")
        got = subprocess.run([WINE, "cmd", "/c", "again.bat"], capture_output=True, text=True, encoding="utf-8",
                             errors="replace", timeout=280, cwd=WORK, env=environment(), stdin=subprocess.DEVNULL)
        self.assertIn("1 test: 1 failed", got.stdout, rerun + got.stderr)

    def test_reports_are_whole(self):
        for kind in FORMATS:
            with self.subTest(kind):
                self.assertGreater((WORK / f"all.{kind}").stat().st_size, 1000)
        self.assertEqual([each.name for each in WORK.iterdir() if each.name.startswith(".cordon-")], [])

    def test_a_recording_gives_the_same_reports_on_this_system(self):
        if not NATIVE:
            self.skipTest("no native program")
        for kind in FORMATS:
            got = native("--replay", "all.cordon", "--report", f"{kind}=replayed.{kind}")
            with self.subTest(kind):
                self.assertEqual(got.returncode, 1, got.stderr)
                self.assertEqual((WORK / f"replayed.{kind}").read_bytes(), (WORK / f"all.{kind}").read_bytes())

    def test_a_recording_of_this_system_gives_the_same_reports_on_windows(self):
        if not NATIVE:
            self.skipTest("no native program")
        here = [each for kind in FORMATS for each in ("--report", f"{kind}=here.{kind}")]
        there = [each for kind in FORMATS for each in ("--report", f"{kind}=there.{kind}")]
        native("--record", "here.cordon", *here)
        got = run("--replay", "here.cordon", *there)
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        for kind in FORMATS:
            self.assertEqual((WORK / f"there.{kind}").read_bytes(), (WORK / f"here.{kind}").read_bytes())

    def test_modes_that_copy_processes_are_refused(self):
        got = run("--isolate", "fork", "passes")
        self.assertEqual(got.returncode, 2, got.stdout + got.stderr)
        self.assertIn("--isolate=exec", got.stderr)

    def test_selection_without_isolation_and_a_short_list(self):
        got = run("--isolate", "none", "=passes", "=fails")
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        self.assertIn("2 tests: 1 passed, 1 failed", got.stdout)
        listed = run("--list")
        self.assertIn("äö € prints UTF-8", listed.stdout)

    def test_the_history_knows_what_failed(self):
        with tempfile.TemporaryDirectory(dir=WORK) as folder:
            history = {"CORDON_HISTORY": f"{pathlib.Path(folder).name}/history"}
            first = run("=passes", "=fails", env=history)
            self.assertEqual(first.returncode, 1, first.stdout + first.stderr)
            again = run("--failed", env=history)
            self.assertIn("1 test: 1 failed", again.stdout)

    def test_long_paths(self):
        folder = WORK / ("long-" + "x" * 120) / ("y" * 120)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "report.json"
        path.unlink(missing_ok=True)
        got = run("=passes", "--report", f"json=Z:{path}")
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        self.assertEqual(json.loads(path.read_text("utf-8"))["summary"]["total"], 1)

    def test_names_and_arguments_beyond_ascii(self):
        folder = WORK / "größer als €"
        folder.mkdir(exist_ok=True)
        program = folder / "prüfung 1.exe"
        if not program.exists():
            os.link(WORK / "endings.exe", program)
        got = run("=äö € prints UTF-8", "--report", "json=bericht ü.json", program=program.relative_to(WORK), cwd=folder)
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        self.assertIn('".\\prüfung 1.exe" "äö € prints UTF-8"', got.stdout)
        report = json.loads((folder / "bericht ü.json").read_text("utf-8"))
        self.assertEqual(report["tests"][0]["attempts"][0]["stdout"], "grüß\n")

    def test_wrong_paths_are_one_line(self):
        got = run("=passes", "--report", "json=no/such/folder/report.json")
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertIn("No such file or directory", got.stderr)


if __name__ == "__main__":
    if WINE is None or shutil.which(COMPILER) is None:
        print("skipped: needs the Debian packages wine64 and g++-mingw-w64-x86-64-posix", file=sys.stderr)
        sys.exit(SKIPPED)
    build()
    unittest.main(verbosity=2)
