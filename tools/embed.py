#!/usr/bin/env python3
"""Writes include/cordon/engine/report/html/page.hpp: the page of assets/html as string literals.

page.html contains {{style}}, {{script}}, {{policy}}, {{document}} and {{shapes}}. The style sheets
(*.css) and the scripts (*.js) are joined in the order of their names. The scripts become one function that ends with
start(). Indentation, empty lines and lines that are only a comment are removed, so a line of a template literal must not
begin with blanks that matter. Nothing else changes. The policy allows
exactly this style and this script, by their SHA-256.

  tools/embed.py          write the header
  tools/embed.py --check  write nothing; exit code 1 if the committed file is out of date
"""

import base64
import hashlib
import re

import generated

SOURCE = "assets/html"
TARGET = "include/cordon/engine/report/html/page.hpp"
LONGEST_LITERAL = 12_000  # bytes; some compilers refuse literals of more than 16 KiB
LONGEST_LINE = 160
PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")

HEADER = """// Generated from assets/html by tools/embed.py. Change the page there, not here.
#pragma once

#include <string_view>

// clang-format off
namespace cordon::engine::report::html_page {
"""


def shortened(text):
    """The text without indentation, empty lines, and lines that are only a comment (// or /* ... */ in one line)."""
    lines = (line.strip() for line in text.splitlines())
    return "".join(line + "\n" for line in lines
                   if line and not line.startswith("//") and not (line.startswith("/*") and line.endswith("*/")))


def joined(folder, pattern):
    paths = sorted(folder.glob(pattern))
    if not paths:
        raise SystemExit(f"{folder}: no {pattern}")
    return "".join(shortened(read(path)) for path in paths)


def read(path):
    text = path.read_text(encoding="utf-8")
    if not text.isascii():
        number = next(i for i, line in enumerate(text.splitlines(), 1) if not line.isascii())
        raise SystemExit(f"{path}:{number}: not ASCII: compilers differ in how they read other characters; use an escape")
    return text


def hash_of(text):
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy_for(style, script):
    # `data:` is the icon, which the page draws itself.
    return (f"default-src 'none'; style-src {hash_of(style)}; script-src {hash_of(script)}; img-src data:; "
            "base-uri 'none'; form-action 'none'")


def page_of(folder):
    """The page as a list of three texts: before the document, between it and the shapes, after the shapes."""
    # In a script element a browser takes the script from behind the first to the last character, line ends and all.
    style = "\n" + joined(folder, "*.css")
    script = "\n(function () {\n'use strict';\n" + joined(folder, "*.js") + "start();\n})();\n"
    for name, text in (("style", style), ("script", script)):
        if re.search(r"</|<!--", text):
            raise SystemExit(f"{folder}: a {name} with '</' or '<!--' would end or change its element")
    parts = {"style": style, "script": script, "policy": policy_for(style, script)}
    page, found = [""], []
    template = shortened(read(folder / "page.html"))
    at = 0
    for match in PLACEHOLDER.finditer(template):
        page[-1] += template[at:match.start()]
        at = match.end()
        found.append(match.group(1))
        if match.group(1) in parts:
            page[-1] += parts[match.group(1)]
        else:
            page.append("")
    page[-1] += template[at:]
    if sorted(found) != ["document", "policy", "script", "shapes", "style"] or found.index("document") > found.index("shapes"):
        raise SystemExit(f"{folder}/page.html: needs each of its five places once, the document before the shapes")
    return page


def literal(piece):
    """Ordinary literals that the compiler joins, each on a line of its own. A compiler that skips them, in every test
    file, pays by the line: so the lines are as full as they may be."""
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t"), ("??", "?\\?")):
        piece = piece.replace(plain, escaped)
    return "\n".join(f'"{line}"' for line in lines_of(piece))


def lines_of(escaped):
    """Escaped text cut into pieces that fill a line, none of them within an escape."""
    at = 0
    while at < len(escaped):
        end = min(at + LONGEST_LINE - 4, len(escaped))
        if (end - len(escaped[:end].rstrip("\\"))) % 2:
            end -= 1
        yield escaped[at:end]
        at = end


def literals(text):
    """The text cut at ends of lines into pieces that compilers take, as literals."""
    pieces, piece = [], ""
    for line in text.splitlines(keepends=True):
        if piece and len(piece) + len(line) > LONGEST_LITERAL:
            pieces.append(piece)
            piece = ""
        piece += line
    pieces.append(piece)
    longest = max(map(len, pieces))
    if longest > LONGEST_LITERAL + 2_000:
        raise SystemExit(f"a line of the page has {longest} bytes: too long for one literal")
    return ",\n".join(map(literal, pieces))


def header_of(folder):
    names = ["before_document", "before_shapes", "after_shapes"]
    arrays = [f"constexpr std::string_view {name}[] = {{\n{literals(text)}}};\n"
              for name, text in zip(names, page_of(folder))]
    return HEADER + "\n" + "\n".join(arrays) + "\n}  // namespace cordon::engine::report::html_page\n"


def generate(project, check):
    if not (project / SOURCE).is_dir():
        return []
    return generated.stale(project, [(TARGET, header_of(project / SOURCE))], check)


if __name__ == "__main__":
    generated.run(__doc__, generate)
