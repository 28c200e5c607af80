#!/usr/bin/env python3
"""How well flaky tests are found and explained: runs a suite of planted ones, and prints the score.

    flakes.py PROGRAM|FOLDER [--busy LOOPS] [--time SECONDS] [--details] [--options=OPTION]

PROGRAM is a cordon program whose tests have tags: "stable", or "flaky" with "cause:..." (one or several correct ones)
and "rate:...". A FOLDER is compiled first. The script runs it once with --flake-diagnose and once with --flake-detect,
beside LOOPS busy loops. Then it runs it as usual, again and again, for as long as the search took, to show what plain
repetition finds.

benchmarks/flaky_suite and benchmarks/flaky_app are such folders, and tests/children/flaky and tests/children/flaky_more
are two more; the build makes tests/children/native/flaky and flaky_more of them. The rules were made with the first of
these. The others were written without a look at the rules, and no rule is made with flaky_suite or flaky_app.

A cause is right if a tag names it, withheld if none is named, and otherwise wrong. Tests that draw at random have
nothing that could be varied: withholding is right for them.
"""

import argparse
import collections
import contextlib
import json
import os
import pathlib
import shlex
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES_NOTHING = ("flaky", "unexplained", "timeout", "crash")
PASSES_HERE = ("elsewhere", "shared")


def build(folder):
    made = ROOT / "build" / "benchmarks" / folder.name
    made.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([*shlex.split(os.environ.get("CXX", "g++")), "-std=c++17", "-O1", "-g", f"-I{ROOT / 'include'}",
                    *map(str, sorted(folder.glob("*.cpp"))), "-o", str(made), "-pthread"], check=True)
    return made


def run(program, *options):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        begin = time.monotonic()
        environment = {**os.environ, "CORDON_HISTORY": "off"}  # these runs are none of the user's
        subprocess.run([program, f"--report=json={report}", "--report=console=/dev/null", *options],
                       stdout=subprocess.DEVNULL, check=False, env=environment)
        took = time.monotonic() - begin
        return json.loads(report.read_text(encoding="utf-8")), took


@contextlib.contextmanager
def busy_loops(count):
    loops = [subprocess.Popen(["sh", "-c", "while :; do :; done"]) for _ in range(count)]
    try:
        yield
    finally:
        for each in loops:
            each.kill()
            each.wait()


def tagged(test, prefix):
    return [tag[len(prefix):] for tag in test["tags"] if tag.startswith(prefix)]


def rate_of(test):
    return (tagged(test, "rate:") or ["0"])[0]


def over_two_percent(test):
    rate = rate_of(test)
    return rate not in PASSES_HERE and (not rate.endswith("%") or float(rate[:-1]) > 2)


def plain_reruns(program, seconds):
    verdicts = collections.defaultdict(set)
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        report, _ = run(program)
        count += 1
        for test in report["tests"]:
            verdicts[(test["suite"], test["name"])].add(test["verdict"])
    return {name for name, seen in verdicts.items() if len(seen) > 1}, count


def share(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def category(test):
    return test["flake"]["category"] if test["flake"] else "not_run"


def is_seen_flaky(test):
    flake = test["flake"]
    return bool(flake) and 0 < flake["failures"] < flake["runs"]


def is_accused(test):
    return is_seen_flaky(test) or category(test) not in ("stable", "not_run") or test["verdict"] != "passed"


def judge(test):
    """right, wrong, withheld, or missed: nothing was seen of it."""
    named, causes = category(test), tagged(test, "cause:")
    if named in causes:
        return "right"
    if named in ("stable", "not_run", "failing"):
        return "missed"
    if named in NAMES_NOTHING:
        return "right" if "random" in causes else "withheld"
    return "wrong"


def print_tests(flaky):
    print(f"{'test':42} {'planted':28} {'rate':9} {'seen':>10}  found as")
    for test in flaky:
        flake = test["flake"] or {"failures": 0, "runs": 0}
        print(f"{test['name'][:42]:42} {' or '.join(tagged(test, 'cause:'))[:28]:28} {rate_of(test):9} "
              f"{flake['failures']:>4}/{flake['runs']:<5}  {category(test):14} {judge(test)}")
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=pathlib.Path)
    parser.add_argument("--busy", type=int, default=0)
    parser.add_argument("--time", type=int, default=60)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--options", action="append", default=[])
    chosen = parser.parse_args()
    program = build(chosen.program) if chosen.program.is_dir() else chosen.program

    load = os.getloadavg()[0]
    with busy_loops(chosen.busy):
        report, took = run(program, "--flake-diagnose", f"--flake-time={chosen.time}s", *chosen.options)
        search, search_took = run(program, "--flake-detect", f"--flake-time={chosen.time}s", *chosen.options)
        by_reruns, reruns = plain_reruns(program, search_took)
    flaky = [test for test in report["tests"] if "flaky" in test["tags"]]
    stable = [test for test in report["tests"] if "stable" in test["tags"]]
    if chosen.details:
        print_tests(flaky)

    def found_in(document):
        return {(test["suite"], test["name"]) for test in document["tests"] if is_seen_flaky(test)}

    frequent = {(test["suite"], test["name"]) for test in flaky if over_two_percent(test)}
    judged = collections.Counter(map(judge, flaky))
    accused = [test["name"] for test in stable if is_accused(test)]
    runs = sum(test["flake"]["runs"] for test in search["tests"] if test["flake"])
    print(f"load before, busy loops:   {load:.1f}, {chosen.busy}")
    print(f"found, of those over 2 %:  {share(len(found_in(report) & frequent), len(frequent))}")
    print(f"accused, of the stable:    {share(len(accused), len(stable))} {', '.join(accused)}")
    for word in ("right", "wrong", "withheld", "missed"):
        print(f"causes {word + ':':20}{share(judged[word], len(flaky))}")
    print(f"time with causes:          {took:.0f} s")
    print(f"the search alone:          found {share(len(found_in(search) & frequent), len(frequent))} in "
          f"{search_took:.0f} s, {runs / search_took:,.0f} runs a second")
    print(f"{reruns} plain reruns in that time: found {share(len(by_reruns & frequent), len(frequent))}, "
          f"{reruns * len(report['tests']) / search_took:,.0f} runs a second")


if __name__ == "__main__":
    main()
