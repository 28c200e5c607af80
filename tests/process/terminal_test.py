"""Runs a child on a pseudo-terminal and looks at what a person would see, frame by frame."""

import errno
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
import unicodedata
import unittest

CHILD = pathlib.Path(os.environ["CORDON_CHILD_DIR"]) / "terminals"
ESCAPE = re.compile(r"\x1b\[(\??[0-9;]*)([A-Za-z])")
BAR = re.compile(r"[\u2501\u2500]{3}")
REST = 0.03  # seconds without a byte: a frame is complete


def width_of(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Screen:
    """As much of a terminal as cordon uses, with all that has been scrolled out."""

    def __init__(self, columns):
        self.columns = columns
        self.rows = [[]]
        self.row = self.column = 0
        self.escapes = set()
        self.wrapped = []  # rows that were too long, as far as they were

    def feed(self, text):
        at = 0
        while at < len(text):
            match = ESCAPE.match(text, at)
            if match:
                self.escape(match.group(1), match.group(2))
                at = match.end()
                continue
            self.put(text[at])
            at += 1

    def put(self, character):
        if character == "\r":
            self.column = 0
        elif character == "\n":
            self.row += 1
            while len(self.rows) <= self.row:
                self.rows.append([])
        elif character < " " or character == "\x7f":
            raise AssertionError(f"control {character!r} on the terminal")
        else:
            self.write(character)

    def write(self, character):
        width = width_of(character)
        if self.column + width > self.columns:
            self.wrapped.append(self.text(self.row))
            self.put("\r")
            self.put("\n")
        cells = self.rows[self.row]
        cells += [" "] * (self.column - len(cells))
        cells[self.column:self.column + width] = [character] + [""] * (width - 1)
        self.column += width

    def escape(self, numbers, letter):
        self.escapes.add(letter)
        if letter == "A":
            self.row -= int(numbers or 1)
            assert self.row >= 0, "the cursor went above the first row"
        elif letter == "J":
            assert numbers in ("", "0")
            del self.rows[self.row][self.column:]
            del self.rows[self.row + 1:]
        elif letter == "K":
            assert numbers in ("", "0")
            del self.rows[self.row][self.column:]
        elif letter != "m":
            raise AssertionError(f"an escape that cordon has no use for: {numbers}{letter}")

    def text(self, row):
        return "".join(self.rows[row]).rstrip()

    def lines(self):
        return [self.text(row) for row in range(len(self.rows))]

    def live_rows(self):
        """The bar and what stands below it."""
        lines = self.lines()
        bars = [at for at, line in enumerate(lines) if BAR.search(line)]
        assert len(bars) <= 1, f"{len(bars)} bars at once: {lines}"
        return lines[bars[0]:] if bars else []


class Run:
    """The child on a terminal; `frames` are the screens at rest, with what was written to get there."""

    def __init__(self, arguments, columns=80, on_rest=None, **environment):
        self.screen = Screen(columns)
        self.stream = ""
        self.frames = []
        child, self.terminal = pty.fork()
        if child == 0:
            self.become_child(arguments, columns, environment)
        self.child = child
        self.modes_before = termios.tcgetattr(self.terminal)
        try:
            self.follow(on_rest)
        finally:
            self.modes_after = termios.tcgetattr(self.terminal)
            os.close(self.terminal)
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    @staticmethod
    def become_child(arguments, columns, environment):
        try:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
            variables = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "LC_ALL")}
            variables.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
            variables.update(environment)
            os.execve(CHILD, [str(CHILD), *arguments], variables)
        finally:
            os._exit(126)

    def resize(self, columns):
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))
        self.screen.columns = columns

    def follow(self, on_rest):
        end = time.monotonic() + 120
        pending = b""
        written = ""
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], REST)[0]:
                try:
                    got = os.read(self.terminal, 65536)
                except OSError as error:
                    if error.errno == errno.EIO:
                        return
                    raise
                if not got:
                    return
                pending += got
                text = pending.decode("utf-8", "ignore") if self.is_whole(pending) else ""
                if text:
                    pending = b""
                    written += text
                    self.stream += text
                    self.screen.feed(text)
            elif written:
                self.frames.append((self.screen.lines(), self.screen.live_rows(), written))
                written = ""
                if on_rest:
                    on_rest(self)
        os.kill(self.child, signal.SIGKILL)
        raise AssertionError("no end within 120 s")

    @staticmethod
    def is_whole(data):
        try:
            return not re.search(r"\x1b(\[[0-9;?]*)?$", data.decode("utf-8"))
        except UnicodeDecodeError:
            return False


