"""Measures what shared setup saves: the suite with the shop filled once a worker, and with every test filling its own.

    measure.py PROGRAM [ROUNDS]

The two take turns, so that whatever else the machine does meets both. Prints medians.
"""

import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

MODES = {"fork": "shop filled once a worker", "exec": "shop filled by every test"}


def run(program, mode, report):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    command = [program, "-q", "-x", "on purpose/", f"--isolate={mode}", f"--report=json={report}"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = json.loads(pathlib.Path(report).read_text(encoding="utf-8"))
    spawn = statistics.median(test["attempts"][0]["spawn_ms"] for test in told["tests"])
    return {"wall": wall, "cpu": cpu, "spawn": spawn, "tests": told["summary"]["passed"]}


def main():
    program, rounds = sys.argv[1], int((sys.argv + ["5"])[2])
    runs = {mode: [] for mode in MODES}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(rounds):
            for mode in MODES:
                runs[mode].append(run(program, mode, os.path.join(folder, "report.json")))
    print(f"{rounds} rounds on {os.cpu_count()} processors, {runs['fork'][0]['tests']} tests, medians")
    print(f"{'':32} {'wall':>8} {'cpu':>8} {'before a test begins':>22}")
    middle = {mode: {key: statistics.median(one[key] for one in all_of) for key in all_of[0]}
              for mode, all_of in runs.items()}
    for mode, what in MODES.items():
        row = middle[mode]
        print(f"{mode + ': ' + what:32} {row['wall']:6.2f} s {row['cpu']:6.2f} s {row['spawn']:19.2f} ms")
    print(f"{'exec / fork':32} {middle['exec']['wall'] / middle['fork']['wall']:8.1f} "
          f"{middle['exec']['cpu'] / middle['fork']['cpu']:8.1f} {middle['exec']['spawn'] / middle['fork']['spawn']:22.0f}")


if __name__ == "__main__":
    main()
