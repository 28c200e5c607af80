#!/usr/bin/env python3
"""Measures how fast flaky tests are found: reruns per second against a bare fork loop, and the time to a rare failure.

    flake_speed.py [--build-dir DIR] [--tries N] [--rounds N] [--cxx COMPILER]

Builds what it needs with -O2 and prints two figures. Reruns: 10,000 runs of eight tests that do nothing under
--flake-detect=1250 -j2, against bare_fork.cpp with two children at a time. bare_fork.cpp runs as it is and with the C++
library loaded, as every test program has it. All run in turn; the figures are ratios of neighbors. Rare: a default
--flake-detect of one test that takes 100 microseconds and fails once in 1,000 runs. The figures are its time, and in how
many of the tries it found the failure.
"""

import argparse
import json
import os
import shlex
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

TESTS = """
#define CORDON_MAIN
#include <cordon/cordon.hpp>
#include <chrono>
#include <random>

TEST_CASE("rare", tag("rare")) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(100);
    std::random_device device;
    const bool fails = device() % 1000 == 0;
    while (std::chrono::steady_clock::now() < end) {
    }
    CHECK_FALSE(fails);
}
""" + "".join(f'TEST_CASE("nothing {i}", tag("nothing")) {{ CHECK(1 + 1 == 2); }}\n' for i in range(8))


def build(folder, compiler):
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "flake_speed.cpp"
    source.write_text(TESTS, encoding="utf-8")
    bare = ROOT / "benchmarks/bare_fork.cpp"
    for text, name, libraries in ((source, "flake_speed", []), (bare, "bare_fork", []),
                                  (bare, "bare_fork_cxx", ["-Wl,--no-as-needed", "-lstdc++", "-lm"])):
        subprocess.run([*shlex.split(compiler), "-std=c++17", "-O2", f"-I{ROOT / 'include'}", str(text), "-o",
                        str(folder / name), "-pthread", *libraries], check=True)
    return folder / "flake_speed", folder / "bare_fork", folder / "bare_fork_cxx"


def timed(*command):
    environment = {**os.environ, "CORDON_HISTORY": "off"}
    begin = time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    return time.monotonic() - begin


def reruns(program, bare, bare_cxx, rounds):
    ours, theirs, theirs_cxx = [], [], []
    for _ in range(rounds):
        ours.append(timed(program, "-f", "tag(nothing)", "--flake-detect=1250", "-j2"))
        theirs.append(timed(bare, "10000", "2", "exit"))
        theirs_cxx.append(timed(bare_cxx, "10000", "2", "exit"))
    ratio = statistics.median(a / b for a, b in zip(ours, theirs))
    ratio_cxx = statistics.median(a / b for a, b in zip(ours, theirs_cxx))
    print(f"reruns:  {10000 / statistics.median(ours):,.0f} a second, the bare fork loop "
          f"{10000 / statistics.median(theirs):,.0f}; {ratio:.2f} x its time a run (median of {rounds}; at most 1.4)")
    print(f"         with the C++ library {10000 / statistics.median(theirs_cxx):,.0f}; {ratio_cxx:.2f} x its time a run")


def rare(program, folder, tries):
    report = folder / "rare.json"
    took, found, runs = [], 0, []
    for _ in range(tries):
        took.append(timed(program, "-f", "tag(rare)", "--flake-detect", f"--report=json={report}"))
        flake = json.loads(report.read_text(encoding="utf-8"))["tests"][0]["flake"]
        found += flake["failures"] != 0
        runs.append(flake["runs"])
    print(f"rare:    found in {found} of {tries} tries, median {statistics.median(took):.2f} s (at most 1.5), longest "
          f"{max(took):.2f} s; {min(runs):,} to {max(runs):,} runs")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks" / "flake_speed")
    parser.add_argument("--tries", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    chosen = parser.parse_args()
    program, bare, bare_cxx = build(chosen.build_dir, chosen.cxx)
    reruns(program, bare, bare_cxx, chosen.rounds)
    rare(program, chosen.build_dir, chosen.tries)


if __name__ == "__main__":
    main()
