"""What reports, recordings and the history are written to stays whole, whatever the path leads to."""

import concurrent.futures
import json
import os
import pathlib
import pty
import resource
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
OUTPUT = str(CHILDREN / "output")
MANY = str(CHILDREN / "many")
HANGING = str(CHILDREN / "environment")
NATIVE = CHILDREN.name == "native"
MODES = ("fork", "exec", "shard")
NOBODY = 54000
LIMIT = 120  # seconds, for what takes a few at most
WHOLE = ("json", "junit", "tap", "github", "teamcity", "ctrf", "trace", "html", "console")


def clean_environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
    return {**kept, "CORDON_HISTORY": "off", **more}


def arguments(program, *rest):
    return [program, *rest, "--color", "never", "--grace", "100ms"]


def run(program, *rest, env=None, **more):
    return subprocess.run(arguments(program, *rest), stdin=subprocess.DEVNULL, text=True, timeout=LIMIT,
                          env=clean_environment(**(env or {})),
                          **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})


def start(program, *rest, env=None, **more):
    return subprocess.Popen(arguments(program, *rest), stdin=subprocess.DEVNULL, text=True,
                            env=clean_environment(**(env or {})),
                            **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more})


def shell(line, program=OUTPUT, env=None, **more):
    """$0 is the program."""
    return subprocess.run(["/bin/sh", "-c", line, program], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=LIMIT, env=clean_environment(NO_COLOR="1", **(env or {})), **more)


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def mounts():
    """Whether a process may have mounts of its own."""
    return os.geteuid() == 0 and shutil.which("unshare") is not None and subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0


