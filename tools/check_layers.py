#!/usr/bin/env python3
"""Checks that the headers of include/cordon/ keep to the layers that docs/contributing.md describes.

  tools/check_layers.py [--project PATH]   prints one line for each breach; exit code 1 if there is one

- A file includes files of lower rank and files of its own folder, never another folder of equal or higher rank;
  no file includes itself through others.
- A file of report/ includes only text/ and lower, the files that reports share (SHARED_BY_REPORTS) and its own
  subfolder. So no format includes files of another format. REPORT_LISTS name all formats and may include them all.
- engine/run/ includes no file of engine/os/, not even through others.
- System headers are only in engine/os/X.<system>.hpp. Platform conditions are only in engine/os/X.hpp, which chooses
  among those, and in api/config.hpp.
- api/ includes only a short list of standard headers, because every test file compiles them. What belongs to an optional
  header, in a folder of api/, and the engine include no heavy ones.
- Every header starts with #pragma once, except those that have the name of another framework's and those that are
  included around others, and cordon.hpp, which has the engine in its second part. Unless it is generated, it has at most 450 lines.
"""

import argparse
import fnmatch
import pathlib
import re
import sys

MAX_LINES = 450

# First match wins. Folders end in a slash. A file that stands in engine/ itself has no place.
RANKS = [
    ("api/config.hpp", 0),
    ("api/all.hpp", 1.7),
    ("api/*/*.hpp", 1.5),  # of the optional headers
    ("api/", 1),
    ("engine/base/", 2),
    ("engine/model/", 3),
    ("engine/os/", 4),
    ("engine/codec/", 4),
    ("engine/select/", 4),
    ("engine/text/", 4),
    ("engine/property/", 4),
    ("engine/wire/", 5),
    ("engine/exec/", 6),
    ("engine/run/", 6),
    ("engine/launch/", 7),
    ("engine/archive/", 7),
    ("engine/report/", 7),
    ("engine/analysis/", 7),
    ("engine/app/", 8),
    ("cordon.hpp", 9),
    ("*.hpp", 10),
    ("adapters/", 10),
    ("compat/", 11),
]

REPORT = "engine/report/"
SHARED_BY_REPORTS = ("engine/report/as_json/", "engine/report/tally.hpp", "engine/report/test_report.hpp")
REPORT_LISTS = ("engine/report/formats.hpp", "engine/report/reporter.hpp")
HIGHEST_BELOW_REPORTS = 4

# Folders that do not reach another one, not even through what they include: a run asks the world through its port only.
UNREACHABLE = [("engine/run/", "engine/os/")]

SYSTEM_FILE = re.compile(r"engine/os/\w+\.(posix|linux|darwin|bsd|windows)\.hpp")
NEUTRAL_OS_FILE = re.compile(r"engine/os/\w+\.hpp")

STANDARD = set("""
    algorithm any array atomic bit bitset charconv chrono codecvt compare complex concepts condition_variable coroutine
    deque exception execution filesystem forward_list fstream functional future initializer_list iomanip ios iosfwd
    iostream istream iterator limits list locale map memory memory_resource mutex new numeric optional ostream queue
    random ratio regex scoped_allocator set shared_mutex span sstream stack stdexcept streambuf string string_view
    strstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
    variant vector version cassert cctype csetjmp cerrno cfenv cfloat cinttypes climits clocale cmath cstdarg cstddef cstdint
    cstdio cstdlib cstring ctime cwchar cwctype stddef.h stdint.h
""".split())
LIGHT = set("stddef.h stdint.h iosfwd".split())
HEAVY = set("regex iostream fstream functional filesystem iomanip".split())

# They mean something else at each include.
REPEATED = ("cordon.hpp", "api/one_letter_macros_begin.hpp", "api/one_letter_macros_end.hpp")
OF_OTHER_FRAMEWORK = re.compile(r"compat/(?:\w+\.h|\w+\.hpp|.*/\w+\.h|catch2/.*)")
INCLUDE = re.compile(r"\s*#\s*include\s*[<\"]([^>\"]+)[>\"]")
PLATFORM_CONDITION = re.compile(
    r"\s*#\s*(?:if|ifdef|ifndef|elif)\b.*\b(__linux__|__linux|_WIN32|_WIN64|__APPLE__|__MACH__|__FreeBSD__|__NetBSD__"
    r"|__OpenBSD__|__DragonFly__|__unix__|__unix|_MSC_VER|CORDON_CONFIG_PORTABLE_POSIX)\b")


def rank_of(name):
    """The folder (or file) of RANKS that a file belongs to, with its rank; None when it has no place."""
    for place, rank in RANKS:
        if place.endswith("/") and name.startswith(place):
            return place, rank
        if fnmatch.fnmatch(name, place) and name.count("/") == place.count("/"):
            return place, rank
    return None


