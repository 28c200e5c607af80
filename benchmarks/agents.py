#!/usr/bin/env python3
"""Measures --agent against workers here: the same tests, on as many workers, interleaved.

    agents.py [--rounds N] [--build-dir DIR] [--ssh 'ssh HOST']

The agent is on this machine, behind `env`, so what is measured is the stream and the second supervisor. --ssh names a
command that reaches this machine through an ssh server; then the time to the first test is measured too. Medians.
"""

import argparse
import os
import statistics
import subprocess
import time
from pathlib import Path

import measure
import sources

ROOT = Path(__file__).resolve().parent.parent


def seconds(command):
    start = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                          env={**measure.clean_environment(), "CORDON_HISTORY": "off"})
    if done.returncode != 0:
        raise measure.Failure(f"{command}: {done.stderr.decode(errors='replace')}")
    return time.perf_counter() - start


def ratio(here, there, rounds):
    """The medians of both, and the median of the ratios of neighbors in time."""
    pairs = [(seconds(here), seconds(there)) for _ in range(rounds)]
    return (statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs),
            statistics.median(b / a for a, b in pairs))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--include", type=Path, default=ROOT / "include", help="folder that contains cordon/cordon.hpp")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--ssh", help="a command that runs its arguments on this machine, such as 'ssh -T localhost'")
    chosen = parser.parse_args()
    builder = measure.Builder(chosen.build_dir, chosen.include, chosen.cxx)
    commands = ["env", *([chosen.ssh] if chosen.ssh else [])]
    trivial = builder.program("cordon_trivial_5000", sources.cordon_trivial(5000))
    sleeping = builder.program("cordon_sleeping_100", sources.cordon_sleeping(100, 50))
    one = ["--order=declared", "--isolate=fork", "--report=console=/dev/null"]
    for name, program in (("5,000 trivial tests", trivial), ("100 tests of 50 ms", sleeping)):
        for command in commands:
            here, there, times = ratio([program, "-j2", *one], [program, "-j0", "--agent-jobs=2", "--agent", command, *one],
                                       chosen.rounds)
            print(f"{name}: here {here * 1000:.0f} ms, --agent '{command}' {there * 1000:.0f} ms, {times:.2f} x")
    for command in commands:
        first = [seconds([trivial, "-j0", "--agent", command, "t_000000", *one]) for _ in range(chosen.rounds)]
        print(f"a run of one test, --agent '{command}': {statistics.median(first) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
