#!/usr/bin/env python3
"""Writes short_macros.hpp beside each macros.hpp of include/cordon/: its public macros without their prefix, which is
CORDON_ in api/ and CATCH_ in compat/parts/catch2/.

The short macros do not expand to the long ones, because #__VA_ARGS__ must see the user's text. The preprocessor cannot
define macros by a macro, so this tool copies the bodies.

  tools/short_macros.py          write the headers
  tools/short_macros.py --check  write nothing; exit code 1 if a committed file is out of date
"""

import re
import textwrap

import generated

SOURCES = {"include/cordon/api/**/macros.hpp": "CORDON_", "include/cordon/compat/parts/catch2/**/macros.hpp": "CATCH_"}
TARGET = "short_macros.hpp"
LONGEST_LINE = 120
INCLUDE = re.compile(r"^#include .*\n", re.MULTILINE)
MACRO = r"^#define {prefix}([A-Z_]*[A-Z]\(.*)$"
HEADER = """// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

{includes}
// The public macros with their short names. {left_out}

// clang-format off
"""


LEFT_OUT = {"CORDON_": "CORDON_CONFIG_PREFIX_ONLY leaves them out.",
            "CATCH_": "CATCH_CONFIG_PREFIX_ALL replaces them by the long ones."}


def one_macro(definition):
    whole = re.sub(r'"[^"]*"', lambda text: text.group().replace(" ", "\0"), definition)  # no line ends in a text
    lines = textwrap.wrap("#define " + whole, LONGEST_LINE - 2, subsequent_indent="    ", break_long_words=False,
                          break_on_hyphens=False)
    return " \\\n".join(lines).replace("\0", " ") + "\n"


def short_macros(source, prefix):
    text = source.read_text(encoding="utf-8")
    macros = re.findall(MACRO.format(prefix=prefix), text.replace("\\\n", " "), re.MULTILINE)
    definitions = [re.sub(r"\s+", " ", each.strip()) for each in macros]
    if not definitions:
        raise SystemExit(f"{source}: no macros")
    return HEADER.format(includes="".join(INCLUDE.findall(text)), left_out=LEFT_OUT[prefix]) + "".join(map(one_macro, definitions))


def generate(project, check):
    texts = [(source.with_name(TARGET).relative_to(project).as_posix(), short_macros(source, prefix))
             for pattern, prefix in SOURCES.items() for source in sorted(project.glob(pattern))]
    return generated.stale(project, texts, check)


if __name__ == "__main__":
    generated.run(__doc__, generate)
