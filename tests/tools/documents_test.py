"""Keeps what the documents say true to the files that they speak of."""

import pathlib
import re
import unittest

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(__file__).resolve().parents[2]


class DocumentsTest(unittest.TestCase):
    def test_the_readme_shows_the_quickstart_as_it_is(self):
        # The first line is the command, which the README has above.
        _, code = (ROOT / "examples/quickstart/quickstart.cpp").read_text(encoding="utf-8").split("\n", 1)
        self.assertIn(code.strip(), (ROOT / "README.md").read_text(encoding="utf-8"))

    def test_the_version_has_one_spelling(self):
        config = (ROOT / "include/cordon/api/config.hpp").read_text(encoding="utf-8")
        parts = [re.search(rf"#define CORDON_VERSION_{part} (\d+)", config).group(1)
                 for part in ("MAJOR", "MINOR", "PATCH")]
        self.assertIn(f'#define CORDON_VERSION "{".".join(parts)}"', config)

    @unittest.skipIf(yaml is None, "there is no PyYAML")
    def test_recipes_for_ci_are_yaml(self):
        recipes = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/ci.md").read_text(encoding="utf-8"), re.DOTALL)
        self.assertGreaterEqual(len(recipes), 5)
        for recipe in recipes:
            self.assertIsInstance(yaml.safe_load(recipe), dict, recipe)

    def test_recipes_for_ci_use_what_there_is(self):
        table = (ROOT / "include/cordon/engine/app/option_table.hpp").read_text(encoding="utf-8")
        options = set(re.findall(r'^    \{"([a-z-]+)"', table, re.MULTILINE))
        formats = set(re.findall(r'^    \{"([a-z]+)"', (ROOT / "include/cordon/engine/report/formats.hpp").read_text(encoding="utf-8"),
                                 re.MULTILINE))
        used = 0
        for line in (ROOT / "docs/ci.md").read_text(encoding="utf-8").split("\n"):
            call = re.search(r"tests (--.*)", line)
            for name in re.findall(r"--([a-z-]+)", call.group(1)) if call else ():
                self.assertIn(name, options, line)
                used += 1
            for name in re.findall(r"--report ([a-z]+)", line):
                self.assertIn(name, formats, line)
        self.assertGreater(used, 20)


if __name__ == "__main__":
    unittest.main()