class ReportFiles(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, True)

    def told(self, got, line, code=4):
        """One line on standard error and no other, that exit code, and the console report whole."""
        self.assertEqual(got.returncode, code, got.stdout + got.stderr)
        self.assertEqual(got.stderr, f"cordon: {line}\n")
        if code == 4:
            self.assertIn("5 tests: 3 passed, 2 failed", got.stdout)

    def check_json(self, text):
        self.assertEqual(json.loads(text)["summary"]["total"], 5)

    def nothing_else(self, *names):
        self.assertEqual(sorted(os.listdir(self.folder)), sorted(names))

    # ---- standard output and other descriptors ----

    def test_standard_output_by_its_names(self):
        before = {name: os.lstat(name).st_ino for name in ("/dev/stdout", "/dev/stderr", "/dev/fd")}
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            for report in ("json", "events"):
                with self.subTest(name, report=report):
                    piped = run(OUTPUT, "--report", f"{report}={name}")
                    self.assertEqual((piped.returncode, piped.stderr), (1, ""))
                    with open(self.folder / "out", "w") as out:
                        filed = run(OUTPUT, "--report", f"{report}={name}", stdout=out)
                    self.assertEqual((filed.returncode, filed.stderr), (1, ""))
                    for text in (piped.stdout, (self.folder / "out").read_text()):
                        if report == "json":
                            self.check_json(text)
                        else:
                            self.assertIn("run_finished", [json.loads(line)["event"] for line in text.splitlines()])
        for name, inode in before.items():
            self.assertEqual(os.lstat(name).st_ino, inode, name)

    def test_standard_output_that_is_a_terminal(self):
        control, terminal = pty.openpty()
        child = start(OUTPUT, "--report", "json=/dev/stdout", stdout=terminal, stderr=subprocess.PIPE)
        os.close(terminal)
        text = b""
        while True:
            try:
                part = os.read(control, 65536)
            except OSError:
                break
            if not part:
                break
            text += part
        self.assertEqual(child.wait(timeout=LIMIT), 1)
        self.assertEqual(child.stderr.read(), "")
        child.stderr.close()
        os.close(control)
        self.check_json(text.decode())

    def test_standard_output_that_is_appended_to(self):
        got = shell('echo first > out; "$0" --report json=/dev/stdout >> out; echo $? >> out', cwd=self.folder)
        self.assertEqual(got.stderr, "")
        first, *report, code = (self.folder / "out").read_text().splitlines()
        self.assertEqual((first, code), ("first", "1"))
        self.check_json("\n".join(report))

    def test_a_descriptor_of_the_users(self):
        for name in ("/dev/fd/5", "/proc/self/fd/5"):
            with self.subTest(name):
                got = shell(f'echo first > it; "$0" --report json={name} 5>>it; echo last >> it', cwd=self.folder)
                self.assertEqual(got.stderr, "")
                self.assertIn("5 tests", got.stdout)
                first, *report, last = (self.folder / "it").read_text().splitlines()
                self.assertEqual((first, last), ("first", "last"))
                self.check_json("\n".join(report))
                piped = shell(f'{{ "$0" --report json={name} 5>&1 >&3 | cat > it; }} 3>&1', cwd=self.folder)
                self.assertIn("5 tests", piped.stdout)
                self.check_json((self.folder / "it").read_text())
        self.told(run(OUTPUT, "--report", "json=/dev/fd/77"), "cannot write /dev/fd/77: Bad file descriptor")

    def test_standard_error(self):
        got = run(OUTPUT, "--report", "json=/dev/stderr")
        self.assertEqual(got.returncode, 1)
        self.check_json(got.stderr)
        self.assertIn("5 tests", got.stdout)

    def test_closed_standard_output_is_told_by_any_name(self):
        for name in ("-", "/dev/stdout"):
            got = shell(f'"$0" --report json={name} >&-')
            self.assertEqual(got.returncode, 4)
            self.assertIn("Bad file descriptor", got.stderr)
            self.assertEqual(got.stderr.count("\n"), got.stderr.count("cordon: cannot write"))

    # ---- two things for one place ----

    def test_two_things_for_one_place_are_refused_before_the_run(self):
        shutil.copy(OUTPUT, self.folder / "program")
        os.symlink("a", self.folder / "link")
        os.link(self.folder / "program", self.folder / "second name")
        os.mkdir(self.folder / "sub")
        run(OUTPUT, "--record", self.folder / "recording")
        recorded = (self.folder / "recording").read_bytes()
        program = (self.folder / "program").read_bytes()
        goes = "goes there already"
        cases = (
            (["--report", "json=a", "--report", "junit=./a"], "--report 'junit=./a'", f"the report 'json' {goes}"),
            (["--report", "json=a", "--report", "junit=link"], "--report 'junit=link'", f"the report 'json' {goes}"),
            (["--report", "json=link", "--report", "tap=sub/../a"], "--report 'tap=sub/../a'", f"the report 'json' {goes}"),
            (["--report", "json=/dev/stdout", "--report", "tap"], "--report 'tap'", f"the report 'json' {goes}"),
            (["--report", "tap", "--report", "json=/dev/fd/1"], "--report 'json=/dev/fd/1'", f"the report 'tap' {goes}"),
            (["--report", "json=a", "--record", "link"], "--report 'json=a'", f"the recording {goes}"),
            (["--report", "json=a", "--history", "link"], "--report 'json=a'", "the history is there"),
            (["--report", "json=program"], "--report 'json=program'", "it is this program"),
            (["--report", "json=second name"], "--report 'json=second name'", "it is this program"),
            (["--record", "sub/../program"], "--record 'sub/../program'", "it is this program"),
            (["--replay", "recording", "--report", "json=./recording"], "--report 'json=./recording'",
             "it is a recording to read"),
            (["--replay", "recording", "--record", "./recording"], "--record './recording'",
             "it is a recording to read"),
        )
        for given, option, why in cases:
            with self.subTest(given):
                got = run("./program", *given, cwd=self.folder)
                self.told(got, f"{option}: expected another place: {why}", code=2)
                self.assertEqual(got.stdout, "")
        self.assertEqual((self.folder / "recording").read_bytes(), recorded)
        self.assertEqual((self.folder / "program").read_bytes(), program)
        self.assertFalse((self.folder / "a").exists())
        redirected = shell('"$0" --report json=out > out', cwd=self.folder)
        self.told(redirected, "--report 'json=out': expected another place: standard output goes there", code=2)
        ignored = shell('"$0" --report json=/dev/null > /dev/null 2> /dev/null', cwd=self.folder)
        self.assertEqual(ignored.returncode, 1)

    # ---- files ----

    def test_every_format_follows_links_and_keeps_the_files_mode_and_owner(self):
        (self.folder / "real").mkdir()
        given = []
        for name in (*WHOLE, "events", "recording", "history"):
            file = self.folder / "real" / name
            file.write_text("of an earlier run" if name != "history" else "")
            file.chmod(0o640)
            if os.geteuid() == 0:
                os.chown(file, NOBODY, NOBODY + 1)
            os.symlink(f"real/{name}", self.folder / name)
            if name not in ("recording", "history"):
                given += ["--report", f"{name}={self.folder / name}"]
        given += ["--record", self.folder / "recording", "--history", self.folder / "history"]
        got = run(OUTPUT, *given)
        self.assertEqual((got.returncode, got.stderr), (1, ""))
        self.assertEqual(sorted(os.listdir(self.folder / "real")), sorted((*WHOLE, "events", "recording", "history")))
        for name in (*WHOLE, "events", "recording", "history"):
            with self.subTest(name):
                self.assertTrue(os.path.islink(self.folder / name))
                about = os.stat(self.folder / name)
                self.assertEqual(stat.S_IMODE(about.st_mode), 0o640)
                if os.geteuid() == 0:
                    self.assertEqual((about.st_uid, about.st_gid), (NOBODY, NOBODY + 1))
                self.assertNotIn(b"of an earlier run", (self.folder / name).read_bytes())
                self.assertGreater(about.st_size, 100)

    def test_paths_that_can_be_no_files(self):
        os.mkdir(self.folder / "folder")
        os.symlink("b", self.folder / "a")
        os.symlink("a", self.folder / "b")
        listening = socket.socket(socket.AF_UNIX)
        self.addCleanup(listening.close)
        listening.bind(str(self.folder / "socket"))
        cases = {"folder": ": Is a directory", "folder/": ": Is a directory", "new/": ": Is a directory",
                 "a": ": Too many levels of symbolic links", "a/x": ": Too many levels of symbolic links",
                 "socket": ": it is a socket", "x" * 256: ": File name too long", "none/x": ": No such file or directory",
                 "/proc/self/x": ": No such file or directory"}
        for path, why in cases.items():
            for option in (["--report", f"json={path}"], ["--report", f"events={path}"], ["--record", path]):
                with self.subTest(path[:20], option=option[:1]):
                    got = run(OUTPUT, *option, "--report", "tap=good", cwd=self.folder)
                    self.told(got, f"cannot write {path}{why}")
                    self.assertIn("1..5", (self.folder / "good").read_text())
        self.told(run(OUTPUT, "--report", "json=folder\n\033[2J/x", cwd=self.folder),
                  "cannot write folder\\x0a\\x1b[2J/x: No such file or directory")
        self.nothing_else("folder", "a", "b", "socket", "good")

    @unittest.skipUnless(os.geteuid() == 0, "only root can become another user")
    def test_an_ordinary_user_and_permissions(self):
        program = shutil.copy(OUTPUT, self.folder / "program")
        (self.folder / "locked").write_text("kept")
        (self.folder / "open").write_text("of an earlier run, and longer" * 1000)
        os.chmod(self.folder / "locked", 0o644)
        os.chmod(self.folder / "open", 0o666)
        os.chmod(self.folder, 0o755)
        user = dict(user=NOBODY, group=NOBODY, extra_groups=[])
        for report in ("json", "events"):
            for path in ("locked", "new"):
                got = run(program, "--report", f"{report}={path}", cwd=self.folder, **user)
                self.told(got, f"cannot write {path}: Permission denied")
        got = run(program, "--report", "json=open", cwd=self.folder, **user)
        self.assertEqual((got.returncode, got.stderr), (1, ""))
        self.check_json((self.folder / "open").read_text())
        self.assertEqual((self.folder / "locked").read_text(), "kept")
        self.assertEqual(os.stat(self.folder / "open").st_uid, 0)
        self.nothing_else("program", "locked", "open")

    @unittest.skipUnless(mounts(), "only root can mount")
    def test_mounted_files_and_file_systems(self):
        for name in ("bound", "over"):
            (self.folder / name).write_text("of an earlier run")
        (self.folder / "mounted").mkdir()
        got = subprocess.run(["unshare", "-m", "sh", "-c", """
            set -e
            mount --bind bound over
            "$0" --report json=over --history=off || test $? = 1
            mount -t tmpfs -o size=64k none mounted
            echo "of an earlier run" > mounted/old
            head -c 60000 /dev/zero > mounted/much
            "$0" --report html=mounted/old --history=off || test $? = 4
            "$0" --report json=/dev/null --record mounted/old2 --history=off || test $? = 4
            cat mounted/old
            ls -A mounted
            mount -o remount,ro mounted
            "$0" --report html=mounted/old --history=off || test $? = 4
            """, OUTPUT], cwd=self.folder, capture_output=True, text=True, timeout=LIMIT,
            env=clean_environment(NO_COLOR="1"))
        self.assertEqual(got.returncode, 0, got.stdout + got.stderr)
        self.check_json((self.folder / "bound").read_text())
        self.assertEqual((self.folder / "over").read_text(), "of an earlier run")
        self.assertEqual(got.stderr, "cordon: cannot write mounted/old: No space left on device\n"
                                     "cordon: cannot write mounted/old2: No space left on device\n"
                                     "cordon: cannot write mounted/old: Read-only file system\n")
        self.assertIn("of an earlier run\nmuch\nold\nold2\n", got.stdout)
        self.nothing_else("bound", "over", "mounted")

    def test_unfinished_files_have_no_names_that_can_be_guessed(self):
        child = start(HANGING, "hangs", "--timeout", "60s", "--report", "json=report", "--report", "events=begun",
                      cwd=self.folder)
        self.until(lambda: (self.folder / "begun").exists() and (self.folder / "begun").stat().st_size > 0)
        names = set(os.listdir(self.folder)) - {"begun"}
        child.send_signal(signal.SIGTERM)
        self.assertEqual(child.wait(timeout=LIMIT), 128 + signal.SIGTERM)
        child.communicate()
        for name in names:
            self.assertRegex(name, r"^\.cordon-[0-9a-f]{32}\.tmp$")
        if NATIVE:
            self.assertLessEqual(len(names), 0)  # not even one that SIGKILL could leave
        self.nothing_else("begun", "report")

    def test_a_folder_that_is_made_anew_while_tests_run_has_the_report(self):
        (self.folder / "out").mkdir()
        child = start(OUTPUT, "--report", "json=out/report", "--report", "events=begun", cwd=self.folder)
        self.until(lambda: (self.folder / "begun").exists() and (self.folder / "begun").stat().st_size > 0)
        shutil.rmtree(self.folder / "out")
        (self.folder / "out").mkdir()
        _, errors = child.communicate(timeout=LIMIT)
        self.assertEqual((child.returncode, errors), (1, ""))
        self.check_json((self.folder / "out/report").read_text())
        self.assertEqual(os.listdir(self.folder / "out"), ["report"])

    def test_the_step_summary_and_the_shard_status_are_written_like_reports(self):
        summary = self.folder / "summary"
        summary.write_text("before\n")
        os.symlink("summary", self.folder / "link")
        got = run(OUTPUT, "--report", "github", env={"GITHUB_STEP_SUMMARY": str(self.folder / "link")})
        self.assertEqual((got.returncode, got.stderr), (1, ""))
        self.assertTrue(summary.read_text().startswith("before\n"))
        self.assertGreater(len(summary.read_text()), 50)
        got = run(OUTPUT, "--report", "github", env={"GITHUB_STEP_SUMMARY": str(self.folder)})
        self.assertEqual((got.returncode, got.stderr), (4, f"cordon: cannot write {self.folder}: Is a directory\n"))
        shard = {"TEST_TOTAL_SHARDS": "1", "TEST_SHARD_INDEX": "0", "TEST_SHARD_STATUS_FILE": str(self.folder / "status")}
        self.assertEqual(run(OUTPUT, "--shard", "auto", env=shard).returncode, 1)
        self.assertTrue((self.folder / "status").exists())
        shard["TEST_SHARD_STATUS_FILE"] = str(self.folder)
        got = run(OUTPUT, "--shard", "auto", env=shard)
        self.told(got, f"write {self.folder}: Is a directory", code=2)

    # ---- limits and full disks ----

    def test_the_limit_on_the_size_of_files_is_told_as_a_full_disk(self):
        program = shutil.copy(OUTPUT, self.folder / "program")
        for mode in (*MODES, "none"):
            for size in (0, 100):
                for option in (["--report", "json=it"], ["--report", "events=it"], ["--record", "it"],
                               ["--report", "html=it"]):
                    with self.subTest(mode, size=size, option=option):
                        (self.folder / "it").write_text("of an earlier run")
                        got = run(program, *option, "--isolate", mode, cwd=self.folder, preexec_fn=limited(size))
                        told = [line for line in got.stderr.splitlines() if not line.startswith("complained by")]
                        self.assertEqual((got.returncode, told), (4, ["cordon: cannot write it: File too large"]))
                        self.assertIn("5 tests: 3 passed, 2 failed", got.stdout)
                        if option[-1] in ("json=it", "html=it"):
                            self.assertEqual((self.folder / "it").read_text(), "of an earlier run")
                        self.nothing_else("program", "it")

    def test_standard_output_over_the_limit(self):
        for size in (0, 100):
            with open(self.folder / "out", "w") as out:
                got = run(OUTPUT, "--report", f"json={os.devnull}", stdout=out, preexec_fn=limited(size))
            self.assertEqual((got.returncode, got.stderr),
                             (4, "cordon: cannot write to standard output: File too large\n"))
            self.assertEqual((self.folder / "out").stat().st_size, size)

    def test_what_is_printed_instead_of_a_run_is_told_as_missing_too(self):
        for option in ("--help", "--version", "--list", "--list=json"):
            for where, why in ((">/dev/full", "No space left on device"), (">&-", "Bad file descriptor")):
                with self.subTest(option, where=where):
                    got = shell(f'"$0" {option} {where}')
                    self.assertEqual((got.returncode, got.stderr),
                                     (4, f"cordon: cannot write to standard output: {why}\n"))

    def test_a_device_without_anything_behind_it_is_an_error_at_once(self):
        got = run(OUTPUT, "--report", "json=/dev/tty", start_new_session=True)
        self.told(got, "cannot write /dev/tty: No such device or address")

    def test_the_history_over_the_limit_stays_as_it_was(self):
        history = self.folder / "history"
        run(OUTPUT, "--history", history)
        before = history.read_bytes()
        self.assertGreater(len(before), 20)
        got = run(OUTPUT, "--history", history, preexec_fn=limited(len(before) + 10))
        self.assertEqual((got.returncode, got.stderr), (1, f"cordon: cannot write {history}: File too large\n"))
        self.assertEqual(history.read_bytes(), before)
        self.nothing_else("history")

    def test_tests_meet_the_limit_as_without_cordon(self):
        for mode in MODES:
            with self.subTest(mode):
                got = run(MANY, "t000", "--isolate", mode, env={"LOG": str(self.folder / "log")}, preexec_fn=limited(0))
                self.assertEqual((got.returncode, got.stderr), (1, ""))
                self.assertIn("SIGXFSZ", got.stdout)

    # ---- pipes ----

    def until(self, condition):
        end = time.monotonic() + LIMIT
        while not condition():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.005)

    def pipe(self, name="pipe"):
        os.mkfifo(self.folder / name)
        return self.folder / name

    def test_a_pipe_that_nobody_reads(self):
        pipe = self.pipe()
        line = f"cannot write {pipe}: nobody reads this pipe"
        shard = {"TEST_TOTAL_SHARDS": "1", "TEST_SHARD_INDEX": "0", "TEST_SHARD_STATUS_FILE": str(pipe)}
        with concurrent.futures.ThreadPoolExecutor() as pool:
            for got, code in [(pool.submit(run, OUTPUT, *given, env=env), code) for given, env, code in (
                    (["--report", f"json={pipe}"], None, 4), (["--record", pipe], None, 4),
                    (["--report", f"events={pipe}"], None, 4), (["--shard", "auto"], shard, 2))]:
                if code == 2:
                    self.told(got.result(), line.replace("cannot ", ""), code)
                else:
                    self.told(got.result(), line)
            hurried = pool.submit(run, OUTPUT, "--report", f"json={pipe}", "--global-timeout", "100ms").result()
        self.assertIn(line, hurried.stderr)
        self.assertTrue(stat.S_ISFIFO(os.lstat(pipe).st_mode))

    def test_waiting_for_a_reader_can_be_cancelled(self):
        pipe = self.pipe()
        for number in (signal.SIGINT, signal.SIGTERM):
            child = start(HANGING, "hangs", "--report", f"events={self.folder / 'begun'}", "--report", f"json={pipe}")
            self.until(lambda: (self.folder / "begun").exists())
            child.send_signal(number)
            _, errors = child.communicate(timeout=LIMIT)
            self.assertEqual(child.returncode, 128 + number)
            self.assertIn("nobody reads this pipe", errors)
            os.unlink(self.folder / "begun")

    def test_a_reader_that_comes_later_gets_all(self):
        pipe = self.pipe()
        child = start(OUTPUT, "--report", f"events={self.folder / 'begun'}", "--report", f"json={pipe}")
        self.until(lambda: (self.folder / "begun").exists())
        text = pipe.read_text()
        self.assertEqual(child.wait(timeout=LIMIT), 1)
        self.assertEqual(child.communicate()[1], "")
        self.check_json(text)

    def test_a_reader_that_goes_away(self):
        pipe = self.pipe()
        for report in ("json", "events"):
            opened = threading.Thread(target=lambda: os.close(os.open(pipe, os.O_RDONLY)))
            opened.start()
            got = run(OUTPUT, "--report", f"{report}={pipe}")
            opened.join()
            self.told(got, f"cannot write {pipe}: Broken pipe")

    def test_a_reader_that_stops_reading_can_be_left(self):
        pipe = self.pipe()
        for given, number in (([], signal.SIGTERM), (["--global-timeout", "1s"], 0)):
            with self.subTest(number):
                begun = self.folder / "begun"
                child = start(MANY, "--report", f"events={begun}", "--report", f"json={pipe}", *given)
                reading = os.open(pipe, os.O_RDONLY)
                self.until(lambda: begun.exists() and begun.stat().st_size)
                time.sleep(0.3)  # mostly it is full then; if not, the signal ends the tests, and the report is as long
                if number:
                    child.send_signal(number)
                out, errors = child.communicate(timeout=LIMIT)
                os.close(reading)
                self.assertEqual(errors, f"cordon: cannot write {pipe}: nobody reads what is written there\n")
                self.assertIn("1,000 tests", out)
                self.assertIn(child.returncode, (4, 128 + number))
                begun.unlink()

    def test_standard_output_that_nobody_reads_can_be_left(self):
        for given, signals in (([], [signal.SIGTERM]), ([], [signal.SIGINT, signal.SIGINT]),
                               (["--global-timeout", "1s"], [])):
            with self.subTest(signals):
                log = self.folder / "log"
                reading, writing = os.pipe()
                child = start(MANY, "--report", "json", *given, stdout=writing, env={"LOG": str(log)})
                os.close(writing)
                self.until(lambda: log.exists() and log.stat().st_size)
                for number in signals:
                    time.sleep(0.3)
                    if child.poll() is None:
                        child.send_signal(number)
                _, errors = child.communicate(timeout=LIMIT)
                os.close(reading)
                self.assertIn("cannot write to standard output: nobody reads what is written there", errors)
                self.assertIn(child.returncode, (4, *(128 + number for number in signals)))
                log.unlink()


if __name__ == "__main__":
    unittest.main()