def check_report_include(name, included):
    if not included.startswith(REPORT):
        rank = rank_of(included)[1] if rank_of(included) else 0
        return f"includes <cordon/{included}>: reports know text/ and lower" if rank > HIGHEST_BELOW_REPORTS else None
    if name in REPORT_LISTS or included.startswith(SHARED_BY_REPORTS):
        return None
    folder = name[len(REPORT):].rpartition("/")[0]
    if folder and included.startswith(f"{REPORT}{folder}/"):
        return None
    return f"includes <cordon/{included}>: a format includes no other format's files"


def check_internal_include(name, included, files):
    if included not in files:
        return f"includes <cordon/{included}>, which does not exist"
    here, there = rank_of(name), rank_of(included)
    if here and there and here[0] != there[0] and there[1] >= here[1]:
        # api/config.hpp and the rest of api/ are one folder with two ranks.
        return f"(rank {here[1]}) includes <cordon/{included}> (rank {there[1]})"
    if name.startswith(REPORT):
        breach = check_report_include(name, included)
        if breach:
            return breach
    if SYSTEM_FILE.fullmatch(included) and not name.startswith("engine/os/"):
        return f"includes <cordon/{included}> past its neutral header"
    return None


def check_outside_include(name, included):
    if included not in STANDARD:
        if name.startswith(("adapters/", "compat/")) or SYSTEM_FILE.fullmatch(name):
            return None
        return f"includes <{included}>: system headers belong in engine/os/X.<system>.hpp"
    if name.startswith("api/") and name.count("/") == 1 and included not in LIGHT:
        return f"includes <{included}>: api/ keeps to {', '.join(sorted(LIGHT))}"
    if name.startswith(("engine/", "api/")) and included in HEAVY:
        return f"includes <{included}>: too heavy for the engine and for test files"
    return None


def check_line(name, line, files):
    include = INCLUDE.match(line)
    if include:
        included = include.group(1)
        if included.startswith("cordon/"):
            return check_internal_include(name, included[len("cordon/"):], files)
        return check_outside_include(name, included)
    condition = PLATFORM_CONDITION.match(line)
    if condition and name != "api/config.hpp" and not NEUTRAL_OS_FILE.fullmatch(name):
        return f"asks for {condition.group(1)}: only engine/os/X.hpp chooses among platforms"
    return None


def check_file(name, text, files):
    lines = text.splitlines()
    if rank_of(name) is None:
        yield f"{name}: has no place in the layers"
    # Headers of another framework may be included again, with a macro that asks for more.
    repeated = name in REPEATED or OF_OTHER_FRAMEWORK.fullmatch(name)
    if not any(line == "#pragma once" for line in lines[:5]) and not repeated:
        yield f"{name}: does not start with #pragma once"
    if len(lines) > MAX_LINES and not lines[0].startswith("// Generated from "):
        yield f"{name}: has {len(lines)} lines, more than {MAX_LINES}"
    for number, line in enumerate(lines, 1):
        breach = check_line(name, line, files)
        if breach:
            yield f"{name}:{number}: {breach}"


def find_cycle(graph):
    """One cycle of the graph as a list of nodes, first and last the same; None when there is none."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node):] + [node]
        if node in done:
            return None
        path.append(node)
        for following in graph.get(node, ()):
            cycle = visit(following)
            if cycle:
                return cycle
        path.pop()
        done.add(node)
        return None

    for node in sorted(graph):
        cycle = visit(node)
        if cycle:
            return cycle
    return None


def includes_of(text):
    names = (match.group(1) for match in map(INCLUDE.match, text.splitlines()) if match)
    return [name[len("cordon/"):] for name in names if name.startswith("cordon/")]


def reaches(graph, start, wanted):
    """A way from the file `start` into the folder `wanted` as a list of files; None when there is none."""
    ways, seen = [[start]], {start}
    for way in ways:  # grows meanwhile
        for following in graph.get(way[-1], ()):
            if following.startswith(wanted):
                return way + [following]
            if following not in seen:
                seen.add(following)
                ways.append(way + [following])
    return None


def unwanted_ways(graph):
    for folder, wanted in UNREACHABLE:
        for name in sorted(graph):
            way = reaches(graph, name, wanted) if name.startswith(folder) else None
            if way and not any(other.startswith(folder) for other in way[1:]):  # told once, where the way begins
                yield f"{folder} must not reach {wanted}: " + " -> ".join(way)


def check(root):
    """All breaches below `root`, which is a folder like include/cordon."""
    paths = [*root.rglob("*.hpp"), *root.glob("compat/**/*.h")]
    files = {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}
    breaches = [breach for name in sorted(files) for breach in check_file(name, files[name], files)]
    graph = {name: includes_of(text) for name, text in files.items()}
    breaches += unwanted_ways(graph)
    cycle = find_cycle(graph)
    if cycle:
        breaches.append("include cycle: " + " -> ".join(cycle))
    return breaches


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--project", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent.parent)
    breaches = check(parser.parse_args().project / "include/cordon")
    print("\n".join(breaches), end="\n" if breaches else "")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main()
