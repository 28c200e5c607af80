"""Rebuilds a program under --watch, as a linker would and worse."""

import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
WAITING = "waiting for a change"
PATIENCE = 60  # seconds for whatever should happen


class Watch:
    """A copy of a child under --watch, and what it has printed so far."""

    def __init__(self, folder, child, *arguments, **environment):
        self.program = pathlib.Path(folder) / "program"
        shutil.copy(CHILDREN / child, self.program)
        variables = {name: value for name, value in os.environ.items() if not name.startswith("CORDON_")}
        variables.update(environment, XDG_STATE_HOME=folder, XDG_CACHE_HOME=folder)
        self.process = subprocess.Popen([self.program, "--watch", "--color", "never", *arguments], env=variables, cwd=folder,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.text = ""
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        while data := os.read(self.process.stdout.fileno(), 65536):
            self.text += data.decode("utf-8", "replace")

    def until(self, part, count=1):
        end = time.monotonic() + PATIENCE
        while self.text.count(part) < count:
            if time.monotonic() > end or (self.process.poll() is not None and not self.reader.is_alive()):
                raise AssertionError(f"not {count} times {part!r}:\n{self.text}")
            time.sleep(0.02)

    def replace(self, data):
        """Gives the program's name to another file, in one step."""
        other = self.program.with_name("other")
        other.write_bytes(data)
        other.chmod(0o755)
        other.rename(self.program)

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.reader.join()
            self.process.stdout.close()
        return code


class WatchTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def watch(self, child, *arguments, **environment):
        made = Watch(self.folder, child, *arguments, **environment)
        self.addCleanup(lambda: made.process.poll() is None and made.end(signal.SIGKILL))
        return made

    def test_a_rebuilt_program_is_run_again(self):
        watch = self.watch("output")
        watch.until(WAITING)
        self.assertIn("5 tests: 3 passed, 2 failed", watch.text)
        watch.replace((CHILDREN / "subcases").read_bytes())
        watch.until(WAITING, 2)
        second = watch.text.split(WAITING)[1]
        self.assertNotIn(" 5 tests", second)
        self.assertIn("failed", second)
        self.assertEqual(watch.end(), 0)

    def test_a_program_that_is_half_written_is_waited_for(self):
        watch = self.watch("output")
        watch.until(WAITING)
        whole = (CHILDREN / "output").read_bytes()
        watch.program.unlink()
        with open(watch.program, "wb") as file:
            os.chmod(watch.program, 0o755)
            file.write(whole[:len(whole) // 3])
            file.flush()
            watch.until("cannot be executed now")
            self.assertEqual(watch.text.count(WAITING), 1)
            file.write(whole[len(whole) // 3:])
        watch.until(WAITING, 2)
        self.assertEqual(watch.text.count("5 tests: 3 passed, 2 failed"), 2)
        self.assertEqual(watch.end(), 0)

    def test_what_failed_comes_first(self):
        watch = self.watch("many", "-j1", "t50", "t51", DO="fail", EVERY="515")
        watch.until(WAITING)
        os.utime(watch.program)
        watch.until(WAITING, 2)
        first, second = watch.text.split(WAITING)[:2]
        self.assertLess(first.index("t500"), first.index("t515"))
        self.assertLess(second.index("t515"), second.index("t500"))
        self.assertEqual(watch.end(signal.SIGTERM), 0)

    def test_a_change_ends_the_run_that_is_on_its_way(self):
        watch = self.watch("many", "-j1", "--grace", "100ms", "t50", "t51", DO="sleep")
        watch.until("t500")
        watch.replace((CHILDREN / "output").read_bytes())
        watch.until("no test was selected")
        watch.until(WAITING)
        self.assertNotIn("t519", watch.text)
        self.assertEqual(watch.end(), 0)

    def test_data_count_where_they_are_named(self):
        data = pathlib.Path(self.folder) / "data/deep"
        data.mkdir(parents=True)
        watch = self.watch("output", "--watch-path", "data")
        watch.until(WAITING)
        (data / "new").write_text("1")
        watch.until(WAITING, 2)
        (data / "new").write_text("other")
        watch.until(WAITING, 3)
        (data / "new").unlink()
        watch.until(WAITING, 4)
        (data.parent / ".hidden").write_text("does not count")
        time.sleep(1)
        self.assertEqual(watch.end(), 0)
        self.assertEqual(watch.text.count(WAITING), 4)

    def test_a_signal_during_a_run_ends_both(self):
        watch = self.watch("many", "-j1", "--grace", "100ms", DO="sleep")
        watch.until("t005")
        self.assertEqual(watch.end(signal.SIGTERM), 128 + signal.SIGTERM)
        self.assertIn("cancelled by SIGTERM", watch.text)

    def test_tests_do_not_see_that_they_are_watched(self):
        watch = self.watch("environment", "given/*", "--show-output", "all")
        watch.until(WAITING)
        self.assertNotIn("CORDON_WATCH", watch.text)
        self.assertNotIn("CORDON_ORDER", watch.text)
        watch.end()


if __name__ == "__main__":
    unittest.main()
