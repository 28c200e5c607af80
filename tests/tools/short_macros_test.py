#!/usr/bin/env python3
"""Runs tools/short_macros.py on small headers made for the purpose."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/short_macros.py"
LONG = """#pragma once
#define CORDON_CHECK(...) \\
    CORDON_ASSERT_(check, #__VA_ARGS__)
#define CORDON_INNER_(x) x
#define CORDON_THE_END(a, b) "CORDON_THE_END" a b
"""


class ShortMacrosTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = pathlib.Path(folder.name)
        self.api = self.project / "include/cordon/api"
        self.api.mkdir(parents=True)
        (self.api / "macros.hpp").write_text(LONG, encoding="utf-8")

    def run_tool(self, *arguments):
        return subprocess.run([sys.executable, TOOL, "--project", self.project, *arguments], capture_output=True, text=True)

    def macros(self):
        text = (self.api / "short_macros.hpp").read_text(encoding="utf-8")
        return [line for line in text.splitlines() if line.startswith("#define")]

    def test_public_macros_lose_their_prefix_and_keep_their_bodies(self):
        self.assertEqual(self.run_tool().returncode, 0)
        self.assertEqual(self.macros(), ["#define CHECK(...) CORDON_ASSERT_(check, #__VA_ARGS__)",
                                         '#define THE_END(a, b) "CORDON_THE_END" a b'])

    def test_check_finds_what_is_out_of_date_and_writes_nothing(self):
        self.assertNotEqual(self.run_tool("--check").returncode, 0)
        self.assertFalse((self.api / "short_macros.hpp").exists())
        self.run_tool()
        self.assertEqual(self.run_tool("--check").returncode, 0)
        (self.api / "macros.hpp").write_text(LONG + "#define CORDON_NEW() 1\n", encoding="utf-8")
        outcome = self.run_tool("--check")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("out of date", outcome.stderr)

    def test_each_folder_has_its_own_and_includes_what_the_long_ones_include(self):
        (self.api / "more").mkdir()
        (self.api / "more/macros.hpp").write_text("#pragma once\n#include <cordon/api/more/x.hpp>\n#define CORDON_MORE() 1\n",
                                                  encoding="utf-8")
        self.assertEqual(self.run_tool().returncode, 0)
        text = (self.api / "more/short_macros.hpp").read_text(encoding="utf-8")
        self.assertIn("#pragma once\n\n#include <cordon/api/more/x.hpp>\n", text)
        self.assertIn("#define MORE() 1\n", text)
        self.assertNotIn("#include", (self.api / "short_macros.hpp").read_text(encoding="utf-8"))

    def test_a_long_macro_is_wrapped(self):
        (self.api / "macros.hpp").write_text("#define CORDON_LONG(x) " + "word " * 100 + "x\n", encoding="utf-8")
        self.run_tool()
        text = (self.api / "short_macros.hpp").read_text(encoding="utf-8")
        self.assertLessEqual(max(map(len, text.splitlines())), 120)
        self.assertIn("#define LONG(x) " + "word " * 100 + "x\n", text.replace(" \\\n    ", " "))

    def test_no_line_ends_in_a_text(self):
        body = '"a, b" ' * 60 + "x"
        (self.api / "macros.hpp").write_text("#define CORDON_LONG(x) " + body + "\n", encoding="utf-8")
        self.run_tool()
        text = (self.api / "short_macros.hpp").read_text(encoding="utf-8")
        for line in text.splitlines():
            self.assertEqual(line.count('"') % 2, 0, line)
        self.assertIn(body, text.replace(" \\\n    ", " "))


if __name__ == "__main__":
    unittest.main()