class TerminalTest(unittest.TestCase):
    def watched(self, columns, *more, **environment):
        return Run(["-j2", "watched", *more], columns, PACE="700", **environment)

    def check_frames(self, run):
        """What holds for any run with a bar."""
        self.assertLessEqual(run.screen.escapes, set("AJKm"))
        for line in run.screen.wrapped:
            self.assertNotRegex(line, BAR)
        before = []
        seen = 0
        for lines, live, written in run.frames[1:-1]:
            self.assertTrue(live, f"the bar has gone: {lines}")
            seen += 1
            for row in live:
                self.assertLess(sum(map(width_of, row)), run.screen.columns, row)
            # Rows that stay are written over, not taken away first.
            if "\x1b[J" in written and len(live) >= len(before):
                self.assertIn("\n", re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", written).strip("\r\n"), repr(written))
            before = live
        self.assertGreater(seen, 1)
        last = "\n".join(run.screen.lines())
        self.assertNotRegex(last, BAR)
        self.assertEqual(run.screen.column, 0)

    def test_the_bar_fits_narrow_and_wide_terminals(self):
        for columns in (40, 80, 200):
            with self.subTest(columns=columns):
                run = self.watched(columns)
                self.assertEqual(run.exit_code, 1)
                self.check_frames(run)
                rows = [row for _, live, _ in run.frames for row in live]
                self.assertTrue(any(re.search(r"\d/6", row) for row in rows), rows)
                self.assertTrue(any(re.search(r"0\.\d s  watched", row) for row in rows), rows)
                # A name that does not fit ends in an ellipsis; one of wide characters is cut between them.
                long_one = [row for row in rows if "one with a name" in row]
                self.assertTrue(long_one)
                for row in long_one:
                    self.assertTrue(row.endswith("\u2026") or row.endswith("wide"), row)
                self.assertTrue(any("\u65e5\u672c" in row for row in rows))

    def test_failures_come_above_the_bar_as_they_happen(self):
        run = self.watched(80)
        at = next(i for i, (lines, _, _) in enumerate(run.frames) if any("CHECK(1 == 2)" in line for line in lines))
        lines, live, _ = run.frames[at]
        self.assertTrue(live)
        self.assertLess(next(i for i, line in enumerate(lines) if "CHECK(1 == 2)" in line), len(lines) - len(live))
        self.assertTrue(any("1 failed" in row for row in live), live)
        self.assertLess(at, len(run.frames) - 1)

    def test_what_a_test_prints_does_not_reach_the_terminal_raw(self):
        run = self.watched(100)
        self.check_frames(run)
        for part in ("\x1b[2J", "\x1b[H", "\x1b[5A\r", "\x1b[?25l"):
            self.assertNotIn(part, run.stream)
        self.assertTrue(any("over everything" in line for line in run.screen.lines()))

    def test_it_follows_a_terminal_that_changes_its_size(self):
        sizes = [140, 50, 90]

        def change(run):
            if sizes and len(run.frames) % 4 == 0:
                run.resize(sizes.pop(0))

        run = Run(["-j1", "watched"], 100, change, PACE="500")
        self.assertEqual(sizes, [])
        widths = [max(sum(map(width_of, row)) for row in live) for _, live, _ in run.frames if live]
        # The frame that was on its way when the size changed may still be the old one.
        self.assertTrue(any(width < 50 for width in widths), widths)
        self.assertTrue(any(width >= 50 for width in widths), widths)
        self.assertNotRegex("\n".join(run.screen.lines()[-12:]), BAR)

    def test_without_colour_the_words_are_the_same(self):
        plain = self.watched(80, NO_COLOR="1")
        self.check_frames(plain)
        self.assertNotIn("m", plain.screen.escapes)
        self.assertTrue(any("CHECK(1 == 2)" in line for line in plain.screen.lines()))
        never = self.watched(80, "--color", "never")
        self.assertNotIn("m", never.screen.escapes)
        self.assertIn("m", self.watched(80).screen.escapes)

    def test_a_dumb_terminal_gets_plain_lines(self):
        run = self.watched(80, TERM="dumb")
        self.assertNotIn("\x1b", run.stream)
        self.assertNotRegex(run.stream, BAR)
        self.assertTrue(any("another" in line and "pass" in line for line in run.screen.lines()))

    def test_an_interrupt_takes_the_bar_away(self):
        def interrupt(run):
            if len(run.frames) == 4:
                os.kill(run.child, signal.SIGINT)

        run = Run(["-j2", "--grace", "100ms", "watched"], 80, interrupt, PACE="20000")
        self.assertEqual(run.exit_code, 130)
        self.check_frames(run)
        self.assertTrue(any("SIGINT" in line for line in run.screen.lines()), run.screen.lines())

    def test_an_interrupt_names_what_runs_and_how_to_kill_it(self):
        def interrupt(run):
            if len(run.frames) == 4:
                os.write(run.terminal, b"\x03")

        for columns in (100, 60, 40):
            run = Run(["-j2", "--grace", "100ms", "another"], columns, interrupt, PACE="20000")
            self.assertEqual(run.exit_code, 130)
            text = " ".join(line.strip() for line in run.screen.lines())
            self.assertRegex(text, "cancelled by SIGINT; still running: 'watched/(another|and another)', 'watched/(another|and another)'; "
                                   "press Ctrl-C again to kill them at once")
            # The terminal itself puts "^C" behind the bar.
            self.assertEqual([row for row in run.screen.wrapped if not row.endswith("^")], [])

    def test_lines_are_broken_between_words(self):
        for columns in (80, 60, 40):
            run = Run(["--slowest=0", "watched/moves the cursor", "says what it prints to"], columns)
            # What the test printed, and the command, which a shell takes as it stands.
            rows = [row for row in run.screen.wrapped if "\u2502" not in row]
            command = next((i for i, row in enumerate(rows) if row.startswith(("    ./", "    /"))), len(rows))
            # A word, such as a path, may be longer than a line.
            rows = [row for row in rows[:command] if " " in row.strip()]
            self.assertEqual(rows, [], columns)
            text = " ".join(line.strip() for line in run.screen.lines())
            self.assertIn("1 of 1 assertion failed", text)

    def test_tests_are_told_whether_colours_are_wanted(self):
        def output_of(*arguments, **environment):
            return "\n".join(Run(["says what", *arguments], 91, **environment).screen.lines())

        self.assertIn("FORCE_COLOR=1", output_of())
        self.assertIn("NO_COLOR=(unset)", output_of())
        self.assertIn("NO_COLOR=1", output_of("--color", "never"))
        self.assertIn("FORCE_COLOR=(unset)", output_of("--color", "never"))
        self.assertIn("NO_COLOR=1", output_of(TERM="dumb"))
        self.assertIn("NO_COLOR=yes", output_of(NO_COLOR="yes"))
        self.assertIn("FORCE_COLOR=3", output_of("--env", "FORCE_COLOR=3"))

    def test_a_terminal_that_a_test_has_changed_is_put_back(self):
        for mode in ("fork", "exec", "shard"):
            run = Run(["-j1", "--isolate", mode, "-f", "name(*the terminal)"], 91)
            text = " ".join(" ".join(run.screen.lines()).split())
            self.assertEqual(run.exit_code, 0, text)
            self.assertEqual(run.modes_before, run.modes_after)
            self.assertIn("the terminal's modes were changed while \"changes the terminal\" ran", text)
            self.assertEqual(run.stream.count("the terminal's modes were changed"), 1)

    def test_tty_gives_tests_a_terminal_as_large_as_the_users(self):
        for mode in ("fork", "exec", "shard"):
            run = Run(["says what", "--tty", "--isolate", mode], 91)
            text = "\n".join(run.screen.lines())
            self.assertIn("stdout 1, stderr 1, 91 by 30", text)
            self.assertIn("to standard error", text)
        self.assertIn("stdout 0, stderr 0, 0 by 0", "\n".join(Run(["says what"], 91).screen.lines()))

    def test_a_test_that_the_terminal_stops_is_told_from_a_slow_one(self):
        for mode in ("fork", "exec", "shard"):
            run = Run(["-j2", "--isolate", mode, "--timeout", "400ms", "-f", "suite(stopped)"], 200)
            text = " ".join(" ".join(run.screen.lines()).split())
            self.assertEqual(run.exit_code, 1, text)
            self.assertIn("stopped by SIGTTIN (terminal input in the background)", text)
            self.assertIn("stopped by SIGTTOU (terminal output in the background)", text)
            self.assertIn("--tty gives each one its own", text)
        # With it the test has no terminal but its own: it is refused the other one, and goes on.
        for mode in ("fork", "exec", "shard"):
            run = Run(["-j2", "--isolate", mode, "--tty", "--timeout", "60", "-f", "suite(stopped)"], 200)
            text = " ".join(" ".join(run.screen.lines()).split())
            self.assertEqual(run.exit_code, 1, text)
            self.assertNotIn("SIGTT", text)
            self.assertEqual(text.count("1 of 1 assertion failed"), 2, text)


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")
    unittest.main()
