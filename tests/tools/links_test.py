#!/usr/bin/env python3
"""Every relative link of the documents leads to a file, and every #anchor to a heading."""

import pathlib
import re
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("benchmarks/*.md")]
LINK = re.compile(r"\]\(([^)\s]*)\)")
CODE = re.compile(r"^ {4}.*$|`[^`\n]*`", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)


def links(text):
    """The targets of the links in prose: code may hold brackets that mean something else."""
    return LINK.findall(CODE.sub("``", FENCE.sub("", text)))


def anchors(text):
    """The anchors that GitHub makes of the headings: a second heading of the same words gets "-1"."""
    found = []
    for heading in re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE):
        words = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).lower()
        slug = re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
        repeats = sum(1 for each in found if each == slug or re.fullmatch(re.escape(slug) + r"-\d+", each))
        found.append(f"{slug}-{repeats}" if repeats else slug)
    return found


class LinksTest(unittest.TestCase):
    def test_relative_links_and_anchors_lead_somewhere(self):
        seen = 0
        for document in DOCUMENTS:
            for link in links(document.read_text(encoding="utf-8")):
                if re.match(r"[a-z]+:", link):
                    continue
                seen += 1
                with self.subTest(f"{document.relative_to(ROOT)}: {link}"):
                    path, _, anchor = link.partition("#")
                    target = (document.parent / path) if path else document
                    self.assertTrue(target.exists(), "no such file")
                    if anchor:
                        self.assertIn(anchor, anchors(target.read_text(encoding="utf-8")))
        self.assertGreater(seen, 100)

    def test_the_index_names_every_page(self):
        index = links((ROOT / "docs/README.md").read_text(encoding="utf-8"))
        for page in ROOT.glob("docs/*.md"):
            if page.name != "README.md":
                self.assertIn(page.name, index)

    def test_what_is_no_link_is_seen(self):
        self.assertEqual(links("[a](b.md#c) and `[x](y)`\n\n    [code](z)\n\n[d](#e)"), ["b.md#c", "#e"])
        self.assertEqual(anchors("# A `b` c\n## A b c\n```\n# no\n```\n## What? [this](x.md), 2"),
                         ["a-b-c", "a-b-c-1", "what-this-2"])


if __name__ == "__main__":
    unittest.main()
