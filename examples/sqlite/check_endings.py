"""Runs the tests that end badly on purpose and checks that each ended in its own way.

    check_endings.py PROGRAM [MODE]

Reads the JSON report. The exit code of the program has to be 1, and nothing may take longer than its limits allow.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

# What each test has to end as: the ending, and the signals that may have ended its process (None: any, or none).
SEGMENTATION = ("SIGSEGV", "SIGBUS")
EXPECTED = {
    "an answer is wrong": ("failed", None),
    "a function of the user's follows a null pointer": ("crashed", SEGMENTATION),
    "a query's result is looked at after its end": ("crashed", ("SIGABRT",)),
    "a function calls itself until the stack is gone": ("crashed", SEGMENTATION),
    "a query without an end": ("timed_out", None),
    "a lock that nobody gives back": ("timed_out", None),
    "deaf to SIGTERM as well": ("timed_out", ("SIGKILL",)),
    "a function of the user's calls exit(0)": ("exited", None),
    "passes, then a destructor aborts": ("exit_failure", ("SIGABRT",)),
    "memory without an end": ("over_limit", None),
}
LONGEST_SECONDS = 120


def run(program, mode, report):
    command = [program, "-f", "tag(on-purpose)", "--grace=200ms", f"--isolate={mode}", f"--report=json={report}"]
    environment = dict(os.environ, ON_PURPOSE="1")
    done = subprocess.run(command, env=environment, timeout=LONGEST_SECONDS, check=False)
    return done.returncode


def complaints(report):
    found = {test["name"]: test for test in report["tests"]}
    for name in sorted(set(found) ^ set(EXPECTED)):
        yield f"{name}: is only in {'the report' if name in found else 'the expectations'}"
    for name in sorted(set(found) & set(EXPECTED)):
        ending, signals = EXPECTED[name]
        test, attempt = found[name], found[name]["attempts"][-1]
        if test["verdict"] != "failed" or attempt["ending"] != ending:
            yield f"{name}: expected {ending}, found {test['verdict']}, {attempt['ending']}"
        if signals is not None and attempt["signal_name"] not in signals:
            yield f"{name}: expected {' or '.join(signals)}, found {attempt['signal_name']}"


def main():
    program, mode = sys.argv[1], (sys.argv + ["fork"])[2]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "report.json"
        code = run(program, mode, path)
        wrong = list(complaints(json.loads(path.read_text(encoding="utf-8"))))
    if code != 1:
        wrong.append(f"the exit code is {code}, not 1")
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
