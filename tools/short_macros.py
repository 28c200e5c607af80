#!/usr/bin/env python3
"""Writes include/cordon/api/short_macros.hpp: the public macros of macros.hpp without their prefix.

The short macros do not expand to the long ones, because #__VA_ARGS__ must see the user's text. The preprocessor cannot
define macros by a macro, so this tool copies the bodies.

  tools/short_macros.py          write the header
  tools/short_macros.py --check  write nothing; exit code 1 if the committed file is out of date
"""

import argparse
import pathlib
import re
import sys
import textwrap

SOURCE = "include/cordon/api/macros.hpp"
TARGET = "include/cordon/api/short_macros.hpp"
LONGEST_LINE = 120
MACRO = re.compile(r"^#define CORDON_([A-Z_]*[A-Z]\(.*)$", re.MULTILINE)
HEADER = """// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
"""


def one_macro(definition):
    whole = re.sub(r'"[^"]*"', lambda text: text.group().replace(" ", "\0"), definition)  # no line ends in a text
    lines = textwrap.wrap("#define " + whole, LONGEST_LINE - 2, subsequent_indent="    ", break_long_words=False,
                          break_on_hyphens=False)
    return " \\\n".join(lines).replace("\0", " ") + "\n"


def short_macros(text):
    definitions = [re.sub(r"\s+", " ", each.strip()) for each in MACRO.findall(text.replace("\\\n", " "))]
    if not definitions:
        raise SystemExit(f"{SOURCE}: no macros")
    return HEADER + "".join(map(one_macro, definitions))


def write(project, check):
    """Writes the header, or with `check` only says whether it is up to date."""
    text = short_macros((project / SOURCE).read_text(encoding="utf-8"))
    target = project / TARGET
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return True
    if not check:
        target.write_text(text, encoding="utf-8")
    return not check


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare with the committed file, write nothing")
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    arguments = parser.parse_args()
    if not write(arguments.project, arguments.check):
        sys.exit(f"{TARGET} is out of date: run tools/amalgamate.py and commit the result")


if __name__ == "__main__":
    main()
