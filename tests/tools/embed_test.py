"""Runs tools/embed.py on small pages made for the purpose."""

import base64
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

TOOL = pathlib.Path(__file__).resolve().parents[2] / "tools/embed.py"
PAGE = ('<!doctype html>\n<meta content="{{policy}}">\n<style>{{style}}</style>\n<script type="application/json">{{document}}</script>\n'
        '<script type="application/json">{{shapes}}</script>\n<script>{{script}}</script>\n')


def literals_in(code):
    """What the string literals in a piece of C++ stand for."""
    plain = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "?": "?"}
    return [re.sub(r"\\(.)", lambda found: plain[found.group(1)], each)
            for each in re.findall(r'"((?:[^"\\\n]|\\.)*)"', code)]


class EmbedTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.project = pathlib.Path(folder.name)
        self.header = self.project / "include/cordon/engine/report/html/page.hpp"
        self.header.parent.mkdir(parents=True)
        (self.project / "assets/html").mkdir(parents=True)
        self.write("page.html", PAGE)
        self.write("page.css", "/* one line */\nbody {\n  margin: 0;\n}\n")
        self.write("a.js", "// says hello\nfunction start() {\n  hello();\n}\n")
        self.write("b.js", "function hello() {}\n")

    def write(self, name, text):
        (self.project / "assets/html" / name).write_text(text, encoding="utf-8")

    def run_tool(self, *arguments):
        return subprocess.run([sys.executable, TOOL, "--project", self.project, *arguments], capture_output=True, text=True,
                              check=False)

    def pages(self):
        """The three parts of the page, read back from the header."""
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        arrays = re.findall(r"constexpr std::string_view \w+\[\] = \{(.*?)\};\n\n", self.header.read_text() + "\n", re.DOTALL)
        return ["".join(literals_in(each)) for each in arrays]

    def refused(self, reason):
        outcome = self.run_tool()
        self.assertEqual(outcome.returncode, 1)
        self.assertIn(reason, outcome.stderr)
        self.assertFalse(self.header.exists())

    def test_the_page_comes_in_three_parts(self):
        before, between, after = self.pages()
        self.assertTrue(before.endswith('<script type="application/json">'))
        self.assertEqual(between, '</script>\n<script type="application/json">')
        self.assertTrue(after.startswith("</script>\n<script>"))

    def test_scripts_are_joined_in_order_and_started(self):
        script = self.pages()[2]
        self.assertLess(script.index("function start"), script.index("function hello"))
        self.assertIn("start();\n})();\n</script>", script)
        self.assertNotIn("says hello", script)
        self.assertNotIn("one line", self.pages()[0])

    def test_the_policy_allows_just_this_style_and_this_script(self):
        page = "".join(self.pages())
        for element, text in (("style", re.search("<style>(.*?)</style>", page, re.DOTALL)), ("script", re.search("<script>(.*?)</script>", page, re.DOTALL))):
            digest = base64.b64encode(hashlib.sha256(text.group(1).encode()).digest()).decode()
            self.assertIn(f"{element}-src 'sha256-{digest}'", page)
        self.assertIn("default-src 'none'", page)

    def test_no_literal_is_too_long(self):
        self.write("b.js", "function hello() {}\n" * 5000)
        self.assertIn("function hello() {}\n" * 5000, self.pages()[2])
        code = self.header.read_text().partition("namespace")[2]
        # What stands between commas at the ends of lines is one literal to the compiler.
        whole = ["".join(literals_in(each)) for each in code.split('",\n')]
        self.assertGreater(len(whole), 5)
        self.assertLess(max(map(len, whole)), 16_000)

    def test_no_line_is_longer_than_160_characters(self):
        # Escapes of every kind fall on every place of a line.
        self.write("b.js", "".join("x" * n + "\\\"??\t'\n" for n in range(200)))
        self.assertIn("xx\\\"??\t'\nxxx\\\"??", "".join(self.pages()))
        self.assertLessEqual(max(map(len, self.header.read_text().splitlines())), 160)

    def test_what_would_break_the_page_is_refused(self):
        for name, text, reason in (("a.js", "const x = '</script>';", "would end or change its element"), ("a.js", "let sign = '\u00d7';", "a.js:1: not ASCII"),
                                   ("page.css", "/* <!-- */ a {}", "would end or change"), ("a.js", "x" * 20_000, "too long for one literal"),
                                   ("page.html", PAGE.replace("{{shapes}}", ""), "each of its five places once")):
            with self.subTest(text=text[:40]):
                self.setUp()
                self.write(name, text)
                self.refused(reason)

    def test_check_compares_and_writes_nothing(self):
        self.assertEqual(self.run_tool("--check").returncode, 1)
        self.assertFalse(self.header.exists())
        self.pages()
        self.assertEqual(self.run_tool("--check").returncode, 0)
        self.write("b.js", "function hello() { return 1; }\n")
        outcome = self.run_tool("--check")
        self.assertEqual(outcome.returncode, 1)
        self.assertIn("out of date", outcome.stderr)


if __name__ == "__main__":
    unittest.main()
