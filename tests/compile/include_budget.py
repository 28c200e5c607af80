#!/usr/bin/env python3
"""Keeps the price of including cordon below that of including doctest.

Compares CPU time (of user and system together: the split is the kernel's guess) at -O0, runs interleaved, medians, and fails
when a ratio is over its bound. docs/benchmarks.md has the figures themselves.
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

# name, what is compiled with cordon and with doctest, runs, bound of the ratio
COMPARISONS = [
    ("the header", "#include <cordon/cordon.hpp>\n", "#include <doctest/doctest.h>\n", 25, 1.0),
    ("the engine's file", "#define CORDON_MAIN\n#include <cordon/cordon.hpp>\n",
     "#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN\n#include <doctest/doctest.h>\n", 3, 6.0),
]


def compile_seconds(compiler, source):
    """CPU seconds of compiling `source` to an object file at -O0."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([compiler, "-std=c++17", "-O0", "-I", ROOT / "single_include", "-c", source, "-o", os.devnull],
                   check=True)
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
    over = []
    with tempfile.TemporaryDirectory() as folder:
        for name, ours, theirs, runs, bound in COMPARISONS:
            files = write(folder, "cordon.cpp", ours), write(folder, "doctest.cpp", theirs)
            times = [[compile_seconds(compiler, file) for file in files] for _ in range(runs)]
            cordon, doctest = (statistics.median(column) for column in zip(*times))
            print(f"{name}: cordon {cordon:.3f} s, doctest {doctest:.3f} s, ratio {cordon / doctest:.2f}, "
                  f"bound {bound:.2f}")
            if cordon > bound * doctest:
                over.append(name)
        lines = preprocessed_lines(compiler, write(folder, "cordon.cpp", COMPARISONS[0][1]))
    print(f"lines after preprocessing: {lines}, bound {MAX_PREPROCESSED_LINES}")
    if lines > MAX_PREPROCESSED_LINES:
        over.append("lines after preprocessing")
    if over:
        sys.exit("over budget: " + ", ".join(over))


if __name__ == "__main__":
    main()
