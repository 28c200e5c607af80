#!/usr/bin/env python3
"""Compiles each header below include/cordon alone, without a warning. The headers for other systems cannot be compiled here.

Most of a header's time goes into what it includes, and headers include the same ones. Some are precompiled therefore, and
a header begins with one of them only if it includes that one anyway, so that it gets nothing it did not ask for.

With CORDON_BRIEF_TESTS=1 only the headers that the last 30 commits have changed are compiled, and what is not committed.
"""

import argparse
import concurrent.futures
import functools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

PRECOMPILED = 10
RECENT = 30  # commits
NOT_HERE = re.compile(r"\.(windows|darwin|bsd)\.hpp$|cordon/(adapters|compat)/")
CONDITION = re.compile(r"\s*#\s*(?:(if)|(endif))")
INCLUDE = re.compile(r"\s*#\s*include\s*<([^>]+)>")
STANDARD_WEIGHT = 2000  # lines that a standard header counts as


class Headers:
    def __init__(self, folder):
        self.folder = folder
        found = (path.relative_to(folder).as_posix() for path in sorted(folder.glob("cordon/**/*.hpp")))
        self.names = [name for name in found if not NOT_HERE.search(name)]
        if os.environ.get("CORDON_BRIEF_TESTS"):
            changed = self.changed()
            self.names = [name for name in self.names if changed is None or name in changed]

    def changed(self):
        """Since some commits ago; None where git does not tell."""
        known = subprocess.run(["git", "rev-list", f"--max-count={RECENT + 1}", "HEAD"], cwd=self.folder, text=True,
                               capture_output=True, check=False)
        if known.returncode != 0 or len(known.stdout.split()) <= RECENT:  # no history, or one that was cut off
            return None
        listed = subprocess.run(["git", "diff", "--name-only", "--relative", known.stdout.split()[-1], "--", "."],
                                cwd=self.folder, text=True, capture_output=True, check=False)
        return set(listed.stdout.splitlines()) if listed.returncode == 0 else None

    @functools.lru_cache(maxsize=None)
    def text(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    @functools.lru_cache(maxsize=None)
    def included(self, name):
        """What a header includes in any case, itself among it."""
        if not name.startswith("cordon/"):
            return frozenset([name])
        found, depth = {name}, 0
        for line in self.text(name).splitlines():
            condition = CONDITION.match(line)
            if condition:
                depth += 1 if condition.group(1) else -1
            include = INCLUDE.match(line)
            if include and depth == 0:
                found |= self.included(include.group(1))
        return frozenset(found)

    @functools.lru_cache(maxsize=None)
    def weight(self, name):
        return sum(self.text(each).count("\n") if each.startswith("cordon/") else STANDARD_WEIGHT
                   for each in self.included(name))

    def starts(self):
        """For each header the one to begin with, or None, such that few save much."""
        best = {name: None for name in self.names}

        def saved(start):
            return sum(max(0, self.weight(start) - (self.weight(best[name]) if best[name] else 0))
                       for name in self.names if start != name and start in self.included(name))

        for _ in range(PRECOMPILED if self.names else 0):
            start = max(self.names, key=saved)
            for name in self.names:
                if start != name and start in self.included(name) and \
                        (best[name] is None or self.weight(start) > self.weight(best[name])):
                    best[name] = start
        return best


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", required=True)
    parser.add_argument("--include", required=True, type=pathlib.Path)
    parser.add_argument("--flags", default="-std=c++17 -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror")
    arguments = parser.parse_args()
    headers = Headers(arguments.include)
    starts = headers.starts()
    command = [arguments.compiler, *arguments.flags.split(), "-I", str(arguments.include)]

    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder) / "empty.cpp"
        empty.write_text("")

        def run(*more):
            return subprocess.run([*command, *more], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, errors="replace", check=False)

        def precompile(number, name):
            path = pathlib.Path(folder) / f"{number}.hpp"
            path.write_text(f"#include <{name}>\n")
            run("-x", "c++-header", str(path), "-o", f"{path}.gch")  # a fault in it shows where it stands alone
            return name, path

        def complaints(name):
            start = starts[name]
            before = ["-include", str(precompiled[start])] if start else []
            done = run(*before, "-fsyntax-only", "-include", name, str(empty))
            return f"{name}: does not compile alone:\n{done.stdout}" if done.returncode != 0 or done.stdout else ""

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            chosen = sorted(set(starts.values()) - {None})
            precompiled = dict(pool.map(precompile, range(len(chosen)), chosen))
            failed = [each for each in pool.map(complaints, headers.names) if each]
    print(f"{len(headers.names)} headers, {len(failed)} do not compile alone", *failed, sep="\n")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
