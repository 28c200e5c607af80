#!/usr/bin/env python3
"""Measures the cost of crashes: a test that crashes against one that passes, and naming the stacks of many crashes.

    crashes.py [--build-dir DIR] [--rounds N] [--tests N] [--cxx COMPILER]

Builds a program of N tests that pass and N that crash (a null write below four calls) with -O0 -g, and runs both kinds
with -j2, in turn. Crash: the ratio of their times without a tool that names places (an empty PATH). It includes the stack
and its report. Names: how much longer the run of the crashes takes with such a tool.
"""

import argparse
import os
import re
import shlex
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

BEFORE = """
#define CORDON_MAIN
#include <cordon/cordon.hpp>

namespace {
__attribute__((noinline)) void write_to(volatile int* place) { *place = 1; }
__attribute__((noinline)) void third(volatile int* place) { write_to(place); }
__attribute__((noinline)) void second(volatile int* place) { third(place); }
__attribute__((noinline)) void first(volatile int* place) { second(place); }
volatile int somewhere = 0;
}  // namespace
"""


def build(folder, compiler, tests):
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "crashes.cpp"
    source.write_text(BEFORE + "".join(f'TEST_CASE("passes {i}", tag("passes")) {{ first(&somewhere); CHECK(1 == 1); }}\n'
                                       f'TEST_CASE("crashes {i}", tag("crashes")) {{ first(nullptr); }}\n'
                                       for i in range(tests)), encoding="utf-8")
    subprocess.run([*shlex.split(compiler), "-std=c++17", "-g", "-O0", f"-I{ROOT / 'include'}", str(source), "-o",
                    str(folder / "crashes"), "-pthread"], check=True)
    return folder / "crashes"


def timed(program, tag, tools):
    environment = {**os.environ, "CORDON_HISTORY": "off"}
    if not tools:
        environment["PATH"] = "/nowhere"
    begin = time.monotonic()
    done = subprocess.run([program, "-j2", "-f", f"tag({tag})"], env=environment, capture_output=True, text=True, check=False)
    took = time.monotonic() - begin
    crashed = done.stdout.count("SIGSEGV")
    assert (crashed != 0) == (tag == "crashes"), done.stdout[-2000:]
    named = "write_to" in done.stdout and re.search(r"crashes\.cpp:6\b", done.stdout) is not None
    assert named == (tools and tag == "crashes"), done.stdout[-2000:]
    return took


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks" / "crashes")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--tests", type=int, default=1000)
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    chosen = parser.parse_args()
    program = build(chosen.build_dir, chosen.cxx, chosen.tests)
    passes, crashes, named = [], [], []
    for _ in range(chosen.rounds):
        passes.append(timed(program, "passes", False))
        crashes.append(timed(program, "crashes", False))
        named.append(timed(program, "crashes", True))
    ratio = statistics.median(a / b for a, b in zip(crashes, passes))
    print(f"crash:   {1e6 * statistics.median(crashes) / chosen.tests:,.0f} us a test, one that passes "
          f"{1e6 * statistics.median(passes) / chosen.tests:,.0f}; {ratio:.2f} x its time (median of {chosen.rounds}; "
          f"at most 3)")
    print(f"names:   {statistics.median(a - b for a, b in zip(named, crashes)):.2f} s for {chosen.tests:,} crashes "
          f"(at most 1 for 1,000)")


if __name__ == "__main__":
    main()
