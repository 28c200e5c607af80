#!/usr/bin/env python3
"""Measures the cost of reports: a run that writes every format and a recording, against a run that writes none.

    reports.py [--build-dir DIR] [--rounds N] [--tests N] [--live N] [--folder DIR]

Runs with and without reports take turns. The figures are the medians of the ratios of all pairs. In one series each pair
begins with an empty folder; in the other its reports replace those of the pair before. Then comes one run of many tests
(--live, 0 for none) with all reports, for the peak memory of the supervisor, which writes them. Use a folder on the disk
that reports are usually written to, because the cost of a file depends on the file system.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import measure
import sources

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("console", "json", "events", "junit", "tap", "github", "teamcity", "ctrf", "trace", "html")
MOST_SLOWER = 1.10
MOST_MEMORY = 300 << 20


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--include", type=Path, default=ROOT / "include", help="folder that contains cordon/cordon.hpp")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--tests", type=int, default=5000, help="number of tests of a run for the time")
    parser.add_argument("--live", type=int, default=100_000, help="number of tests of the run for the memory")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where reports are written; by default in the build folder")
    parser.add_argument("--only", action="append", choices=FORMATS + ("record",), help="only these formats")
    return parser.parse_args()


def report_options(folder, chosen):
    formats = [each for each in FORMATS if chosen is None or each in chosen]
    options = [f"--report={each}={folder}/report.{each}" for each in formats]
    if chosen is None or "record" in chosen:
        options += ["--record", f"{folder}/recording"]
    # Both runs of a pair print the same to standard output.
    return [*options, "--report=console"]


def program(builder, count):
    return builder.program(f"cordon_{count}", sources.cordon_trivial(count, flags=("-O0",)))


def ratios(command, options, folder, rounds, fresh):
    found = []
    walls = []
    for index in range(rounds + 1):
        if fresh:
            shutil.rmtree(folder)
            folder.mkdir()
        pair = [(0, command), (1, command + options)]
        times = [0.0, 0.0]
        for which, each in pair if index % 2 else reversed(pair):
            times[which] = measure.timed(each)[0]
        if index != 0:  # the first one warms up, and leaves reports for the second
            found.append(times[1] / times[0])
            walls.append(times)
    return found, [statistics.median(times) for times in zip(*walls)]


def tell_of_time(name, command, options, folder, rounds, fresh):
    found, (without, with_them) = ratios(command, options, folder, rounds, fresh)
    middle = statistics.median(found)
    verdict = "reached" if middle <= MOST_SLOWER else "MISSED"
    print(f"{name:24} {middle:.3f}x  (of {rounds} pairs: {min(found):.3f} to {max(found):.3f}; "
          f"{1e3 * without:.0f} ms without, {1e3 * with_them:.0f} ms with)  at most {MOST_SLOWER}x: {verdict}", flush=True)


def tell_of_memory(command, options, folder, count):
    begin = time.monotonic()
    plain = measure.own_peak_memory(command)
    between = time.monotonic()
    peak = measure.own_peak_memory(command + options)
    took = time.monotonic() - between
    size = sum(each.stat().st_size for each in folder.iterdir())
    verdict = "reached" if peak <= MOST_MEMORY else "MISSED"
    print(f"peak memory, {count} tests  {peak / 2**20:.0f} MiB  (without reports {plain / 2**20:.0f} MiB; {took:.1f} s and "
          f"{between - begin:.1f} s; {size / 2**20:.0f} MiB of reports)  at most {MOST_MEMORY >> 20} MiB: {verdict}")


def main():
    arguments = parse_arguments()
    builder = measure.Builder(arguments.build_dir, arguments.include, arguments.cxx)
    home = arguments.folder or arguments.build_dir
    home.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="reports-", dir=home))
    os.environ["CORDON_HISTORY"] = "off"
    options = report_options(folder, arguments.only)
    try:
        with measure.MachineLoad() as load:
            command = [program(builder, arguments.tests), f"-j{arguments.jobs}", "--history", "off"]
            for name, fresh in (("new files", True), ("files are there already", False)):
                tell_of_time(name, command, options, folder, arguments.rounds, fresh)
        print(f"other programs used {100 * load.share:.0f} % of the processors meanwhile")
        if arguments.live:
            command = [program(builder, arguments.live), f"-j{arguments.jobs}", "--history", "off"]
            tell_of_memory(command, options, folder, arguments.live)
    except measure.Failure as failure:
        sys.exit(f"reports.py: {failure}")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
