#!/usr/bin/env python3
"""Writes single_include/cordon/: each header that stands in include/cordon/, its adapters/ or its compat/, with every
<cordon/...> include expanded in place.

These are cordon.hpp and the optional headers. An optional header does not expand those that it includes, and nothing
that they contain. What belongs to it lies in a folder of api/ or compat/. The engine may include that too, so it is guarded.
So are the two parts of cordon.hpp, because a file may include it again to get the engine. A file below compat/ that only includes
others by a relative name is copied.

Each file with a #pragma once is expanded once, at its first include. An include inside an #if stays inside it. So a file
that is first included under a condition must not be needed outside that condition later: this is an error, as is an
include cycle.
Standard and system includes stay where they are. The engine's lines are joined, without comments and without the spaces
that nothing needs. A file that
does not want the engine sees it as a comment, because a compiler skips a comment much faster than code. To read or
debug the engine, use include/. Two parts are generated first: the page of the HTML
report and the short macros; see tools/embed.py and tools/short_macros.py.

  tools/amalgamate.py          write the single headers
  tools/amalgamate.py --check  write nothing; exit code 1 if a committed file is out of date
"""

import os
import pathlib
import re

import embed
import generated
import short_macros

INCLUDE = re.compile(r"\s*#\s*include\s*[<\"](cordon/[^>\"]+)[>\"]")
PRAGMA_ONCE = re.compile(r"\s*#\s*pragma\s+once\b")
CONDITIONAL = re.compile(r"\s*#\s*(ifdef|ifndef|if|elif|else|endif)\b\s*(.*)")
COMMENT = re.compile(r"\s*//")
RAW_STRING = re.compile(r'\bR"(\w*)\(')
# Spaces that begin after something; and texts and characters, which keep theirs.
SPACES = re.compile(r""""(?:\\.|[^"\\])*"|(?<!\w)'(?:\\.|[^'\\])*'| +""")
OPERATOR = "+-&<>|=!*/%:?^"
LONGEST_LINE = 160  # a compiler shows the whole line of an error
VERSION = re.compile(r"#define CORDON_VERSION \"([^\"]+)\"")

# If the engine is wanted, <cordon/*> is the name of a header that does not exist. If not, this is in a group that the
# preprocessor skips. There it looks for no header names, so /* begins a comment, and the first #endif that it finds is
# the one after the comment. A compiler reads a comment ten times as fast as tokens.
ENGINE_BEGINS = """// Without CORDON_MAIN and CORDON_IMPLEMENT, the next line begins a comment that contains the engine.
#if __has_include(<cordon/*>)
#endif
#if 1
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmisleading-indentation"
#endif"""
ENGINE_ENDS = """#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
// */
#endif"""

BANNER = """// cordon {version}: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
{license}
"""


ENGINE = "cordon/engine/app/main.hpp"
CORE = "cordon/cordon.hpp"
CORE_API = "cordon/api/all.hpp"  # included again, the core has at most the engine to add
OF_OPTIONAL_HEADER = re.compile(r"cordon/(?:api|compat)/\w+/")
TOP = re.compile(r"cordon/(?:adapters/)?\w+\.hpp|cordon/compat/\w+\.(?:h|hpp)")
FORWARDING_LINE = re.compile(r"\s*(?://.*|#\s*include\s*\"[^\"]+\"|#\s*error\b.*)?")


def gap(before, after):
    """The space that two characters need between them, to stay two tokens."""
    words = all(each.isalnum() or each in "_\"'." for each in (before, after))
    return " " if words or (before in OPERATOR and after in OPERATOR) else ""


def compact(code):
    """The same tokens without the spaces that nothing needs."""
    def shortened(match):
        text = match[0]
        return text if text.strip() else gap(code[match.start() - 1], code[match.end()])

    code = code.strip()
    return SPACES.sub(shortened, code)


