"""Keeps what the documents say true to the files that they speak of."""

import pathlib
import re
import unittest

try:
    import yaml
except ImportError:
    yaml = None

ROOT = pathlib.Path(__file__).resolve().parents[2]


def source(name):
    """The text of the one header of the engine that is called so."""
    (path,) = ROOT.glob(f"include/cordon/engine/**/{name}")
    return path.read_text(encoding="utf-8")


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

    def test_commands_use_options_and_formats_that_exist(self):
        options = set(re.findall(r'^    \{"([a-z-]+)"', source("option_table.hpp"), re.MULTILINE))
        formats = set(re.findall(r'^    \{"([a-z]+)"', source("formats.hpp"), re.MULTILINE))
        formats |= {"only_failures"}  # the example of docs/reporters.md
        used = 0
        for page in [ROOT / "README.md", *ROOT.glob("docs/*.md")]:
            for line in page.read_text(encoding="utf-8").split("\n"):
                command = re.search(r"(?:^ +(?:\$ )?|`)(?!-)\.?/?[\w/.-]*(?:tests|_test|bank)(?= )[^`#]*", line)
                if not command or "--fliter" in line or "--gtest" in line:
                    continue
                # The words of another program's command are not cordon's.
                words = re.sub(r"(--(?:agent|wrap)) ('[^']*'|\"[^\"]*\")", r"\1 CMD", command.group())
                for name in re.findall(r"(?<= )--([a-z-]+)", words):
                    with self.subTest(f"{page.name}: {line.strip()}"):
                        self.assertIn(name, options)
                        used += 1
                for name in re.findall(r"--report ([a-z_]+)", command.group()):
                    self.assertIn(name, formats, line)
        self.assertGreater(used, 100)


if __name__ == "__main__":
    unittest.main()
