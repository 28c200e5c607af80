"""What a recording gives again: every report of the run, byte for byte, on the same terminal."""

import fcntl
import os
import pathlib
import pty
import signal
import struct
import subprocess
import tempfile
import termios
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
FORMATS = ("console", "json", "events", "junit", "tap", "github", "teamcity", "ctrf", "trace", "html")


def on_terminal(columns, command, environment, interrupt_at=None):
    """The exit code, and what the program wrote to a terminal of so many columns."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    text = b""
    try:
        while data := os.read(ours, 65536):
            text += data
            if interrupt_at is not None and interrupt_at in text:
                process.send_signal(signal.SIGINT)
                interrupt_at = None
    except OSError:
        pass  # how Linux says that the other end has gone
    os.close(ours)
    return process.wait(), text


class ReplaysTest(unittest.TestCase):
    def check(self, child, *options, style=("--color=never",), columns=80, interrupt_at=None):
        with tempfile.TemporaryDirectory() as folder, self.subTest(child, options=options, style=style):
            def write(name, program, *more):
                environment = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
                environment.update(CORDON_HISTORY="off", TERM="xterm", GITHUB_STEP_SUMMARY=f"{folder}/{name}.summary")
                reports = [f"--report={each}={folder}/{name}.{each}" for each in FORMATS]
                return on_terminal(columns, [CHILDREN / program, *reports, "--report=console", "--progress=lines", *style,
                                             *more], environment, interrupt_at if name == "live" else None)

            live = write("live", child, "--record", f"{folder}/recording", *options)
            again = write("again", "empty", "--replay", f"{folder}/recording")
            self.assertEqual(live[0], again[0])
            self.assertEqual(live[1].decode(), again[1].decode())
            for each in (*FORMATS, "summary"):
                self.assertEqual(*(pathlib.Path(f"{folder}/{name}.{each}").read_bytes() for name in ("live", "again")), each)

    def test_of_hostile_texts_and_every_verdict(self):
        self.check("formats", "-x", "long lines", "--retry-on=all", style=("--color=always", "--show-output=all"), columns=200)
        self.check("formats", "-x", "long lines", style=("--color=never", "-v"), columns=40)
        self.check("hostile", style=("--color=always", "--show-output=all"), columns=40)

    def test_of_crashes_leaks_and_setups_that_fail(self):
        self.check("stacks", columns=200)
        # The daemon would outlive a run of the portable engine.
        self.check("leftovers", "-x", "a daemon", "--leaks=fail", "--timeout=2s", "--grace=100ms")
        self.check("setup_troubles", "-x", "hang", "-x", "thread")

    def test_of_retries_and_repeated_runs(self):
        self.check("decorators", "--retries=2", style=("--color=always",))
        self.check("formats", "--flake-detect=4", "flaky", "fails every time", "passes")

    def test_of_every_isolation_and_of_parts(self):
        self.check("output", "--isolate=exec", style=("--color=never", "-q"))
        self.check("output", "--isolate=shard")
        self.check("output", "--shard=1/2", "--order=random")
        self.check("output", "--show-output=live", style=("--color=never", "--show-output=live"))

    def test_of_runs_that_were_stopped(self):
        self.check("output", "--fail-fast", "-j1")
        self.check("many", "-j1", "--env=DO=sleep", "--grace=100ms", interrupt_at=b"t005")


if __name__ == "__main__":
    unittest.main()
