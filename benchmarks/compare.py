#!/usr/bin/env python3
"""Measures cordon against its peers: whole processes, compile times, memory.

Each row of the table runs its sides in turn, A B A B, and judges the ratios of neighbouring runs, so that a slow minute
of the machine falls on both sides. Prints a table; a full run also renews docs/benchmarks.md and its chart.
"""

import argparse
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import measure
import render
import rows

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
CHART = ROOT / "docs" / "images" / "benchmarks.svg"


def parse_arguments(keys):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="ROW", action="append", choices=keys,
                        help=f"measure this row (repeatable): {', '.join(keys)}")
    parser.add_argument("--quick", action="store_true", help="few rounds; does not change docs/")
    parser.add_argument("--peers", action="store_true", help="measure only the peers' sides; does not change docs/")
    parser.add_argument("--no-docs", action="store_true", help="do not change docs/")
    parser.add_argument("--install", action="store_true", help="install the peers with apt-get first")
    parser.add_argument("--build-dir", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--include", type=Path, default=ROOT / "include", help="folder that contains cordon/cordon.hpp")
    parser.add_argument("--cxx", default=os.environ.get("CXX", "g++"))
    return parser.parse_args()


def install():
    command = ["apt-get", "install", "-y", "cmake", *(package for package, _ in rows.PACKAGES.values())]
    subprocess.run([] + (["sudo"] if os.geteuid() else []) + command, check=True)


def missing_peers(compiler):
    def found(header):
        command = [*shlex.split(compiler), "-std=c++17", "-E", "-x", "c++", "-", "-o", os.devnull]
        text = f"#if !__has_include(<{header}>)\n#error\n#endif\n"
        return subprocess.run(command, input=text, text=True, capture_output=True, check=False).returncode == 0

    return {peer for peer, (_, header) in rows.PACKAGES.items() if not found(header)}


def wanted_sides(row, arguments, missing):
    sides = row.sides
    if arguments.peers:
        sides = {name: side for name, side in sides.items() if not rows.is_ours(name)}
    absent = {peer for side in sides.values() for peer in side.needs if peer in missing}
    if absent:
        packages = ", ".join(rows.PACKAGES[peer][0] for peer in sorted(absent))
        print(f"{row.key}: left out what needs {packages} (--install)", file=sys.stderr)
    return {name: side for name, side in sides.items() if not missing.intersection(side.needs)}


def judge(row, values):
    """The figures of a row: its function applied to each round, summed up by the median."""
    rounds = [dict(zip(values, round_)) for round_ in zip(*values.values())]
    figures = []
    for figure in row.figures:
        try:
            drawn = measure.summary([figure.of(round_) for round_ in rounds])
        except KeyError:  # a side was left out
            continue
        figures.append({"title": figure.title, "unit": figure.unit, "reach": figure.reach, "aim": figure.aim,
                        "verdict": figure.verdict(drawn["median"]), **drawn})
    return figures


def measure_row(row, arguments, builder, missing):
    sides = wanted_sides(row, arguments, missing)
    samplers = {name: side.prepare(builder) for name, side in sides.items()}
    if not samplers:
        return None
    rounds = row.quick_rounds if arguments.quick else row.rounds
    with measure.MachineLoad() as load:
        values = measure.interleaved(samplers, rounds)
    scaled = {name: measure.summary([value * row.scale for value in samples]) for name, samples in values.items()}
    return {"key": row.key, "rounds": rounds, "unit": row.unit, "others": load.share, "sides": scaled,
            "figures": judge(row, values)}


def measure_all(selected, arguments, builder):
    missing = missing_peers(arguments.cxx)
    results, failures = {}, 0
    for row in selected:
        try:
            result = measure_row(row, arguments, builder, missing)
        except measure.Failure as failure:
            print(f"{row.key}: {failure}", file=sys.stderr)
            failures += 1
            continue
        if result:
            results[row.key] = result
            disturbed = f", others took {result['others']:.0%} of the processors" if result["others"] > 0.1 else ""
            print(f"{row.key}: {render.console_sides(result)}{disturbed}", flush=True)
    return results, failures


def conditions(compiler):
    versions = []
    for package, _ in rows.PACKAGES.values():
        query = ["dpkg-query", "-W", "-f", "${Version}", package]
        if shutil.which("dpkg-query"):
            done = subprocess.run(query, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                versions.append(f"{package} {done.stdout}")
    compiler_line = subprocess.run([*shlex.split(compiler), "--version"], capture_output=True, text=True, check=True)
    kernel = ".".join(platform.release().split(".")[:2])
    return (f"Measured on {os.cpu_count()} processors ({platform.machine()}), {platform.system()} {kernel}, "
            f"{compiler_line.stdout.splitlines()[0]}; {', '.join(versions)}.")


def remembered(store, results):
    """This run's rows over those that earlier full runs left in the build folder, in the table's order."""
    known = json.loads(store.read_text()) if store.exists() else {}
    known.update(results)
    store.write_text(json.dumps(known, indent=1))
    return [known[row.key] for row in rows.all_rows() if row.key in known]


def write_documents(results, compiler):
    page = PAGE.read_text(encoding="utf-8")
    text = render.markdown(results, conditions(compiler))
    PAGE.write_text(render.put_between_markers(page, text), encoding="utf-8")
    drawing = render.chart(results)
    if drawing:
        CHART.parent.mkdir(parents=True, exist_ok=True)
        CHART.write_text(drawing, encoding="utf-8")


def main():
    table = rows.all_rows()
    arguments = parse_arguments([row.key for row in table])
    if arguments.install:
        install()
    selected = [row for row in table if not arguments.only or row.key in arguments.only]
    builder = measure.Builder(arguments.build_dir, arguments.include, arguments.cxx)
    builder.directory.mkdir(parents=True, exist_ok=True)
    results, failures = measure_all(selected, arguments, builder)
    print("\n" + render.console_table(results.values()))
    if not (arguments.quick or arguments.peers or arguments.no_docs):
        write_documents(remembered(builder.directory / "results.json", results), arguments.cxx)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
