#!/usr/bin/env python3
"""Writes short_macros.hpp beside each macros.hpp of include/cordon/: its public macros without their prefix, which is
CORDON_ in api/, and CATCH_ or DOCTEST_ in compat/.

The short macros do not expand to the long ones, because #__VA_ARGS__ must see the user's text. The preprocessor cannot
define macros by a macro, so this tool copies the bodies.

  tools/short_macros.py          write the headers
  tools/short_macros.py --check  write nothing; exit code 1 if a committed file is out of date
"""

import re
import textwrap

import generated

SOURCES = {"include/cordon/api/**/macros.hpp": "CORDON_", "include/cordon/compat/parts/catch2/**/macros.hpp": "CATCH_",
           "include/cordon/compat/doctest/*macros.hpp": "DOCTEST_"}
SHORT = "short_"
LONGEST_LINE = 120
BLANKS = re.compile(r'(?P<text>"[^"]*")|\s+')
INCLUDE = re.compile(r"^#include .*\n", re.MULTILINE)
MACRO = r"^#define {prefix}([A-Z_]*[A-Z]\(.*)$"
HEADER = """// Generated from {source} by tools/short_macros.py. Change the long macros there, not these.
#pragma once

{includes}
// The public macros with their short names. {left_out}

// clang-format off
"""


LEFT_OUT = {"CORDON_": "CORDON_CONFIG_PREFIX_ONLY leaves them out.",
            "CATCH_": "CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.",
            "DOCTEST_": "DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES leaves them out."}


def one_macro(definition):
    whole = re.sub(r'"[^"]*"', lambda text: text.group().replace(" ", "\0"), definition)  # no line ends in a text
    lines = textwrap.wrap("#define " + whole, LONGEST_LINE - 2, subsequent_indent="    ", break_long_words=False,
                          break_on_hyphens=False)
    return " \\\n".join(lines).replace("\0", " ") + "\n"


def short_macros(source, prefix):
    text = source.read_text(encoding="utf-8")
    macros = re.findall(MACRO.format(prefix=prefix), text.replace("\\\n", " "), re.MULTILINE)
    definitions = [BLANKS.sub(lambda found: found.group("text") or " ", each.strip()) for each in macros]
    if not definitions:
        raise SystemExit(f"{source}: no macros")
    header = HEADER.format(source=source.name, includes="".join(INCLUDE.findall(text)), left_out=LEFT_OUT[prefix])
    return header + "".join(map(one_macro, definitions))


def generate(project, check):
    texts = [(source.with_name(SHORT + source.name).relative_to(project).as_posix(), short_macros(source, prefix))
             for pattern, prefix in SOURCES.items() for source in sorted(project.glob(pattern))
             if not source.name.startswith(SHORT)]
    return generated.stale(project, texts, check)


if __name__ == "__main__":
    generated.run(__doc__, generate)
