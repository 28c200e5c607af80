#!/usr/bin/env python3
"""The short macros are the long ones without their prefix, and docs/macros.md has them all, each with an example."""

import os
import pathlib
import re
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(os.environ.get("CORDON_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
COMPILER = shutil.which("g++") or shutil.which("clang++")
MINE = "CORDON_"


def definitions(name, prefix):
    files = sorted(ROOT.glob("include/cordon/api/**/" + name))
    text = "".join(path.read_text(encoding="utf-8") for path in files).replace("\\\n", " ")
    found = re.findall(r"^#define " + prefix + r"([A-Z_]+\([^)]*\)) (.*)$", text, re.MULTILINE)
    return {signature: re.sub(r"\s+", " ", body.strip()) for signature, body in found}


def macros_after(include):
    listed = subprocess.run([COMPILER, "-std=c++17", f"-I{ROOT / 'include'}", "-dM", "-E", "-x", "c++", "-"], input=include,
                            text=True, capture_output=True, check=True).stdout
    return set(re.findall(r"^#define (\w+)", listed, re.MULTILINE))


def standard_headers(files):
    lines = {line for path in files for line in path.read_text(encoding="utf-8").splitlines()}
    return ["#include <stddef.h>", *(line for line in lines if re.match(r"#include <(?!cordon/)", line))]


def header_macros():
    """What including all headers defines: public macros, and internal ones without a trailing underscore."""
    headers = [path.name for path in (ROOT / "include/cordon").glob("*.hpp")]
    standard = standard_headers(ROOT.glob("include/cordon/api/*/*.hpp"))
    added = macros_after("".join(f"#include <cordon/{name}>\n" for name in headers)) - macros_after("\n".join(standard))
    return {name for name in added if not name.startswith("_") and not (name.startswith(MINE) and name.endswith("_"))}


class MacrosTest(unittest.TestCase):
    def test_short_and_long_agree(self):
        long_ones = definitions("macros.hpp", "CORDON_")
        short_ones = definitions("short_macros.hpp", "")
        self.assertGreater(len(long_ones), 70)
        self.assertEqual(long_ones, short_ones)


@unittest.skipIf(COMPILER is None, "there is no compiler")
class MacrosPageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        page = (ROOT / "docs/macros.md").read_text(encoding="utf-8")
        public, internal = page.split("\n## Internal macros\n")
        cls.examples = "\n".join(re.findall(r"^```cpp\n(.*?)^```$", public, re.DOTALL | re.MULTILINE))
        cells = re.findall(r"^\| (`.*?`) \|", public, re.MULTILINE)
        cls.in_tables = {name for cell in cells for name in re.findall(r"`([A-Z_]+)[(`]", cell)}
        cls.internal = set(re.findall(r"`(CORDON_[A-Z_]*[A-Z])`", internal))
        cls.defined = header_macros()
        cls.short = {name for name in cls.defined if not name.startswith(MINE)}
        cls.public = {name for name in cls.defined - cls.internal if name.removeprefix(MINE) not in cls.short} | cls.short

    def test_every_macro_has_a_line_and_an_example(self):
        self.assertGreater(len(self.public), 70)
        for name in sorted(self.public):
            with self.subTest(name):
                self.assertIn(name, self.in_tables)
                self.assertRegex(self.examples, rf"\b{name}\b")

    def test_every_short_macro_has_its_long_name(self):
        self.assertEqual({MINE + name for name in self.short} - self.defined, set())

    def test_the_page_names_no_macro_that_there_is_not(self):
        sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("include/cordon/**/*.hpp"))
        for name in sorted((self.in_tables | self.internal) - self.defined):
            with self.subTest(name):
                # Those that the user defines, and CORDON_REPORTER, which comes with the engine.
                self.assertRegex(sources, rf"defined\({name}\)|#define {name}\b")
        self.assertEqual(self.internal - self.defined, set())


if __name__ == "__main__":
    unittest.main()
