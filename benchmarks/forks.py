#!/usr/bin/env python3
"""Measures what forks inside a test cost: forked leaves, exit tests against GoogleTest's death tests (Debian: libgtest-dev),
and the steps of shrinking an example that aborts or hangs.

Medians of rounds. Exit tests and death tests run in turns, because only their ratio does not depend on the machine.
"""

import pathlib
import re
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
ROUNDS, EXITS, LEAVES = 5, 400, 20
CORDON = """#define CORDON_MAIN
#include <cordon/property.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

TEST_CASE("leaves") {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
LEAVES_HERE}
TEST_CASE("exits") {
    for (int i = 0; i < COUNT; ++i) CHECK_EXITS(cordon::with_code(3), { std::exit(3); });
}
TEST_CASE("aborts") {
    for (int i = 0; i < COUNT; ++i) CHECK_EXITS(cordon::by_abort(), { std::abort(); });
}
PROPERTY("shrinks", int x) {
    if (x > 1000) std::abort();
}
PROPERTY("shrinks a list", std::vector<int> v) {
    if (v.size() > 5) std::abort();
}
"""
GTEST = """#include <gtest/gtest.h>
#include <cstdlib>
TEST(deaths, exits) {
    for (int i = 0; i < COUNT; ++i) EXPECT_EXIT(std::exit(3), testing::ExitedWithCode(3), "");
}
TEST(deaths, aborts) {
    for (int i = 0; i < COUNT; ++i) EXPECT_DEATH(std::abort(), "");
}
"""


def build(folder, name, text, *more):
    subcases = "".join(f'    SUBCASE("{i}") {{ CHECK(true); }}\n' for i in range(LEAVES))
    source, program = folder / f"{name}.cpp", folder / name
    source.write_text(text.replace("LEAVES_HERE", subcases).replace("COUNT", str(EXITS)))
    subprocess.run(["g++", "-std=c++17", "-O2", "-I", ROOT / "single_include", source, "-o", program, *more], check=True)
    return program


def run(folder, *command):
    """Seconds, and what was printed."""
    before = time.monotonic()
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
                          env={"CORDON_HISTORY": "off", "PATH": "/usr/bin:/bin"})
    return time.monotonic() - before, done.stdout


def of_rounds(take):
    return statistics.median(take() for _ in range(ROUNDS))


def passing(folder, *command):
    seconds, text = run(folder, *command)
    if not re.search(r"1 passed|PASSED  . 1 test", text):
        raise SystemExit(text)
    return seconds


def shrinking(folder, program, name):
    """Values tried a second while shrinking, the whole run included, and the smallest one."""
    seconds, text = run(folder, program, "=" + name, "--corpus=off", "--seed=5")
    tried, value = re.search(r"shrink steps? of ([\d,]+) tried\n\s+(.*);", text).groups()
    return f"{int(tried.replace(',', '')) / seconds:,.0f} a second; `{value}`"


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        ours = build(folder, "ours", CORDON)
        theirs = build(folder, "theirs", GTEST, "-lgtest", "-lgtest_main", "-lpthread")
        print("| what | result |\n| --- | --- |")
        forked = of_rounds(lambda: passing(folder, ours, "=leaves", "--subcases=fork"))
        again = passing(folder, ours, "=leaves")
        print(f"| 100 ms before {LEAVES} leaves, `--subcases=fork` | {forked:.3f} s (run again: {again:.2f} s) |", flush=True)
        for what in ("exits", "aborts"):
            pairs = [(passing(folder, ours, "=" + what),
                      passing(folder, theirs, f"--gtest_filter=deaths.{what}")) for _ in range(ROUNDS)]
            mine, other = (statistics.median(column) for column in zip(*pairs))
            ratio = statistics.median(b / a for a, b in pairs)
            print(f"| exit tests a second: {what} | {EXITS / mine:,.0f}, GoogleTest {EXITS / other:,.0f}: {ratio:.1f} x |", flush=True)
        for what in ("shrinks", "shrinks a list"):
            print(f"| `abort()`, {what}: values tried | {shrinking(folder, ours, what)} |", flush=True)


if __name__ == "__main__":
    main()
