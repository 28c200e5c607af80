"""Runs with little of what a run needs: descriptors, processes, /proc, a folder for temporary files, a writable disk."""

import ctypes
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
MANY = str(CHILDREN / "many")
NATIVE = CHILDREN.name == "native"
ENVIRONMENT = str(CHILDREN / "environment")
MODES = ("fork", "rewind", "exec", "shard")
PRCTL = ctypes.CDLL(None).prctl


def clean_environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
    return {**kept, **more}


def run(program, *arguments, limit=None, env=None, **more):
    return subprocess.run([program, *arguments, "--color", "never"], capture_output=True, text=True, timeout=200,
                          env=env or clean_environment(), preexec_fn=limit, **more)


def forbid_call(number):
    """Forbids a system call, as the profile of a container does: EPERM."""
    load, is_equal, refuse, allow = (0x20, 0, 0, 0), (0x15, 0, 1, number), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000)
    steps = b"".join(code.to_bytes(2, "little") + bytes((yes, no)) + value.to_bytes(4, "little")
                     for code, yes, no, value in (load, is_equal, refuse, allow))
    held = ctypes.create_string_buffer(steps, len(steps))
    program = ctypes.create_string_buffer(
        (len(steps) // 8).to_bytes(8, "little") + ctypes.addressof(held).to_bytes(8, "little"), 16)
    new_privileges, set_filter, filters = 38, 22, 2
    assert PRCTL(new_privileges, 1, 0, 0, 0) == 0
    assert PRCTL(set_filter, filters, program, 0, 0) == 0


def can_rewind():
    return "as with fork" not in run(MANY, "--isolate=rewind", "t000").stdout


def can_unshare():
    return shutil.which("unshare") is not None and subprocess.run(
        ["unshare", "-Urm", "sh", "-c", "mount -t tmpfs none /proc"], capture_output=True).returncode == 0


class Limits(unittest.TestCase):
    def passes(self, got, tests=100):
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        self.assertIn(f"{tests:,} tests: {tests:,} passed", got.stdout)

    def test_32_descriptors(self):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        for mode in MODES:
            with self.subTest(mode):
                self.passes(run(MANY, "--isolate", mode, "-j1", "t0", limit=few))

    def test_descriptors_for_some_of_the_workers_are_enough(self):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        for mode in MODES:
            with self.subTest(mode):
                got = run(MANY, "--isolate", mode, "-j16", "t0", limit=few)
                self.passes(got)
                self.assertRegex(got.stdout + got.stderr, "no room for 16 workers .*Too many open files.*fewer")
                self.assertNotIn("lost", got.stdout + got.stderr)

    def test_where_no_process_can_be_rewound_cordon_forks(self):
        if not can_rewind():
            self.skipTest("this system cannot rewind processes")
        unlimited = resource.RLIM_INFINITY
        limits = {
            "its system calls are filtered": lambda: forbid_call(323),  # userfaultfd
            "a limit of memory is set (ulimit -v)": lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 36, unlimited)),
            "a limit of processor time is set (ulimit -t)": lambda: resource.setrlimit(resource.RLIMIT_CPU, (900, unlimited)),
            "a process may open few files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (512, 512)),
            "the signal SIGSYS is blocked": lambda: signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGSYS]),
        }
        for why, limit in limits.items():
            with self.subTest(why):
                asked = run(MANY, "--isolate=rewind", "-j1", "t0", limit=limit)
                self.passes(asked)
                self.assertIn("· fork\n", asked.stdout)
                self.assertIn(f"warning: --isolate=rewind runs tests as with fork: {why}",
                              asked.stdout.replace("the program ", ""))
                # Nobody has asked for it, so nobody need know.
                default = run(MANY, "-j1", "t0", limit=limit)
                self.passes(default)
                self.assertIn("· fork\n", default.stdout)
                self.assertNotIn("warning", default.stdout)
        self.assertIn("· rewind\n", run(MANY, "-j1", "t0").stdout)
        # Each run of a repeated test draws its process number.
        self.assertIn("· fork\n", run(MANY, "-j1", "--stress=2", "t00").stdout)
        self.assertIn("· rewind\n", run(MANY, "-j1", "--stress=2", "--isolate=rewind", "t00").stdout)

    @unittest.skipUnless(shutil.which("valgrind"), "needs valgrind")
    def test_rewinding_shows_valgrind_no_call_that_it_does_not_know(self):
        unknown = {}
        for mode in ("auto", "fork"):
            got = subprocess.run(["valgrind", "-q", MANY, "--color", "never", "--isolate", mode, "t00"], capture_output=True,
                                 text=True, timeout=200, env=clean_environment())
            self.passes(got, 10)
            unknown[mode] = set(re.findall(r"unhandled amd64-linux syscall: (\d+)", got.stderr))
        self.assertEqual(unknown["auto"], unknown["fork"])

    def test_too_few_descriptors_for_one_worker_are_a_clear_error(self):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (10, 10))
        got = run(MANY, "-j16", "t0", limit=few)
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertEqual((got.stdout + got.stderr).count("error: "), 1, got.stdout + got.stderr)
        self.assertIn("Too many open files", got.stdout + got.stderr)
        self.assertIn("100 tests: 100 lost", got.stdout)

    def test_a_crash_with_32_descriptors_has_its_stack(self):
        def few():
            resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
        for mode in MODES:
            with self.subTest(mode):
                got = run(str(CHILDREN / "stacks"), "--isolate", mode, "-j1", "null write", limit=few)
                self.check_crash(got)

    def check_crash(self, got):
        """Of the test "null write", in the place that it has."""
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        self.assertIn("1 test: 1 failed", got.stdout)
        self.assertIn("crashed: SIGSEGV", got.stdout)
        if NATIVE:
            self.assertRegex(got.stdout, r"stack +.*write_to.*\n.*outer_call")

    def as_nobody(self, name, processes, user=None):
        """A copy of the child that a user without processes may run, and what makes a process such a user's."""
        user = user or self.user
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        os.chmod(folder, 0o755)

        def become():
            os.chdir("/")
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
        return shutil.copy(CHILDREN / name, folder), become

    @property
    def user(self):
        return 54321 + NATIVE  # the two builds may be tested side by side

    def processes_of_user(self):
        found = []
        for entry in pathlib.Path("/proc").iterdir():
            try:
                if entry.name.isdigit() and entry.stat().st_uid == self.user:
                    line = (entry / "stat").read_text()
                    if line[line.rindex(")") + 2] not in "ZX":  # dead, and only not waited for
                        found.append(line)
            except OSError:
                pass  # has ended meanwhile
        return found

    @unittest.skipUnless(os.geteuid() == 0, "only root can become a user without processes")
    def test_no_process_can_be_made(self):
        program, no_fork = self.as_nobody("many", 1)
        got = run(program, "t0", limit=no_fork)
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertIn("fork", got.stdout + got.stderr)
        self.assertIn("100 tests: 100 lost", got.stdout)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become a user without processes")
    def test_processes_for_some_of_the_workers_and_their_tests_are_enough(self):
        for mode in MODES:
            for jobs in ("8", "9", "16"):  # one process left for a test, none, less than none
                with self.subTest(mode=mode, jobs=jobs):
                    # Dead processes of other tests, of which nobody takes notice, count for their user.
                    program, few = self.as_nobody("many", 10, self.user + 10)
                    got = run(program, "--isolate", mode, "-j", jobs, "t0", limit=few)
                    self.passes(got)
                    self.assertNotIn("lost", got.stdout + got.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become a user without processes")
    def test_processes_for_some_of_the_setups_are_enough(self):
        for mode in MODES:
            for processes in (6, 10, 14):  # a worker, its three setups and a test are five
                with self.subTest(mode=mode, processes=processes):
                    program, few = self.as_nobody("setups", processes, self.user + 10)
                    got = run(program, "--isolate", mode, "-j8", "one", "two", "three", "four", limit=few)
                    self.passes(got, tests=10)
                    self.assertNotIn("lost", got.stdout + got.stderr)

    @unittest.skipUnless(os.geteuid() == 0, "only root can become a user without processes")
    def test_a_test_that_makes_processes_without_end(self):
        self.check_endless("processes without end")

    @unittest.skipUnless(os.geteuid() == 0 and NATIVE, "only root can become a user without processes; only Linux finds these")
    def test_a_test_that_makes_processes_without_end_each_in_a_session_of_its_own(self):
        self.check_endless("processes without end that are nobody's")

    def check_endless(self, test):
        for mode in MODES:
            with self.subTest(mode):
                program, few = self.as_nobody("acts", 60)
                got = run(program, "--isolate", mode, "-j1", "--timeout", "1", "--grace", "300ms", "-f",
                          f"name({test}) | name(an innocent one)", limit=few,
                          env=clean_environment(PROCESSES_ARE_LIMITED="1"))
                end = time.monotonic() + 10
                while self.processes_of_user() and time.monotonic() < end:
                    time.sleep(0.05)
                self.assertEqual(self.processes_of_user(), [])
                self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
                self.assertIn("2 tests: 1 passed, 1 failed", got.stdout)
                self.assertRegex(got.stdout, "TIMEOUT.*" + test)

    def test_no_folder_for_temporary_files(self):
        # Only tests that ask for one notice.
        env = clean_environment(TMPDIR="/nowhere/at/all")
        self.passes(run(MANY, "t0", env=env))
        got = run(ENVIRONMENT, "of a test that passes", env=env)
        self.assertEqual(got.returncode, 1, got.stdout + got.stderr)
        self.assertIn("make a temporary folder", got.stdout + got.stderr)

    def test_a_report_in_a_folder_that_can_not_be_written(self):
        got = run(MANY, "t0", "--report", "json=/proc/nowhere/report.json")
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertIn("100 tests: 100 passed", got.stdout)
        self.assertIn("/proc/nowhere/report.json", got.stderr)

    @unittest.skipUnless(can_unshare(), "needs a mount namespace")
    def test_a_working_folder_that_can_not_be_written(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        # On a read-only disk, where not even root may write.
        there = ["unshare", "-Urm", "sh", "-c", 'mount -t tmpfs none "$0" && mount -o remount,ro "$0" && cd "$0" && '
                 '! touch file 2>/dev/null && exec "$@"', folder]
        for mode in MODES:
            with self.subTest(mode):
                mine = ("--isolate", mode)
                self.passes(run(*there, MANY, *mine, "t0"))
                self.check_crash(run(*there, str(CHILDREN / "stacks"), *mine, "null write"))
        got = run(*there, MANY, "t0", "--report", "json=report.json")
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertIn("100 tests: 100 passed", got.stdout)
        self.assertRegex(got.stderr, "report.json.*Read-only file system")

    @unittest.skipUnless(can_unshare(), "needs a mount namespace")
    def test_a_crash_without_proc_has_its_addresses(self):
        got = subprocess.run(
            ["unshare", "-Urm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh", CHILDREN / "stacks",
             "null write", "--color", "never"], capture_output=True, text=True, timeout=200, env=clean_environment())
        self.assertIn("SIGSEGV", got.stdout, got.stderr)
        self.assertNotRegex(got.stdout, r"stack\s+0x0\s")
        if CHILDREN.name == "native":
            self.assertRegex(got.stdout, r"stack\s+0x[0-9a-f]{6,} +in an unknown file\n +0x[0-9a-f]{6,} ")

    @unittest.skipUnless(can_unshare(), "needs a mount namespace")
    def test_without_proc(self):
        for mode in MODES:
            with self.subTest(mode):
                got = subprocess.run(
                    ["unshare", "-Urm", "sh", "-c", 'mount -t tmpfs none /proc && exec "$@"', "sh", MANY, "--isolate", mode,
                     "--color", "never", "t0"], capture_output=True, text=True, timeout=200, env=clean_environment())
                self.passes(got)

    @unittest.skipUnless(can_unshare(), "needs a mount namespace")
    def test_a_full_disk(self):
        folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, folder)
        got = subprocess.run(
            ["unshare", "-Urm", "sh", "-c",
             'mount -t tmpfs -o size=16k none "$0" && cd "$0" && head -c 12000 /dev/zero >fill && "$@"; code=$?; ls "$0"; '
             'exit $code', folder, MANY, "--color", "never", "--report", f"json={folder}/report.json", "t"],
            capture_output=True, text=True, timeout=200, env=clean_environment())
        self.assertEqual(got.returncode, 4, got.stdout + got.stderr)
        self.assertIn("1,000 tests: 1,000 passed", got.stdout)
        self.assertIn("No space left on device", got.stderr)
        self.assertNotIn("report.json", got.stdout.splitlines()[-1])

    def test_output_that_nobody_reads(self):
        child = subprocess.Popen([MANY, "--color", "never", "t0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 env=clean_environment())
        child.stdout.close()
        errors = child.stderr.read()
        child.stderr.close()
        # Who has read enough, as `head` has, makes no run fail.
        self.assertEqual((child.wait(timeout=200), errors), (0, b""))

    def test_output_that_can_not_be_written(self):
        for where, why in ((">&-", "Bad file descriptor"), (">/dev/full", "No space left on device")):
            with self.subTest(where):
                if "/dev/full" in where and not os.path.exists("/dev/full"):
                    continue
                got = run("/bin/sh", "-c", f'exec "$0" "$@" {where}', MANY, "t0")
                self.assertEqual(got.returncode, 4, got.stderr)
                self.assertIn("cannot write to standard output: " + why, got.stderr)


if __name__ == "__main__":
    unittest.main()
