#!/usr/bin/env python3
"""The short macros are the long ones without their prefix, each defined the same."""

import os
import pathlib
import re
import unittest

ROOT = pathlib.Path(os.environ.get("CORDON_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))


def definitions(name, prefix):
    text = (ROOT / "include/cordon/api" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = re.findall(r"^#define " + prefix + r"([A-Z_]+\([^)]*\)) (.*)$", text, re.MULTILINE)
    return {signature: re.sub(r"\s+", " ", body.strip()) for signature, body in found}


class MacrosTest(unittest.TestCase):
    def test_short_and_long_agree(self):
        long_ones = definitions("macros.hpp", "CORDON_")
        short_ones = definitions("short_macros.hpp", "")
        self.assertGreater(len(long_ones), 70)
        self.assertEqual(long_ones, short_ones)


if __name__ == "__main__":
    unittest.main()