def pieces(text):
    """Each line; and "directive" or "raw" if it belongs to a directive or to a raw string, where lines count."""
    lines = iter(text.splitlines())
    for line in lines:
        raw = RAW_STRING.search(line)
        kind = "raw" if raw else "directive" if line.lstrip().startswith("#") else ""
        yield line, kind
        while raw and f'){raw[1]}"' not in line or kind == "directive" and line.endswith("\\"):
            line = next(lines)
            yield line, kind


def joined(text):
    """The same code in fewer and shorter lines, without lines that are only a comment."""
    line = ""
    for code, kind in pieces(text):
        if not kind:
            code = code.split("//")[0] if COMMENT.match(code) else code.split("///<")[0]
            before, slashes, _ = code.partition(" //")
            code = compact(before if slashes and before.count('"') % 2 == 0 else code)
        alone = kind or "//" in code
        space = gap(line[-1], code[0]) if line and code else ""
        if line and (alone or len(line) + len(space) + len(code) > LONGEST_LINE):
            yield line
            line = space = ""
        if alone:
            yield code
        else:
            line += space + code
    if line:
        yield line


def guard_of(name):
    """The macro that says that a file contains this header."""
    return "CORDON_CONTAINS_" + re.sub(r"\W", "_", name).upper() + "_"


class Amalgamation:
    def __init__(self, root, top, others):
        """`others`: the amalgamations of the other headers that are known, by name. Their headers stay includes."""
        self.root = root
        self.top = top
        self.others = others
        self.lines = []
        self.conditions = []  # of the #if blocks around the current line: the tests of the chain so far, as text
        self.expanded = {}  # file: the conditions that it was expanded under, and by which line
        self.included = set()
        self.open = []  # the files being expanded now, outermost first
        self.expand(top, "tools/amalgamate.py")

    def contains(self, name):
        """True if whoever includes this header has the file."""
        return name in self.expanded and not self.expanded[name][0]

    def include_other(self, name, by):
        if self.conditions:
            raise SystemExit(f"{by}: includes {name} under a condition")
        include = f'#include "{os.path.relpath(name, pathlib.PurePosixPath(self.top).parent)}"'
        may_have_more = f"#if !defined({guard_of(CORE_API)}) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)"
        self.lines += [may_have_more, include, "#endif"] if name == CORE else [include]
        for each, place in self.others[name].expanded.items():
            if self.others[name].contains(each):
                self.expanded[each] = place

    def expand(self, name, by):
        if name in self.open:
            cycle = self.open[self.open.index(name):] + [name]
            raise SystemExit("include cycle: " + " -> ".join(cycle))
        guarded = OF_OPTIONAL_HEADER.match(name) or name in (CORE_API, ENGINE)
        path = self.root / name
        if not path.is_file():
            raise SystemExit(f"{by}: no such file: {path}")
        text = path.read_text(encoding="utf-8")
        once = PRAGMA_ONCE.search(text)
        if once and name in self.expanded and not (guarded and not self.is_reachable(name)):
            return self.require_reachable(name, by)
        if TOP.fullmatch(name) and name != self.top:
            return self.include_other(name, by)
        self.expanded[name] = (list(self.conditions), by)
        self.open.append(name)
        self.lines += ["", f"// ---- {name} ----", ""]
        if guarded:
            self.lines += [f"#if !defined({guard_of(name)})", f"#define {guard_of(name)}"]
        if name == ENGINE:
            self.lines.append(ENGINE_BEGINS)
        of_engine = name.startswith("cordon/engine/")
        joins = ENGINE in self.open
        for number, line in enumerate(joined(text) if joins else text.splitlines(), 1):
            if of_engine and ("/*" in line or "*/" in line):
                raise SystemExit(f"{name}: '{line}': the engine is in a comment in test files, so it holds no /* and */")
            self.add_line(line, f"{name}:{number}")
        if name == ENGINE:
            self.lines.append(ENGINE_ENDS)
        if guarded:
            self.lines.append("#endif")
        self.open.pop()

    def is_reachable(self, name):
        conditions = self.expanded[name][0]
        return conditions == self.conditions[:len(conditions)]

    def require_reachable(self, name, by):
        conditions, first = self.expanded[name]
        if not self.is_reachable(name):
            raise SystemExit(f"{by}: needs {name}, which {first} includes only under '#if {conditions[-1]}': "
                             "include it before that condition")

    def add_line(self, line, where):
        include = INCLUDE.match(line)
        if include:
            self.expand(include.group(1), where)
        elif not PRAGMA_ONCE.match(line) and not self.is_included(line):
            self.track_condition(line)
            self.lines.append(line)

    def is_included(self, line):
        """True for a system or standard header that the engine has included before, under the same conditions."""
        if not line.startswith("#include <") or not self.open[-1].startswith("cordon/engine/"):
            return False
        known = (line, tuple(self.conditions))
        seen = known in self.included
        self.included.add(known)
        return seen

    def track_condition(self, line):
        match = CONDITIONAL.match(line)
        if not match:
            return
        keyword, test = match.groups()
        if keyword.startswith("if"):
            self.conditions.append({"if": test, "ifdef": f"defined({test})", "ifndef": f"!defined({test})"}[keyword])
        elif keyword == "endif":
            self.conditions.pop()
        else:
            self.conditions[-1] += f" / {keyword} {test}".rstrip()

    def text(self, banner):
        text = banner + re.sub(r"\n{3,}", "\n\n", "\n".join(self.lines)) + "\n"
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) > LONGEST_LINE:
                raise SystemExit(f"line {number} of the single header has {len(line)} characters, "
                                 f"more than {LONGEST_LINE}: {line[:60]}...")
        return text


