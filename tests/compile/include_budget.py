#!/usr/bin/env python3
"""Keeps the price of including cordon below that of including doctest.

Compares CPU time (of user and system together: the split is the kernel's guess) at -O0 in pairs of runs, and fails when
the median of a comparison's ratios is over its bound. A median over the bound is measured again with more pairs before it
counts. docs/benchmarks.md has the figures themselves.

What a test file pays is held to doctest's price. An optional header has a bound of its own. In the single header the
compiler also has to read past the engine, which is in a comment for that reason; see tools/amalgamate.py.
"""

import argparse
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
MAX_PREPROCESSED_LINES = 1500

# Each optional header, with the bound of its ratio. It includes all of cordon. generators.hpp includes <vector> and <tuple>,
# which alone cost 3.7 x.
OPTIONAL = {"fields.hpp": 1.2, "generators.hpp": 5.0, "listener.hpp": 1.2, "matchers.hpp": 1.7, "property.hpp": 1.7,
            "snapshot.hpp": 1.1}

HEADER = "#include <cordon/cordon.hpp>\n", "#include <doctest/doctest.h>\n"
ENGINE = "#define CORDON_MAIN\n" + HEADER[0], "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n" + HEADER[1]

# name, where cordon's header is, what is compiled with cordon and with doctest, pairs of runs and how many if in doubt,
# bound of the ratio
COMPARISONS = [
    ("the header's parts", "include", HEADER, (9, 25), 1.0),
    ("the single header", "single_include", HEADER, (9, 25), 1.1),
    ("the engine's file", "single_include", ENGINE, (1, 3), 9.0),
] + [(name, "single_include", (f"#include <cordon/{name}>\n", HEADER[1]), (9, 25), bound) for name, bound in OPTIONAL.items()]


def compile_seconds(compiler, headers, source):
    """CPU seconds of compiling `source` to an object file at -O0."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([compiler, "-std=c++17", "-O0", "-I", ROOT / headers, "-c", source, "-o", os.devnull], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def preprocessed_lines(compiler, source):
    text = subprocess.run([compiler, "-std=c++17", "-E", "-P", "-I", ROOT / "single_include", source], check=True,
                          stdout=subprocess.PIPE).stdout
    return text.count(b"\n")


def write(folder, name, text):
    path = pathlib.Path(folder) / name
    path.write_text(text)
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compiler", default="g++")
    compiler = parser.parse_args().compiler
    over = [f"{path.name}, which has no bound" for path in (ROOT / "include/cordon").glob("*.hpp")
            if path.name not in ["cordon.hpp", *OPTIONAL]]
    with tempfile.TemporaryDirectory() as folder:
        for name, headers, sources, pairs, bound in COMPARISONS:
            files = [write(folder, f"{side}.cpp", text) for side, text in zip(("cordon", "doctest"), sources)]
            for count in pairs:
                times = [[compile_seconds(compiler, headers, file) for file in files] for _ in range(count)]
                cordon, doctest = (statistics.median(column) for column in zip(*times))
                ratio = statistics.median(ours / theirs for ours, theirs in times)
                if ratio <= bound:
                    break
            print(f"{name}: cordon {cordon:.3f} s, doctest {doctest:.3f} s, ratio {ratio:.2f}, bound {bound:.2f}")
            if ratio > bound:
                over.append(name)
        lines = preprocessed_lines(compiler, write(folder, "cordon.cpp", HEADER[0]))
    print(f"lines after preprocessing: {lines}, bound {MAX_PREPROCESSED_LINES}")
    if lines > MAX_PREPROCESSED_LINES:
        over.append("lines after preprocessing")
    if over:
        sys.exit("over budget: " + ", ".join(over))


if __name__ == "__main__":
    main()
