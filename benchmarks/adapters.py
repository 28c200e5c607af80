#!/usr/bin/env python3
"""Measures what an adapter adds to a test: the same 600 trivial tests for GoogleTest, for doctest and for cordon.

    adapters.py [--rounds N] [--build-dir DIR] [--cxx COMPILER] [--flags FLAGS] [--isolate WHERE]

Each program runs on one worker, and the programs run in turn. Prints medians for each test: the ratio of processor time
(user and system) to cordon's of the same round, and page faults. The start of the program is included. GoogleTest and
doctest are left out if they are not installed.
"""

import argparse
import os
import resource
import shlex
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SUITES, TESTS = 20, 30

# The header, a test of suite s and number t, the file with the adapter, and libraries.
SIDES = {
    "cordon": ("iostream>\n#include <cordon/cordon.hpp", 'TEST_CASE("suite{s} test{t}") {{ CHECK({t} + 1 == {t} + 1); }}', "", []),
    "doctest": ("doctest/doctest.h", 'TEST_CASE("suite{s} test{t}") {{ CHECK({t} + 1 == {t} + 1); }}',
                "cordon/adapters/doctest.hpp", []),
    "GoogleTest": ("gtest/gtest.h", "TEST(Suite{s}, test{t}) {{ EXPECT_EQ({t} + 1, {t} + 1); }}",
                   "cordon/adapters/gtest.hpp", ["-lgtest"]),
}


class Program:
    def __init__(self, arguments, engine, name):
        header, test, adapter, libraries = SIDES[name]
        compiler = [*shlex.split(arguments.cxx), "-std=c++17", *shlex.split(arguments.flags), f"-I{ROOT / 'include'}"]
        texts = {"tests": f"#include <{header}>\n" +
                 "".join(test.format(s=s, t=t) + "\n" for s in range(SUITES) for t in range(TESTS))}
        if adapter:
            texts["adapter"] = f"#include <{adapter}>\n"
        objects = [engine]
        for part, text in texts.items():
            source = arguments.build_dir / f"{name}_{part}.cpp"
            source.write_text(text, encoding="utf-8")
            objects.append(source.with_suffix(".o"))
            subprocess.run([*compiler, "-c", str(source), "-o", str(objects[-1])], check=True)
        self.path = arguments.build_dir / name
        subprocess.run([*compiler, *map(str, objects), "-o", str(self.path), *libraries, "-pthread"], check=True)
        self.command = [str(self.path), "-q", "-j1", "--isolate", arguments.isolate]

    def prove(self):
        listed = subprocess.run([str(self.path), "--list"], capture_output=True, text=True, check=True).stdout
        if listed.count("test") < SUITES * TESTS:
            raise SystemExit(f"{self.path} does not list {SUITES * TESTS} tests")

    def cost(self):
        """Processor seconds and page faults of one run, with its processes."""
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(self.command, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, after.ru_minflt - before.ru_minflt)


def is_installed(arguments, header):
    found = subprocess.run([*shlex.split(arguments.cxx), "-E", "-x", "c++", "-", "-o", os.devnull],
                           input=f"#include <{header}>\n", text=True, capture_output=True, check=False)
    return found.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build/adapters")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--flags", default="-O1")
    parser.add_argument("--isolate", default="fork")
    arguments = parser.parse_args()
    os.environ["CORDON_HISTORY"] = "off"
    arguments.build_dir.mkdir(parents=True, exist_ok=True)
    engine = arguments.build_dir / "engine.o"
    subprocess.run([*shlex.split(arguments.cxx), "-std=c++17", *shlex.split(arguments.flags), f"-I{ROOT / 'include'}", "-c",
                    str(ROOT / "cmake/cordon_main.cpp"), "-o", str(engine)], check=True)
    programs = {name: Program(arguments, engine, name) for name in SIDES
                if name == "cordon" or is_installed(arguments, SIDES[name][0])}
    for program in programs.values():
        program.prove()
    costs = {name: [] for name in programs}
    for _ in range(arguments.rounds):
        for name, program in programs.items():
            costs[name].append(program.cost())
    print("600 tests, for each test    processor time, cordon = 1    page faults")
    for name, rounds in costs.items():
        ratio = statistics.median(each[0] / own[0] for each, own in zip(rounds, costs["cordon"]))
        faults = statistics.median(each[1] for each in rounds) / (SUITES * TESTS)
        print(f"{name:28}{ratio:26.2f}{faults:15.1f}")


if __name__ == "__main__":
    main()