class Headers(dict):
    """The amalgamations by name, made when they are asked for."""

    def __init__(self, root):
        super().__init__()
        self.root = root
        self.begun = []  # outermost first

    def __missing__(self, name):
        if name in self.begun:
            raise SystemExit("include cycle: " + " -> ".join(self.begun[self.begun.index(name):] + [name]))
        self.begun.append(name)
        self[name] = Amalgamation(self.root, name, self)
        self.begun.pop()
        return self[name]


def is_forward(text):
    """True for a file that only says which other one to include. It has no #pragma once, because that one may be
    included again with other macros."""
    return all(FORWARDING_LINE.fullmatch(line) for line in text.splitlines())


def banner(project, root):
    version = VERSION.search((root / "cordon/api/config.hpp").read_text(encoding="utf-8")).group(1)
    license = (project / "LICENSE").read_text(encoding="utf-8").splitlines()
    return BANNER.format(version=version, license="\n".join(("// " + line).rstrip() for line in license))


def single_headers(project, root):
    """The name and text of each header: the core, then the optional ones, by name."""
    words = banner(project, root)
    optional = sorted(path.relative_to(root).as_posix()
                      for pattern in ("*.hpp", "adapters/*.hpp", "compat/*.h", "compat/*.hpp")
                      for path in root.glob(f"cordon/{pattern}"))
    forwards = [path for path in sorted(root.glob("cordon/compat/**/*.h*")) if is_forward(path.read_text("utf-8"))]
    for path in forwards:
        name = path.relative_to(root).as_posix()
        yield f"single_include/{name}", path.read_text("utf-8")
        if name in optional:
            optional.remove(name)
    made = Headers(root)
    for name in [CORE] + [name for name in optional if name != CORE]:
        once = any(PRAGMA_ONCE.match(line) for line in (root / name).read_text("utf-8").splitlines())
        yield f"single_include/{name}", made[name].text(words + ("#pragma once\n" if once else ""))


def generate(project, check):
    parts = [name for tool in (embed, short_macros) for name in tool.generate(project, check)]
    return parts or generated.stale(project, single_headers(project, project / "include"), check)


if __name__ == "__main__":
    generated.run(__doc__, generate)
