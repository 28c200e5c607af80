#!/usr/bin/env python3
"""How well flaky tests are found and explained: runs a corpus of planted ones, and prints the score.

    flakes.py PROGRAM [--reruns N] [--options ...]

PROGRAM is a cordon program whose tests have tags: "stable", or "flaky" with "cause:..." (one or several correct ones)
and "rate:...". The script runs it once with --flake-diagnose. It also runs it N times (10) as usual, to show what plain
repetition finds. tests/children/flaky/ and tests/children/flaky_more/ are such corpora; the build makes
tests/children/native/flaky and flaky_more of them. The rules were made with the first one. The second one was written
without a look at the rules.
"""

import argparse
import collections
import json
import os
import pathlib
import subprocess
import tempfile
import time


def run(program, *options):
    with tempfile.TemporaryDirectory() as folder:
        report = pathlib.Path(folder) / "report.json"
        begin = time.monotonic()
        environment = {**os.environ, "CORDON_HISTORY": "off"}  # these runs are none of the user's
        subprocess.run([program, f"--report=json={report}", "--report=console=/dev/null", *options],
                       stdout=subprocess.DEVNULL, check=False, env=environment)
        took = time.monotonic() - begin
        return json.loads(report.read_text(encoding="utf-8")), took


def tagged(test, prefix):
    return [tag[len(prefix):] for tag in test["tags"] if tag.startswith(prefix)]


def over_two_percent(test):
    rate = (tagged(test, "rate:") or ["0"])[0]
    return not rate.endswith("%") or float(rate[:-1]) > 2


def plain_reruns(program, count):
    verdicts = collections.defaultdict(set)
    total = 0.0
    for _ in range(count):
        report, took = run(program)
        total += took
        for test in report["tests"]:
            verdicts[(test["suite"], test["name"])].add(test["verdict"])
    return {name for name, seen in verdicts.items() if len(seen) > 1}, total


def share(part, whole):
    return f"{part} of {whole}" + (f" ({100 * part / whole:.0f} %)" if whole else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--reruns", type=int, default=10)
    parser.add_argument("--options", nargs="*", default=[])
    chosen = parser.parse_args()

    report, took = run(chosen.program, "--flake-diagnose", *chosen.options)
    flaky = [test for test in report["tests"] if "flaky" in test["tags"]]
    stable = [test for test in report["tests"] if "stable" in test["tags"]]

    def category(test):
        return test["flake"]["category"] if test["flake"] else "not_run"

    def is_found(test):
        return category(test) not in ("stable", "not_run", "failing")

    print(f"{'test':42} {'planted':28} {'rate':9} {'seen':>10}  found as")
    for test in flaky:
        flake = test["flake"] or {"failures": 0, "runs": 0}
        right = category(test) in tagged(test, "cause:")
        mark = " " if right else "?" if is_found(test) else "-"
        print(f"{test['name'][:42]:42} {' or '.join(tagged(test, 'cause:'))[:28]:28} {tagged(test, 'rate:')[0]:9} "
              f"{flake['failures']:>4}/{flake['runs']:<5}  {mark} {category(test)}")
    found = [test for test in flaky if is_found(test)]
    counting = [test for test in flaky if over_two_percent(test)]
    accused = [test["name"] for test in stable if is_found(test) or test["verdict"] != "passed"]
    by_reruns, rerun_time = plain_reruns(chosen.program, chosen.reruns)
    print()
    print(f"found, of those over 2 %:  {share(sum(map(is_found, counting)), len(counting))}")
    print(f"found, of all:             {share(len(found), len(flaky))}")
    print(f"classed rightly:           {share(sum(category(t) in tagged(t, 'cause:') for t in found), len(found))}")
    print(f"falsely accused:           {share(len(accused), len(stable))} {', '.join(accused)}")
    print(f"time:                      {took:.1f} s")
    names = {(test["suite"], test["name"]) for test in flaky}
    print(f"{chosen.reruns} plain reruns:           found {share(len(by_reruns & names), len(flaky))}, classed none, "
          f"in {rerun_time:.1f} s")


if __name__ == "__main__":
    main()
