"""What a shell has to do with: files of arguments (@FILE) and completion with the Tab key, in the real shells."""

import os
import pathlib
import pty
import select
import shutil
import subprocess
import tempfile
import time
import unittest

CHILDREN = pathlib.Path(os.environ["CORDON_CHILD_DIR"])
PROGRAM = str(CHILDREN / "selection")
LIMIT = 60
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("CORDON_")}
ENVIRONMENT["CORDON_HISTORY"] = "off"


def run(*command, **more):
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          timeout=LIMIT, env=ENVIRONMENT, check=False, **more)


def needs(shell):
    return unittest.skipIf(shutil.which(shell) is None, f"{shell} is not installed")


class ResponseFilesTest(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

    def listed(self, *arguments):
        got = run(PROGRAM, "--list", *arguments, cwd=self.folder)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return got.stdout.splitlines()

    def refused(self, *arguments):
        got = run(PROGRAM, "--list", *arguments, cwd=self.folder)
        self.assertEqual((got.returncode, got.stdout, got.stderr.count("\n")), (2, "", 1))
        return got.stderr

    def test_a_line_is_an_argument(self):
        self.write("a", "# a comment\n\none, two\n-f\nall()\n--exclude=math\r\n=f(x) is odd\n\"alone\"\n--seed\n7")
        self.assertEqual(self.listed("@a"), ["alone", "f(x) is odd", "one, two"])
        self.write("empty", "")
        self.assertEqual(self.listed("@empty", "alone"), ["alone"])

    def test_quotes(self):
        self.write("a", '--exclude\n"#\\"\\\\\\n\\t"\n-x\n"@a"\nalone\n')
        got = run(PROGRAM, "--list", "@a", cwd=self.folder)
        self.assertEqual((got.returncode, got.stdout), (0, "alone\n"))
        self.assertIn("--exclude '@a' matches no test", got.stderr)
        for wrong in ('"open', '"', '"a" b', '"a\\x"', '"a\\"', '"a"b"'):
            self.write("a", f"alone\n{wrong}\n")
            self.assertIn("'@a': line 2: expected text in double quotes", self.refused("@a"))

    def test_files_name_files_beside_them(self):
        self.write("deep/a", "@b\n@../c\n")
        self.write("deep/b", "alone\n")
        self.write("c", "one\n")
        self.assertEqual(self.listed("@deep/a"), ["alone", "one, two"])
        self.assertEqual(self.listed(f"@{self.folder}/deep/a"), ["alone", "one, two"])

    def test_after_two_dashes_it_is_a_pattern(self):
        self.write("a", "--\n--looks like an option\n@none\n")
        got = run(PROGRAM, "--list", "@a", "@none", cwd=self.folder)
        self.assertEqual((got.returncode, got.stdout), (0, "--looks like an option\n"))

    def test_mistakes(self):
        self.assertIn("'@none': there is no such file", self.refused("@none"))
        self.assertIn("'@.'", self.refused("@."))
        self.write("again", "@again\n")
        self.assertIn("it names itself", self.refused("@again"))
        self.write("outer", "@inner\n")
        self.assertIn("'@inner': there is no such file", self.refused("@outer"))
        self.write("zero", b"a\n\0b\n")
        self.assertIn("line 2 has a zero byte", self.refused("@zero"))
        self.write("option", "--fliter\n")
        self.assertIn("unknown option '--fliter'", self.refused("@option"))
        os.mkfifo(self.folder / "pipe")
        self.assertIn("'@pipe'", self.refused("@pipe"))


class CompletionTest(unittest.TestCase):
    def test_unknown_shells(self):
        got = run(PROGRAM, "--completion=tcsh")
        self.assertEqual((got.returncode, got.stdout), (2, ""))
        self.assertIn("expected bash, zsh or fish", got.stderr)

    def in_bash(self, *words):
        script = (f'eval "$("{PROGRAM}" --completion=bash)"; complete -p selection >/dev/null || exit 9; compopt() {{ :; }};'
                  'COMP_WORDS=("$0" "$@"); COMP_CWORD=$#; _cordon "$0" "${COMP_WORDS[COMP_CWORD]}"'
                  ' "${COMP_WORDS[COMP_CWORD-1]}"; printf "%s\\n" "${COMPREPLY[@]}"')
        got = run("bash", "--norc", "-c", script, PROGRAM, *words)
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return sorted(got.stdout.splitlines())

    @needs("bash")
    def test_bash(self):
        self.assertEqual(self.in_bash("--ord"), ["--order"])
        self.assertEqual(self.in_bash("--order", "=", "r"), ["random"])
        self.assertEqual(self.in_bash("--order", "="), ["declared", "failed", "given", "name", "random", "slowest"])
        self.assertEqual(self.in_bash("--order", "r"), ["random"])
        self.assertEqual(self.in_bash("--report", "ju"), ["junit"])
        self.assertEqual(self.in_bash("one"), ["one\\,\\ two"])
        self.assertEqual(self.in_bash("one\\,\\ t"), ["one\\,\\ two"])
        self.assertEqual(self.in_bash("-q", "math/d"), ["math/deep/adds", "math/deep/digs"])
        self.assertNotIn("--looks\\ like\\ an\\ option", self.in_bash(""))

    def in_fish(self, line):
        got = run("fish", "--no-config", "-c", f"'{PROGRAM}' --completion=fish | source; complete -C '{PROGRAM} {line}'")
        self.assertEqual((got.returncode, got.stderr), (0, ""))
        return [each.split("\t")[0] for each in got.stdout.splitlines()]

    @needs("fish")
    def test_fish(self):
        self.assertEqual(self.in_fish("--ord"), ["--order"])
        self.assertEqual(self.in_fish("--order r"), ["random"])
        self.assertIn("--order=random", self.in_fish("--order=r"))
        self.assertEqual(self.in_fish("one"), ["one, two"])
        self.assertEqual(self.in_fish("math/d"), ["math/deep/adds", "math/deep/digs"])

    def in_zsh(self, typed, wanted):
        """Types in a terminal until the line shows what is wanted."""
        child, terminal = pty.fork()
        if child == 0:
            os.environ.update({"TERM": "dumb", "CORDON_HISTORY": "off"})
            os.execvp("zsh", ["zsh", "-f", "-i"])
        said = ""
        try:
            os.write(terminal, f"PS1=; unsetopt prompt_sp; autoload -Uz compinit; compinit -u -D; "
                               f"eval \"$('{PROGRAM}' --completion=zsh)\"; echo rea''dy\n".encode())
            sent = False
            until = time.monotonic() + LIMIT
            while time.monotonic() < until and wanted not in said:
                if select.select([terminal], [], [], 0.1)[0]:
                    said += os.read(terminal, 65536).decode(errors="replace")
                if not sent and "\nready" in said:
                    sent, said = True, ""
                    os.write(terminal, f"{PROGRAM} {typed}\t".encode())
        finally:
            os.close(terminal)
            os.waitpid(child, 0)
        self.assertIn(wanted, said)

    @needs("zsh")
    def test_zsh(self):
        self.in_zsh("--ord", "selection --order=")
        self.in_zsh("--order ra", "--order random ")
        self.in_zsh("--order=ra", "--order=random ")
        self.in_zsh("math/sub", "math/subtracts ")
        self.in_zsh("one", "one,\\ two ")


if __name__ == "__main__":
    unittest.main()
