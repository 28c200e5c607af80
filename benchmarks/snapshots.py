#!/usr/bin/env python3
"""Times 10,000 snapshots in 100 tests: written anew, compared, updated after a change; and the same checks without files."""

import pathlib
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
TESTS, EACH, ROUNDS = 100, 100, 5
BODY = """#define CORDON_MAIN
#include <cordon/snapshot.hpp>
#include <cstdlib>
#include <string>
static std::string text(int i) { return "value " + std::to_string(i) + std::getenv("VERSION") + "\\nof several lines\\n"; }
"""
ONE = """TEST_CASE("snapshots @") {
    for (int i = 0; i < EACH; ++i) CHECK_SNAPSHOT(text(i), "part " + std::to_string(i));
}
TEST_CASE("texts @") {
    for (int i = 0; i < EACH; ++i) CHECK(text(i) == text(i));
}
"""


def seconds(folder, version, *arguments):
    before = time.monotonic()
    done = subprocess.run([folder / "program", *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, env={"VERSION": version, "CORDON_HISTORY": "off", "PATH": "/usr/bin:/bin"}, check=False)
    if done.returncode != 0 or f"{TESTS} passed" not in done.stdout:
        raise SystemExit(done.stdout[-2000:])
    return time.monotonic() - before


def one_round(folder):
    snapshots = folder / "__snapshots__"
    subprocess.run(["rm", "-rf", snapshots], check=True)
    new = seconds(folder, "1", "snapshots*")
    count = sum(1 for _ in snapshots.rglob("*.snap"))
    if count != TESTS * EACH:
        raise SystemExit(f"{count} files instead of {TESTS * EACH}")
    return {
        "written anew": new,
        "compared": seconds(folder, "1", "snapshots*"),
        "all changed, --update-snapshots": seconds(folder, "2", "snapshots*", "--update-snapshots"),
        "the same texts by CHECK": seconds(folder, "1", "texts*"),
    }


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = folder / "program.cpp"
        source.write_text(BODY + "".join(ONE.replace("@", str(i)).replace("EACH", str(EACH)) for i in range(TESTS)))
        subprocess.run(["g++", "-std=c++17", "-O2", "-I", ROOT / "single_include", source, "-o", folder / "program"], check=True)
        rounds = [one_round(folder) for _ in range(ROUNDS)]
    print(f"| {TESTS * EACH:,} snapshots in {TESTS} tests | seconds, median of {ROUNDS} |\n| --- | --- |")
    for what in rounds[0]:
        print(f"| {what} | {statistics.median(each[what] for each in rounds):.2f} |")


if __name__ == "__main__":
    main()
