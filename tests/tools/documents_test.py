"""Keeps what the documents say true to the files that they speak of."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


class DocumentsTest(unittest.TestCase):
    def test_relative_links_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in LINK.findall(document.read_text(encoding="utf-8")):
                if not target.startswith(("http://", "https://")):
                    self.assertTrue((document.parent / target).exists(), f"{document.name}: {target}")

    def test_the_readme_shows_the_quickstart_as_it_is(self):
        # The first line is the command, which the README has above.
        _, code = (ROOT / "examples/quickstart/quickstart.cpp").read_text(encoding="utf-8").split("\n", 1)
        self.assertIn(code.strip(), (ROOT / "README.md").read_text(encoding="utf-8"))

    def test_the_version_has_one_spelling(self):
        config = (ROOT / "include/cordon/api/config.hpp").read_text(encoding="utf-8")
        parts = [re.search(rf"#define CORDON_VERSION_{part} (\d+)", config).group(1)
                 for part in ("MAJOR", "MINOR", "PATCH")]
        self.assertIn(f'#define CORDON_VERSION "{".".join(parts)}"', config)


if __name__ == "__main__":
    unittest.main()
